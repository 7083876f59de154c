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

from nlp.annotate.left_edge import Evidence, left_edge
from nlp.annotate.types_by_cue import suffix_type, type_by_cue
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
_NAME_RUN = re.compile(rf"[{_HAN}A-Za-z0-9·‧・．•\-－–—+&]+$")
_LATIN_RUN = re.compile(r"[A-Za-z][A-Za-z0-9+&.\-]*(?: [A-Z][A-Za-z0-9+&.\-]*)*$")
_CLOSING = {"」": "「", "』": "『", "》": "《", "〉": "〈", "”": "“"}
_LANGUAGE = re.compile("(?<=[^用話])[語文]$")
_LONGEST_RUN = 24
_LONGEST_QUOTE = 30


@dataclass(frozen=True, slots=True)
class Gloss:
    """A name and what the article calls it in Latin script.

    ``start:end`` is the Chinese name, ``outer_end`` the offset after the closing bracket (code points). ``latin`` is
    the gloss as written; ``acronym`` another, shorter one that stood beside it. ``type`` is None for what no cue tells to
    be a person, a place or a body: a term that the article names (LNG).
    """

    start: int
    end: int
    outer_end: int
    text: str
    latin: str
    acronym: str | None
    type: EntityType | None


def find_glosses(text: str, evidence: Evidence) -> list[Gloss]:
    """All glosses of ``text`` in order; ``evidence`` is what the recogniser and the gazetteer saw."""
    return list(_glosses(text, evidence))


def _glosses(text: str, evidence: Evidence) -> Iterator[Gloss]:
    for m in _BRACKET.finditer(text):
        inside, at = m.group(1).strip(), m.start()
        latin, acronym = _latin_parts(inside)
        if latin is None:
            yield from _reversed(text, m, inside)
            continue
        quoted = _quoted_before(text, at)
        if quoted is not None:
            start, end = quoted
            work = text[end] in "》〉"
            cue = type_by_cue(text[start:end], latin, text[m.end() : m.end() + 2])
            kind: EntityType | None = "WORK_OF_ART" if work else "ORG" if cue == "PERSON" else cue
            if (
                not _is_name(latin)
                or _LANGUAGE.search(text[start:end])
                or (latin.isupper() and not work and suffix_type(text[start:end]) is None)
            ):
                kind = None
            yield Gloss(start, end, m.end(), text[start:end], latin, acronym, kind)
            continue
        run = _NAME_RUN.search(text[max(0, at - _LONGEST_RUN) : at])
        if run is None or not _is_name(latin) or not re.search(rf"[{_HAN}]", run.group()):
            continue
        found = left_edge(text, at - len(run.group()), at, latin, evidence)
        if found is not None:
            start, kind = found
            kind = None if _LANGUAGE.search(text[start:at]) else kind
            yield Gloss(start, at, m.end(), text[start:at], latin, acronym, kind)


def _latin_parts(inside: str) -> tuple[str | None, str | None]:
    """The Latin name that a bracket opens with, and an acronym beside it; (None, None) where it is no name."""
    parts = [p.strip() for p in _SEPARATOR.split(inside)]
    names = [p for p in parts if p and _LATIN_NAME.match(p) and re.search(r"[^\W\d_]", p)]
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


def _quoted_before(text: str, at: int) -> tuple[int, int] | None:
    """The inner span of a quotation that closes right before ``at``, if it can be a name."""
    if at == 0 or text[at - 1] not in _CLOSING:
        return None
    start = text.rfind(_CLOSING[text[at - 1]], max(0, at - _LONGEST_QUOTE - 2), at)
    inner = text[start + 1 : at - 1]
    if start < 0 or not inner or re.search(r"[，。！？；,!?;\n]", inner) or not re.search(rf"[{_HAN}]", inner):
        return None
    return start + 1, at - 1


def _reversed(text: str, m: re.Match[str], inside: str) -> Iterator[Gloss]:
    """AI（人工智慧）: the Latin name stands outside and the bracket explains it in Chinese."""
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
    yield Gloss(start, start + len(inside), m.end(), inside, outside.group(), None, kind)


def mark_glosses(doc: Doc) -> Doc:
    """Put the article's glosses into ``doc._.glosses``."""
    doc._.glosses = find_glosses(doc.text, Evidence.of(doc))
    return doc


@Language.factory("zhbrief_glosses")
def create_glosses(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """SpaCy factory ``zhbrief_glosses``; takes no settings."""
    return mark_glosses
