"""Everything that may be a mention, from every source, in one shape; the linker chooses among them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from nlp.annotate.glosses import Gloss
from nlp.annotate.left_edge import ROLE_WORDS, Recognised
from nlp.annotate.types_by_cue import type_by_cue
from nlp.names import Layer, Match, fold
from nlp.types import EntityType, Origin

_DOTS = re.compile(r"[·‧・．•\-－–—]")
_PARTICLES = frozenset(
    ["von", "van", "der", "den", "de", "da", "di", "del", "la", "le", "bin", "al", "el", "ter", "dos", "du"]
)
_L = "A-Za-z0-9À-ɏ'’"
_LATIN = re.compile(
    rf"(?<![{_L}.&])[A-ZÀ-Þ][{_L}]*(?:[&.+\-][{_L}]+)*(?: (?:(?:of|the|and|de|von|van|der) )?[A-ZÀ-Þ][{_L}]*(?:[&.\-][{_L}]+)*)*"
)
_ORG_TAILS = ("科技", "電子", "集團", "公司", "控股", "銀行", "半導體", "工業", "國際", "智庫", "研究所")

ORIGIN: dict[Layer, Origin] = {
    Layer.GIVEN: "given",
    Layer.GLOSSARY: "glossary",
    Layer.PROJECT: "glossary",
    Layer.USER: "glossary",
    Layer.GLOSS: "gloss",
    Layer.SHIPPED: "glossary",
    Layer.STANDARD: "standard",
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


def from_matches(matches: Iterable[Match]) -> Iterator[Candidate]:
    """Candidates of the gazetteer; entries that forbid a name or keep the Chinese give none."""
    for m in matches:
        if m.entry.status != "forbidden":
            e = m.entry
            origin = ORIGIN[m.layer]
            yield Candidate(m.start, m.end, m.layer, e.name, e.short, e.type, origin, e.source, _key(e.name))


def from_recognised(text: str, spans: Iterable[Recognised]) -> Iterator[Candidate]:
    """Candidates of the statistical recogniser, without English names.

    A later last part joins its full name; one surface is one thing, of the type it was most often seen as. Latin script
    is left to :func:`from_latin`.
    """
    seen = [r for r in spans if not _is_latin(text[r.start : r.end])]
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
    """Latin script alone, or with nothing but a common noun after it (Google母公司)."""
    han = surface.lstrip("".join(c for c in surface if c.isascii()))
    return surface.isascii() or (han != surface and han in ROLE_WORDS)


def from_glosses(text: str, glosses: Sequence[Gloss], matches: Sequence[Match]) -> Iterator[Candidate]:
    """Candidates of the article's own glosses, at the gloss and wherever the name or its short form stands again."""
    for gloss in glosses:
        name, short = _names(gloss, matches)
        for form in _forms(gloss):
            for m in re.finditer(re.escape(fold(form)), fold(text)):
                yield _gloss_candidate(m.start(), m.end(), gloss, name, short)
        for latin in {gloss.latin, gloss.acronym or gloss.latin, short or gloss.latin}:
            for m in re.finditer(rf"(?<![A-Za-z0-9.]){re.escape(latin)}(?![A-Za-z0-9])", text):
                if not any(g.end <= m.start() < g.outer_end for g in glosses):
                    yield _gloss_candidate(m.start(), m.end(), gloss, name, short)


def _gloss_candidate(start: int, end: int, gloss: Gloss, name: str, short: str | None) -> Candidate:
    return Candidate(start, end, Layer.GLOSS, name, short, gloss.type or "PRODUCT", "gloss", "article", _key(name))


def _names(gloss: Gloss, matches: Sequence[Match]) -> tuple[str, str | None]:
    """Canonical and short name.

    The gloss says who is meant. Where a glossary knows the same name more fully, its spelling stands: an acronym or a part
    of the full name fills ``short`` (EU, Brent), a plain spelling gets its diacritics back (Jorgensen, Jørgensen).
    """
    known = next((m.entry for m in matches if m.start == gloss.start and m.end == gloss.end), None)
    if known and _plain(known.name) == _plain(gloss.latin):
        return known.name, known.short
    if known and ((_is_acronym(gloss.latin) and not _is_acronym(known.name)) or _is_part(gloss.latin, known.name)):
        return known.name, gloss.latin
    if gloss.acronym:
        return gloss.latin, gloss.acronym
    if gloss.type == "PERSON":
        return gloss.latin, surname(gloss.latin)
    return gloss.latin, gloss.latin if _is_acronym(gloss.latin) else None


def _plain(name: str) -> str:
    """A name without diacritics, case and punctuation, to compare spellings."""
    name = name.translate(str.maketrans("øØłŁßđĐæÆ", "oOlLsdDaA"))
    return re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFKD", name).casefold())


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


def from_latin(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[Candidate]:
    """Names that stand in Latin script in the Chinese text (StoneX, Alphabet); bare acronyms are left to glossaries."""
    for m in _LATIN.finditer(text):
        name = m.group()
        if len(name) < 3 or name.isupper() or not any(c.islower() for c in name):
            continue
        if any(start <= m.start() < end for start, end in taken):
            continue
        kind = type_by_cue("", name)
        short = surname(name) if kind == "PERSON" else None
        yield Candidate(m.start(), m.end(), Layer.LATIN, name, short, kind, "latin", None, _key(name))


def _key(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold()) or name
