"""XLSX through openpyxl: the first sheet, a header row that names our columns, every cell as text and none as a formula."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

from nlp.errors import GlossaryError
from nlp.names.exchange import LARGEST
from nlp.names.glossary_file import COLUMNS, Entry, entry_of, row_of


def read_xlsx(data: bytes, path: Path) -> list[Entry]:
    """The entries of the first sheet. Formulas are refused: what they would show is not in the file's text."""
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST:
                raise GlossaryError(f"{path}: unpacks to more than {LARGEST / 1e6:,.0f} MB")
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
        rows = [[(cell.value, cell.data_type) for cell in row] for row in book.worksheets[0].iter_rows()]
    except GlossaryError:
        raise
    except (
        Exception
    ) as e:  # openpyxl lets whatever a broken part raises through: KeyError, ValueError, ParseError and others
        raise GlossaryError(f"{path}: not a sound XLSX file ({type(e).__name__})") from e
    return _entries(rows, path)


def _entries(rows: Sequence[Sequence[tuple[object, str]]], path: Path) -> list[Entry]:
    header: list[str] | None = None
    out = []
    for number, row in enumerate(rows, 1):
        if any(kind == "f" for _, kind in row):
            raise GlossaryError(f"{path}:{number}: a formula; save the sheet with its values")
        cells = [" ".join(str(value).split()) if value is not None else "" for value, _ in row]
        if not any(cells):
            continue
        if header is None:
            header = [cell.casefold() for cell in cells]
            while header and not header[-1]:
                header.pop()
            if not {"term", "name"} <= set(header) <= set(COLUMNS) or len(set(header)) != len(header):
                raise GlossaryError(
                    f"{path}:{number}: the header must name term and name, and no columns but {' '.join(COLUMNS)}"
                )
            continue
        if any(cells[len(header) :]):
            raise GlossaryError(f"{path}:{number}: a cell beyond the {len(header)} columns of the header")
        out.append(entry_of(f"{path}:{number}", dict(zip(header, cells, strict=False)), path.stem))
    if header is None:
        raise GlossaryError(f"{path}: empty")
    return out


def write_xlsx(entries: Sequence[Entry]) -> bytes:
    """One sheet with all columns; every cell is of the type string, so that = stays a character."""
    import openpyxl
    from openpyxl.cell import WriteOnlyCell

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("glossary")
    for row in (dict(zip(COLUMNS, COLUMNS, strict=True)), *map(row_of, entries)):
        cells = []
        for column in COLUMNS:
            cell = WriteOnlyCell(sheet, row[column])
            cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
