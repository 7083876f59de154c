"""Tables of text: CSV with all columns, DeepL's and Google's pairs, OmegaT's glossaries, and our own TSV.

A CSV cell that begins with ``= + - @``, a tab or a line break is written behind an apostrophe, so that no spreadsheet runs it as a
formula, and the apostrophe is taken off again when it is read (OWASP, CSV injection). Shapes: DeepL's glossary upload (two columns
without a header, or four with language codes), Google Cloud Translation's equivalent term sets (a header of language codes),
OmegaT's manual, chapter Glossaries (tab-separated source, target, comment in UTF-8).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from nlp.errors import GlossaryError
from nlp.names.exchange.text import decoded, pairs
from nlp.names.glossary_file import COLUMNS, Entry, dump, entry_of, parse, row_of

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_LONGEST_CELL = 1_000_000


def read_tsv(data: bytes, path: Path) -> list[Entry]:
    """Our own form (:mod:`nlp.names.glossary_file`)."""
    return parse(data, path)


def write_tsv(entries: Sequence[Entry]) -> bytes:
    """Our own form."""
    return dump(entries).encode("utf-8")


def read_csv(data: bytes, path: Path) -> list[Entry]:
    """A header row that names our columns, then a row an entry; comma, semicolon or tab between cells."""
    rows = _rows(data, path)
    number, header = next(rows, (1, []))
    header = [cell.strip().casefold() for cell in header]
    unknown = [c for c in header if c not in COLUMNS]
    if unknown or not {"term", "name"} <= set(header) or len(set(header)) != len(header):
        raise GlossaryError(
            f"{path}:{number}: the header must name term and name, and no columns but {' '.join(COLUMNS)}"
        )
    out = []
    for number, cells in rows:
        if len(cells) > len(header):
            raise GlossaryError(f"{path}:{number}: {len(cells)} columns where the header has {len(header)}")
        out.append(entry_of(f"{path}:{number}", dict(zip(header, cells, strict=False)), path.stem))
    return out


def write_csv(entries: Sequence[Entry]) -> bytes:
    """All columns, with a byte order mark, which spreadsheets need to see UTF-8."""
    return b"\xef\xbb\xbf" + _written([COLUMNS, *(tuple(row_of(e)[c] for c in COLUMNS) for e in entries)])


def read_deepl(data: bytes, path: Path) -> list[Entry]:
    """Pairs without a header, Chinese first; with language codes in a third and fourth column either may be first."""
    out = []
    for number, cells in _rows(data, path, ",\t"):
        if len(cells) not in (2, 4):
            raise GlossaryError(
                f"{path}:{number}: {len(cells)} columns; DeepL's glossaries have two, or four with languages"
            )
        first, second = cells[:2]
        if len(cells) == 4 and cells[3].casefold().startswith("zh"):
            first, second = second, first
        out.append(entry_of(f"{path}:{number}", {"term": first, "name": second}, path.stem))
    return out


def write_deepl(entries: Sequence[Entry]) -> bytes:
    """Pairs, Chinese first, without a header; a pair for each form of a name."""
    return _written([(row["term"], row["name"]) for row in pairs(entries)])


def read_google(data: bytes, path: Path) -> list[Entry]:
    """A header of language codes, one of them Chinese and one English; other columns are left out."""
    rows = _rows(data, path)
    number, header = next(rows, (1, []))
    codes = [cell.strip().casefold() for cell in header]
    chinese = next((i for i, code in enumerate(codes) if code.startswith("zh")), None)
    english = next((i for i, code in enumerate(codes) if code.startswith("en")), None)
    if chinese is None or english is None:
        raise GlossaryError(f"{path}:{number}: the header must hold the codes of both languages, like zh-TW,en")
    out = []
    for number, cells in rows:
        if max(chinese, english) >= len(cells):
            raise GlossaryError(f"{path}:{number}: {len(cells)} columns where the header has {len(header)}")
        out.append(entry_of(f"{path}:{number}", {"term": cells[chinese], "name": cells[english]}, path.stem))
    return out


def write_google(entries: Sequence[Entry]) -> bytes:
    """An equivalent term set: a header of language codes, then a pair for each form of a name."""
    return _written([("zh-TW", "en"), *((row["term"], row["name"]) for row in pairs(entries))])


def read_omegat(data: bytes, path: Path) -> list[Entry]:
    """Source, target and comment, tab-separated; lines that begin with # are remarks."""
    out = []
    for number, line in enumerate(decoded(data, path).splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if not 2 <= len(cells) <= 3:
            raise GlossaryError(f"{path}:{number}: {len(cells)} columns; OmegaT's glossaries have two or three")
        row = dict(zip(("term", "name", "note"), cells, strict=False))
        out.append(entry_of(f"{path}:{number}", row, path.stem))
    return out


def write_omegat(entries: Sequence[Entry]) -> bytes:
    """Source, target and comment, a line for each form of a name; a term that begins with # would read as a remark, and is refused."""
    rows = list(pairs(entries))
    for row in rows:
        if row["term"].startswith("#"):
            raise GlossaryError(f"{row['term']}: OmegaT reads a line that begins with # as a remark")
    return "".join(f"{row['term']}\t{row['name']}\t{row['note']}".rstrip("\t") + "\n" for row in rows).encode("utf-8")


def _rows(data: bytes, path: Path, delimiters: str = ",;\t") -> Iterator[tuple[int, list[str]]]:
    """Rows of a CSV with the number of their last line; empty ones left out. A tab anywhere in the first line delimits."""
    text = decoded(data, path)
    head = text.split("\n", 1)[0]
    delimiter = "\t" if "\t" in head else max(delimiters, key=head.count)
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, [_unguarded(" ".join(cell.split())) for cell in cells]
    except csv.Error as e:
        raise GlossaryError(f"{path}:{reader.line_num}: {e}") from e


def _written(rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows([_guarded(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8")


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.lstrip("'").startswith(_FORMULA) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(_FORMULA) else cell
