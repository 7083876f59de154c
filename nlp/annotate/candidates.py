"""Everything that may be a mention, from every source, in one shape; the linker chooses among them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from nlp.annotate.evidence import Recognised
from nlp.annotate.glosses import Gloss
from nlp.annotate.phonetics import DOTS
from nlp.annotate.types_by_cue import is_product, suffix_type, type_by_cue
from nlp.names import Entry, Layer, Match, adjective, fold, people, shipped
from nlp.names.spelling import parted, plain
from nlp.types import EntityType, Origin

_DOTS = re.compile(f"[{re.escape(DOTS)}]")
_PARTICLES = frozenset(
    ["von", "van", "der", "den", "de", "da", "di", "del", "la", "le", "bin", "al", "el", "ter", "dos", "du"]
)
_L = "A-Za-z0-9À-ɏ'’"
_LATIN = re.compile(
    rf"(?<![{_L}.&])(?:[A-ZÀ-Þ]|[a-z](?=[A-Z]))[{_L}]*(?:[&.+\-][{_L}]+)*(?: (?:(?:of|the|and|de|von|van|der) )?[A-ZÀ-Þ][{_L}]*(?:[&.\-][{_L}]+)*)*"
)
_SPACED = re.compile(rf"[{_L}]{{2}}[.]? [A-ZÀ-Þ][a-zà-ÿ]")
"""Two Latin words with the space between them."""
_DAY = re.compile("(?:上|下|這|本)?個?(?:星期|禮拜|週|周)[一二三四五六日天末]")
"""A day of the week, which the recogniser takes for somebody now and then (禮拜天的先發投手)."""
_PEOPLE = re.compile("人(?![民口士員權才工物類選事數為均潮氣道行形造])")
_LANGUAGE = re.compile("語|文(?![化物學獻宣官旅教壇藝明件創豪])")
_BY_ORIGIN = re.compile("國籍|[裔籍]")
_LATIN_BEFORE, _LATIN_BEHIND = re.compile("[A-ZÀ-Þ][a-zà-ÿ]+ $"), re.compile(" [A-ZÀ-Þ][a-zà-ÿ]")
_MODEL = re.compile("(?: ?(?:[A-Z]?[0-9]{1,4}[A-Za-z]{0,2}|Pro|Plus|Max|MAX|Ultra|Mini))+(?![A-Za-z0-9年月日時分.,:])")
_TITLE = re.compile(
    "《(?P<work>[^《》\n]{1,40})》|〈(?P<piece>[^〈〉\n]{3,30})〉|「(?P<quote>[^「」，。！？；\n]{3,20})」"
)
_SAID = re.compile("[的了我你他們是不這那把被都也要]|^(?:採取|展開|舉行|提出|一)")
"""What a quotation has in it that somebody said, and a name has not."""
_BY_WORDS = frozenset(("PERSON", "GPE", "LOC", "FAC"))
"""Kinds of names that have no capitals within a word, as brands have (YouTube)."""
_ORG_TAILS = (
    "超市", "超商", "百貨", "航空", "汽車", "製藥", "藥廠", "能源", "石油", "保險", "證券", "俱樂部", "科技", "電子", "集團", "公司", "控股", "銀行",
    "半導體", "工業", "國際", "智庫", "研究所",
)  # fmt: skip

ORIGIN: dict[Layer, Origin] = {
    Layer.GIVEN: "given",
    Layer.GLOSSARY: "glossary",
    Layer.PROJECT: "glossary",
    Layer.USER: "glossary",
    Layer.GLOSS: "gloss",
    Layer.SHIPPED: "glossary",
    Layer.STANDARD: "standard",
    Layer.REFERENCE: "standard",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One possible mention, ``start:end`` in code points; ``layer`` says whose word it is.

    ``name`` is None where the source knows no English name; ``type`` None for a term; ``key`` is equal for mentions
    of one thing.
    """

    start: int
    end: int
    layer: Layer
    name: str | None
    short: str | None
    type: EntityType | None
    origin: Origin
    source: str | None
    key: str


def from_matches(text: str, matches: Iterable[Match]) -> Iterator[Candidate]:
    """Candidates of the gazetteer; entries that forbid a name or keep the Chinese give none.

    A country before 語 is a language, and no mention of the country; with 人 it is its people (日本人: Japanese).
    """
    for m in matches:
        e = m.entry
        place = e.type in ("GPE", "LOC")
        if e.status == "forbidden" or (place and _LANGUAGE.match(text, m.end)):
            continue
        end, name, short, kind = m.end, e.name, e.short, e.type
        group = people(name) if place and _PEOPLE.match(text, end) else None
        origin = adjective(name) if place and _BY_ORIGIN.match(text, end) else None
        if group or origin:
            end, name, short, kind = end + bool(group), group or origin or name, None, "NORP"
        yield Candidate(
            m.start,
            end,
            m.layer,
            name,
            short,
            kind,
            ORIGIN[m.layer],
            e.source,
            _key(name) + "/people" * (kind != e.type),
        )


def from_recognised(text: str, spans: Iterable[Recognised]) -> Iterator[Candidate]:
    """Candidates of the statistical recogniser, without English names.

    A later last part joins its full name; one surface is one thing, of the type it was most often seen as. Latin script
    is left to :func:`from_latin`, and days of the week are nobody.
    """
    seen = [r for r in spans if not _is_latin(text[r.start : r.end]) and not _DAY.fullmatch(text, r.start, r.end)]
    types: dict[str, Counter[EntityType]] = {}
    for r in seen:
        types.setdefault(fold(text[r.start : r.end]), Counter())[r.type] += 1
    fulls = {text[r.start : r.end] for r in seen if r.type == "PERSON" and _DOTS.search(text[r.start : r.end])}
    last = {_DOTS.split(full)[-1]: full for full in fulls}
    for r in seen:
        surface = text[r.start : r.end]
        kind = types[fold(surface)].most_common(1)[0][0]
        key = f"?{fold(last.get(surface, surface))}"
        yield Candidate(r.start, r.end, Layer.UNRESOLVED, None, None, kind, "unresolved", None, key)


def _is_latin(surface: str) -> bool:
    """Whether a name stands in Latin script, with at least one letter."""
    return re.search("[A-Za-zÀ-ɏ]", surface) is not None and re.search(r"[\u3400-\u9fff]", surface) is None


def from_glosses(text: str, glosses: Sequence[Gloss], matches: Sequence[Match]) -> Iterator[Candidate]:
    """Candidates of the article's own glosses: the name, what it is glossed with, and wherever either stands again.

    A :func:`mistaken` gloss gives none, and a name without its tail none that is another's: 日本 of 日本銀行.
    """
    glued = is_glued(text)
    known = {text[m.start : m.end] for m in matches if m.entry.type}
    wrong = {g for g, entry in contradicted(glosses, matches) if mistaken(g, entry)}
    said = {(g.text, g.latin, g.acronym, g.type): g for g in reversed(glosses) if g not in wrong}
    folded = fold(text)
    for gloss in reversed(said.values()):
        name, short = _names(gloss, matches)
        if glued and name == gloss.latin and gloss.type in _BY_WORDS:
            name = parted(name)
            short = surname(name) if gloss.type == "PERSON" else short
        for form in {gloss.text, *(_forms(gloss) - known)}:
            for m in re.finditer(re.escape(fold(form)), folded):
                yield _gloss_candidate(m.start(), m.end(), gloss, name, short)
        for latin in {gloss.latin, gloss.acronym or gloss.latin, short or gloss.latin}:
            for m in re.finditer(rf"(?<![A-Za-z0-9.]){re.escape(latin)}(?![A-Za-z0-9])", text):
                beside = _LATIN_BEFORE.search(text[: m.start()]) or _LATIN_BEHIND.match(text, m.end())
                if beside and (
                    latin != gloss.latin or " " not in latin
                ):  # Thomas Cromwell is not Oliver, and no Cromwell Society is
                    continue
                yield _gloss_candidate(m.start(), m.end(), gloss, name, short)


def _gloss_candidate(start: int, end: int, gloss: Gloss, name: str, short: str | None) -> Candidate:
    return Candidate(start, end, Layer.GLOSS, name, short, gloss.type or "PRODUCT", "gloss", "article", _key(name))


def _names(gloss: Gloss, matches: Sequence[Match]) -> tuple[str, str | None]:
    """Canonical and short name.

    The gloss says who is meant. Where a glossary knows the same name more fully, its spelling stands: its short form, an
    acronym or a part of the full name fills ``short`` (EU, Brent), a plain spelling gets its diacritics back (Jorgensen, Jørgensen).
    """
    known = next((m.entry for m in matches if m.start == gloss.start and m.end == gloss.end), None)
    if known and plain(known.name) == plain(gloss.latin):
        return known.name, known.short
    shorter = known is not None and (gloss.latin == known.short or _is_part(gloss.latin, known.name))
    if known and (shorter or (_is_acronym(gloss.latin) and not _is_acronym(known.name))):
        return known.name, gloss.latin
    if gloss.acronym:
        return gloss.latin, gloss.acronym
    if gloss.type == "PERSON":
        return gloss.latin, surname(gloss.latin)
    return gloss.latin, gloss.latin if _is_acronym(gloss.latin) else None


def contradicted(glosses: Iterable[Gloss], matches: Iterable[Match]) -> Iterator[tuple[Gloss, Entry]]:
    """Glosses whose Latin name is another than a glossary has for the same Chinese one, with what the glossary has."""
    known = {(m.start, m.end): m.entry for m in matches if m.entry.status != "forbidden"}
    for g in glosses:
        entry = known.get((g.start, g.end))
        if entry is None:
            continue
        ours, theirs = (
            {plain(entry.name), plain(entry.short or "")},
            {plain(g.latin), plain(g.acronym or "")} - {""},
        )
        part = _is_acronym(g.latin) or _is_part(g.latin, entry.name) or _is_part(entry.name, g.latin)
        if not part and ours.isdisjoint(theirs):
            yield g, entry


def mistaken(gloss: Gloss, known: Entry) -> bool:
    """Whether a gloss is the name of a near twin: 歐盟理事會（European Council）, which is 歐洲高峰會.

    Only where a glossary knows both, and both names share a telling word; else the article's word stands.
    """
    return gloss.latin in _canonical() and not _telling(gloss.latin).isdisjoint(_telling(known.name))


@cache
def _canonical() -> frozenset[str]:
    return frozenset(e.name for e in shipped() if e.type)


def _telling(name: str) -> set[str]:
    return {w for w in name.split() if len(w) > 3}


def _is_part(latin: str, name: str) -> bool:
    """Whether the gloss is some of the words of the full name, in order: Brent of Brent crude."""
    return f" {latin.casefold()} " in f" {name.casefold()} " and latin != name


def _is_acronym(name: str) -> bool:
    return len(name) <= 8 and " " not in name and sum(c.isupper() for c in name) >= 2 and name.upper() == name


def surname(latin: str) -> str | None:
    """The form for second mention: von der Leyen, Scott-Gray; Lai for Lai Ching-te. None for a single word."""
    words = latin.split()
    if len(words) < 2:
        return None
    if len(words) == 2 and re.fullmatch(r"[A-Z][a-z]*-[a-z]+", words[1]):
        return words[0]
    for i, word in enumerate(words[1:], 1):
        if word.casefold() in _PARTICLES:
            return " ".join(words[i:])
    return words[-1]


def _forms(gloss: Gloss) -> set[str]:
    """The Chinese forms that stand for the glossed name: whole, its last part, an organisation without its tail."""
    forms = {gloss.text}
    if gloss.type == "PERSON":
        tail = _DOTS.split(gloss.text)[-1]
        forms |= {tail} if len(tail) >= 2 else set()
    elif gloss.type == "ORG":
        forms |= {gloss.text.removesuffix(t) for t in _ORG_TAILS if len(gloss.text) >= len(t) + 2}
    return forms


def from_titles(text: str) -> Iterator[Candidate]:
    """What stands in the brackets of a title (《…》, 〈…〉), and quoted names of laws and programmes (「…計畫」)."""
    for m in _TITLE.finditer(text):
        start, end = m.span(m.lastgroup or 0)
        cue = suffix_type(text[start:end])
        if m["quote"] and (cue not in ("LAW", "EVENT") or _SAID.search(m["quote"])):
            continue
        kind = cue if cue in ("LAW", "EVENT", "ORG") else "WORK_OF_ART"
        key = f"?{fold(text[start:end])}"
        yield Candidate(start, end, Layer.UNRESOLVED, None, None, kind, "unresolved", None, key)


def is_glued(text: str) -> bool:
    """Whether no two Latin words of a text have a space between them: then it has lost them, and MonteCarlo is two words.

    Names of persons and places get them back; those of brands have capitals inside (YouTube).
    """
    return _SPACED.search(text) is None


def from_latin(
    text: str, taken: Sequence[tuple[int, int]], amounts: Sequence[tuple[int, int]], seen: Sequence[Recognised]
) -> Iterator[Candidate]:
    """Names that stand in Latin script in the Chinese text (StoneX, Alphabet), of the type that the recogniser saw.

    Bare acronyms are left to glossaries where it saw none. A model's number belongs to its name (iPhone 17) unless it is
    part of one of the ``amounts``; neither they nor what is ``taken`` is touched.
    """
    glued = is_glued(text)
    recognised = [(r.start, r.end, r.type) for r in seen if r.end - r.start > 2 and _is_latin(text[r.start : r.end])]
    found: list[tuple[int, int, EntityType]] = []
    for m in _LATIN.finditer(text):
        inside = [(a, b, kind) for a, b, kind in recognised if a < m.end() and m.start() < b]
        whole = text[m.start() : m.end()]
        if len(inside) > 1:
            inside = [(m.start(), m.end(), inside[0][2])]
        elif not inside and len(whole) > 2 and (is_product(whole) or any(c.islower() for c in whole)):
            inside = [(m.start(), m.end(), type_by_cue("", whole))]
        found += inside
    found += [r for r in recognised if not any(a < r[1] and r[0] < b for a, b, _ in found)]
    for start, end, kind in found:
        if any(a < end and start < b for a, b in taken):
            continue
        model = _MODEL.match(text, end)
        if model and not any(a < model.end() and end < b for a, b in amounts):
            end, kind = model.end(), "PRODUCT"
        name = text[start:end]
        kind = "PRODUCT" if is_product(name) else kind
        name = parted(name) if glued and kind in _BY_WORDS else name
        short = surname(name) if kind == "PERSON" else None
        yield Candidate(start, end, Layer.LATIN, name, short, kind, "latin", None, _key(name))


def _key(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold()) or name
