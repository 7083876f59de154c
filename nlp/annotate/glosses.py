"""Glosses: the places where an article says what a Chinese name is in Latin script.

施洛德（Patrick Schröder）, 「金庫計畫」（Project Vault）, 荷蘭國際集團（ING）, AI（人工智慧）. What a bracket holds is certain; where the
Chinese name before it begins is not (施洛德, not 高級研究員施洛德), and is decided by scoring every possible left edge
(:mod:`nlp.annotate.left_edge`). A gloss holds for its article only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from nlp.annotate.edge_clues import Run
from nlp.annotate.evidence import Evidence
from nlp.annotate.left_edge import left_edge
from nlp.annotate.role_words import TITLES, ending_in
from nlp.annotate.types_by_cue import suffix_type, type_by_cue
from nlp.names.meanings import meanings, words
from nlp.types import EntityType

_BRACKET = re.compile(r"[（(]([^（）()\n]{1,90})[）)]")
_SEPARATOR = re.compile(r"[，,、；;：:/／]|\s[-–—]\s")
_TICKER = re.compile(r"\d{4,6}([.\-‧][A-Z]{2,3})?$|[A-Z]{1,5}[-.](US|TW|HK|JP|KR|UK|DE|SS|SZ|TWO)$|(US|HK|TW)-\w+$")
_LISTING = re.compile(r"(NYSE|NASDAQ|Nasdaq|TWSE|HKEX|LSE|TSE)\b")
_LATIN_NAME = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ0-9][\w.'’&+\-–! ]*[\w.+!]$|[A-Z]{1,3}$")
_SMALL_WORDS = frozenset(
    [
        "of",
        "the",
        "and",
        "for",
        "de",
        "la",
        "le",
        "du",
        "von",
        "van",
        "der",
        "den",
        "ter",
        "di",
        "da",
        "del",
        "dos",
        "bin",
        "al",
        "el",
        "et",
        "a",
        "in",
        "on",
        "to",
        "für",
        "und",
        "y",
    ]
)
_HAN = r"\u3400-\u9fff\uf900-\ufaff"
_CHINESE = re.compile(f"[{_HAN}]")
_NAME_RUN = re.compile(rf"(?:[{_HAN}A-Za-z0-9·‧・．•\-－–—+&]|(?<=[{_HAN}])\.(?=[{_HAN}]))+(?:(?<=[{_HAN}]) [A-Z])?$")
_DASHES = re.compile("[-–—]{2,}")
"""A dash, which is no separator within a name."""
_INITIALS = re.compile(r"(?<![A-Za-z])(?:[A-Z][.．] ?){1,3}$")
_LATIN_RUN = re.compile(r"[A-Za-z][A-Za-z0-9+&.\-]*(?: [A-Z][A-Za-z0-9+&.\-]*)*$")
_MEASURE = re.compile(r"[0-9][百千萬億兆]*[^\W\d]{1,3}$")
_PERSON_TITLE = ending_in(TITLES)
_SPACES = " \u3000\u00a0"
_CLOSING = {"」": "「", "』": "『", "》": "《", "〉": "〈", "”": "“"}
_LANGUAGE = re.compile("(?<=[^用話])[語文]$")
_LONGEST_RUN = 24
_LONGEST_QUOTE = 30
SURE = 0.85
"""The confidence from which a gloss may be taken without a look (docs/glossaries.md has the figures)."""
TAKEN = 0.35
"""The confidence from which an article's names are linked to a gloss; what is below is for a person to look at."""
_QUOTED = 0.97
"""The confidence in a name that stands in quotation marks of its own."""
_REVERSED = 0.7
"""The confidence in a Chinese explanation of a Latin name, which is as often no name."""


@dataclass(frozen=True, slots=True)
class Gloss:
    """A name and what the article calls it in Latin script.

    ``start:end`` is the Chinese name, ``outer_end`` the offset after the closing bracket (code points). ``latin`` is
    the gloss as written; ``acronym`` another, shorter one that stood beside it. ``type`` is None for what no cue tells to
    be a person, a place or a body: a term that the article names (LNG). ``confidence`` is the probability that the name
    begins at ``start``.
    """

    start: int
    end: int
    outer_end: int
    text: str
    latin: str
    acronym: str | None
    type: EntityType | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Bracket:
    """A bracket ``start:end`` that opens with a Latin name; the Chinese before it ends at ``before``."""

    start: int
    end: int
    before: int
    inside: str
    latin: str
    acronym: str | None


def find_glosses(evidence: Evidence) -> list[Gloss]:
    """All glosses of a text in order, by what the recogniser and the gazetteer saw in it."""
    text = evidence.text
    found = [gloss for m in _BRACKET.finditer(text) for gloss in _reversed(text, m)]
    found += [gloss for b in brackets(text) if (gloss := _quoted(text, b) or _unquoted(evidence, b)) is not None]
    return sorted(found, key=lambda g: g.outer_end)


def brackets(text: str) -> Iterator[Bracket]:
    """The brackets of a text that hold a Latin name."""
    for m in _BRACKET.finditer(text):
        inside = m.group(1).strip()
        latin, acronym = _latin_parts(inside)
        if latin is not None:
            before = len(text[max(0, m.start() - 3) : m.start()].rstrip(_SPACES)) + max(0, m.start() - 3)
            yield Bracket(m.start(), m.end(), before, inside, latin, acronym)


def _quoted(text: str, b: Bracket) -> Gloss | None:
    """「金庫計畫」（Project Vault）, 《聖蛛（Holy Spider）》: all that is quoted is the name."""
    quoted = _quoted_before(text, b.before) or _title_around(text, b)
    if quoted is None:
        return None
    start, end = quoted
    name = text[start:end]
    work = text[start - 1] in "《〈"
    latin = _whole_title(b) if work and "：" in name else b.latin
    cue = type_by_cue(name, latin, text[b.end : b.end + 2])
    kind: EntityType | None = "WORK_OF_ART" if work else "ORG" if cue == "PERSON" else cue
    shouted = latin.isupper() and not work and suffix_type(name) is None
    if not _is_name(latin) or _LANGUAGE.search(name) or shouted:
        kind = None
    return Gloss(start, end, b.end, name, latin, b.acronym, kind, _QUOTED)


def _unquoted(evidence: Evidence, b: Bracket) -> Gloss | None:
    run = run_before(evidence, b)
    edge = left_edge(run) if run is not None else None
    if run is None or edge is None:
        return None
    start, end = edge.start, run.end if run.end - edge.start > 1 else b.before
    initials = _INITIALS.search(evidence.text[max(0, start - 9) : start]) if start == run.first else None
    if initials is not None and b.latin.startswith(initials.group()[0]):
        start -= len(initials.group())
    name = evidence.text[start:end]
    kind = "PERSON" if run.end < b.before else None if _LANGUAGE.search(name) else edge.type
    return Gloss(start, end, b.end, name, b.latin, b.acronym, kind, edge.confidence)


def run_before(evidence: Evidence, b: Bracket) -> Run | None:
    """The run of characters that ends with the name which ``b`` glosses; None where no name can stand, as in 4.5百萬瓩（GW）.

    A title that follows a person's name is left out (施洛德研究員), unless it left a single character (梅首相).
    """
    text, latin = evidence.text, b.latin
    found = _NAME_RUN.search(text[max(0, b.before - _LONGEST_RUN) : b.before])
    run = _DASHES.split(found.group())[-1] if found else ""
    if not _is_name(latin) or not _CHINESE.search(run) or (len(latin) <= 3 and _MEASURE.search(run)):
        return None
    first, end = b.before - len(run), b.before
    title = _PERSON_TITLE.search(run) if type_by_cue("甲乙", latin) == "PERSON" else None
    if title is not None and not _means(title.group(), latin):
        named = Run(first, end - len(title.group()), latin, evidence)
        if named.sounds_alike(shortest=2):
            return named
    return Run(first, end, latin, evidence)


def _means(title: str, latin: str) -> bool:
    """Whether a title is part of the name: 醫生 in 無國界醫生（Doctors Without Borders）."""
    return any(end == len(title) and found & words(latin) for end, found in meanings(title, 0))


def _latin_parts(inside: str) -> tuple[str | None, str | None]:
    """The Latin name that a bracket opens with, and an acronym beside it; (None, None) where it is no name."""
    parts = [p.strip() for p in _SEPARATOR.split(inside)]
    names = [p for p in parts if p and _LATIN_NAME.match(p) and re.search(r"[^\W\d_]", p) and not _CHINESE.search(p)]
    if not names or names[0] != parts[0] or _TICKER.match(names[0]) or _LISTING.match(inside) or "..." in inside:
        return None, None
    shorter = [n for n in names[1:] if n.isupper() and len(n) <= 8]
    return names[0], shorter[0] if shorter else None


def _is_name(latin: str) -> bool:
    """Whether every word is capitalised, small words apart: an aside in English (``heavy assets``) is no name."""
    words = latin.split()
    return all(w in _SMALL_WORDS or any(c.isupper() for c in w) or w[0].isdigit() for w in words) and any(
        any(c.isupper() for c in w) for w in words
    )


def _whole_title(b: Bracket) -> str:
    """The English title with its subtitle: AI Superpowers: China, Silicon Valley and the New World Order."""
    return b.inside if b.inside.startswith(f"{b.latin}:") and b.inside.isascii() else b.latin


def _quoted_before(text: str, at: int) -> tuple[int, int] | None:
    """The inner span of a quotation that closes right before ``at``, if it can be a name."""
    if at == 0 or text[at - 1] not in _CLOSING:
        return None
    start = text.rfind(_CLOSING[text[at - 1]], max(0, at - _LONGEST_QUOTE - 2), at)
    inner = text[start + 1 : at - 1]
    if start < 0 or not inner or re.search(r"[，。！？；,!?;\n]", inner) or not _CHINESE.search(inner):
        return None
    return start + 1, at - 1


def _title_around(text: str, b: Bracket) -> tuple[int, int] | None:
    """The span from 《 up to a bracket that stands inside the marks, right before 》."""
    opening = _CLOSING.get(text[b.end : b.end + 1], "")
    start = text.rfind(opening, max(0, b.before - _LONGEST_QUOTE - 1), b.before) + 1 if opening in ("《", "〈") else 0
    inner = text[start : b.before]
    if start == 0 or not inner or re.search("[。\n》〉]", inner) or not _CHINESE.search(inner):
        return None
    return start, b.before


def _reversed(text: str, m: re.Match[str]) -> Iterator[Gloss]:
    """AI（人工智慧）: the Latin name stands outside and the bracket explains it in Chinese."""
    inside = m.group(1).strip()
    outside = _LATIN_RUN.search(text[max(0, m.start() - 40) : m.start()])
    if (
        outside is None
        or len(outside.group()) < 2
        or not _is_name(outside.group())
        or not re.fullmatch(rf"[{_HAN}·‧・]{{2,14}}", inside)
    ):
        return
    if type_by_cue(inside, outside.group()) == "PERSON" or inside.startswith(
        ("圖", "見", "下稱", "簡稱", "以下", "約", "含")
    ):
        return
    start = m.start(1) + m.group(1).index(inside)
    kind = type_by_cue(inside, outside.group()) if outside.group().isupper() else None
    yield Gloss(start, start + len(inside), m.end(), inside, outside.group(), None, kind, _REVERSED)


def mark_glosses(doc: Doc) -> Doc:
    """Put the article's glosses into ``doc._.glosses``."""
    doc._.glosses = find_glosses(Evidence.of(doc))
    return doc


@Language.factory("zhbrief_glosses")
def create_glosses(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """SpaCy factory ``zhbrief_glosses``; takes no settings."""
    return mark_glosses
