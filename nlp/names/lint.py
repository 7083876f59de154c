"""Lint of glossaries: what would print a wrong name, or surprise whoever inherits the file."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from nlp.names.folding import fold
from nlp.names.glossary_file import Entry, Glossary
from nlp.names.spelling import plain

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
COMMON = 9_000
"""A word that jieba's dictionary counts as often as this is an ordinary one: 成功 has 10,638, 希望 12,597, 升值 512, 高雄 3."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry and where it stands; ``line`` counts from 1."""

    path: Path
    line: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: ``code`` names its kind, ``message`` says what is wrong with the entry at ``path:line``."""

    path: Path
    line: int
    code: str
    message: str


def lint(paths: Iterable[Path]) -> list[Finding]:
    """All findings in files and folders, in their order. Raises :class:`nlp.errors.GlossaryError` for a file that cannot be read."""
    files = [f for path in paths for f in (sorted(path.glob("*.tsv")) if path.is_dir() else [path])]
    placed = [p for file in files for p in _placed(file)]
    found = [finding for rule in _RULES for finding in rule(placed)]
    return sorted(found, key=lambda f: (files.index(f.path), f.line, f.code))


def _placed(path: Path) -> Iterator[Placed]:
    glossary = Glossary.open(path)
    line, reached = 1, 0
    for offset, entry in glossary.entries():
        line, reached = line + glossary.data.count(b"\n", reached, offset), offset
        yield Placed(path, line, entry)


def _at(p: Placed, code: str, message: str) -> Finding:
    return Finding(p.path, p.line, code, message)


def _two_names(placed: Sequence[Placed]) -> Iterator[Finding]:
    """One form with two names that neither region, type nor guards tell apart."""
    first: dict[tuple[str, str], Placed] = {}
    for p in placed:
        if p.entry.needs or p.entry.status == "forbidden":
            continue
        for form in p.entry.forms:
            other = first.setdefault((fold(form), p.entry.region or ""), p)
            if other.entry.name != p.entry.name and other.entry.type == p.entry.type:
                yield _at(p, "two-names", f"{form} is {p.entry.name} here and {other.entry.name} at {_place(other)}")


def _twice(placed: Sequence[Placed]) -> Iterator[Finding]:
    """A term that another entry, of whatever file, has with the same name."""
    first: dict[tuple[str, str, str], Placed] = {}
    for p in placed:
        other = first.setdefault((fold(p.entry.term), p.entry.name, p.entry.region or ""), p)
        if other is not p and p.entry.status == other.entry.status:
            yield _at(p, "twice", f"{p.entry.term} is {p.entry.name} at {_place(other)} already")


def _variant_is_term(placed: Sequence[Placed]) -> Iterator[Finding]:
    """A variant that is a term already, its own or another's of the same name: one of both is too much."""
    terms = {(fold(p.entry.term), p.entry.name): p for p in placed}
    for p in placed:
        for variant in p.entry.variants:
            other = terms.get((fold(variant), p.entry.name))
            if other is not None:
                where = "its own term" if other is p else f"the term at {_place(other)}"
                yield _at(p, "variant-is-term", f"{variant}, a variant of {p.entry.term}, is {where}")


def _forbidden(placed: Sequence[Placed]) -> Iterator[Finding]:
    """A name that one entry forbids and another gives."""
    given = {(fold(form), p.entry.name): p for p in placed if p.entry.status != "forbidden" for form in p.entry.forms}
    for p in placed:
        other = given.get((fold(p.entry.term), p.entry.name)) if p.entry.status == "forbidden" else None
        if other is not None:
            yield _at(p, "forbidden-preferred", f"{p.entry.name} is forbidden here and given at {_place(other)}")


def _one_character(placed: Sequence[Placed]) -> Iterator[Finding]:
    for p in placed:
        for form in p.entry.forms:
            if len(form) == 1 and p.entry.type and not p.entry.needs:
                yield _at(
                    p, "one-character", f"{form} stands in too many words to be a name without needs: in its note"
                )


def _common_word(placed: Sequence[Placed]) -> Iterator[Finding]:
    """Terms of two characters that are ordinary words: 成功, 希望; what has a type is held against the recogniser."""
    import rjieba

    jieba = rjieba.Jieba()
    for p in placed:
        if p.entry.type is None and not p.entry.needs:
            for form in p.entry.forms:
                if len(form) == 2 and jieba.has_word(fold(form)) and jieba.suggest_freq(fold(form)) >= COMMON:
                    yield _at(
                        p, "common-word", f"{form} is an ordinary word; give the entry a type, or needs: in its note"
                    )


def _chinese_in_english(placed: Sequence[Placed]) -> Iterator[Finding]:
    for p in placed:
        for english in (p.entry.name, p.entry.short, p.entry.abbr):
            if english and p.entry.status != "keep" and _HAN.search(english):
                yield _at(p, "chinese-in-english", f"{english} holds Chinese")


def _spellings(placed: Sequence[Placed]) -> Iterator[Finding]:
    """Names that differ in case, diacritics or punctuation alone: one of them is misspelt."""
    seen: dict[str, Placed] = {}
    for p in placed:
        if p.entry.status == "forbidden":
            continue
        other = seen.setdefault(plain(p.entry.name), p)
        if (
            other.entry.name != p.entry.name
            and plain(p.entry.name)
            and (other.entry.type or "") == (p.entry.type or "")
        ):
            yield _at(p, "spelling", f"{p.entry.name} is {other.entry.name} at {_place(other)}")


def _order(placed: Sequence[Placed]) -> Iterator[Finding]:
    files: dict[Path, list[Placed]] = defaultdict(list)
    for p in placed:
        files[p.path].append(p)
    for entries in files.values():
        for before, after in pairwise(entries):
            if before.entry.term > after.entry.term:
                yield _at(after, "unsorted", f"{after.entry.term} stands after {before.entry.term}")
                break


def _place(p: Placed) -> str:
    return f"{p.path.name}:{p.line}"


_RULES: tuple[Callable[[Sequence[Placed]], Iterator[Finding]], ...] = (
    _two_names, _twice, _variant_is_term, _forbidden, _one_character, _common_word, _chinese_in_english, _spellings, _order,
)  # fmt: skip
