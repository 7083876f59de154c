"""UTX, the glossary format of the Asia-Pacific Association for Machine Translation: 1.20 is written, 1.11 is read too.

Two lines that begin with # open the file: the version with both languages and the date, then the columns; the rest is tab-separated. Every entry has a
part of speech, which for a name is ``properNoun`` and for a term ``noun``. Term status is one of provisional, approved, rejected,
forbidden, non-standard (UTX 1.20 specification, sections 3 and 4).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from pathlib import Path

from nlp.errors import GlossaryError
from nlp.names.exchange.text import decoded
from nlp.names.glossary_file import Entry, entry_of, row_of

_STATUS = {
    "": "provisional",
    "preferred": "approved",
    "admitted": "non-standard",
    "forbidden": "forbidden",
    "keep": "approved",
}
_READ = {
    "": "", "provisional": "", "approved": "preferred", "non-standard": "admitted", "forbidden": "forbidden", "rejected": "forbidden",
}  # fmt: skip
_VERSION = re.compile(r"#UTX(?:-S)? ?(?P<version>1\.[0-9]+)\s*;\s*(?P<source>[\w-]+)\s*/\s*(?P<target>[\w-]+)", re.I)


def read_utx(data: bytes, path: Path) -> list[Entry]:
    """Entries of a file from Chinese to English or from English to Chinese."""
    lines = decoded(data, path).splitlines()
    head = _VERSION.match(lines[0])
    if head is None:
        raise GlossaryError(f"{path}:1: a UTX file opens with its version and languages, like #UTX 1.20; zh-TW/en; …")
    columns, begin = _columns(lines, path)
    from_chinese = head["source"].casefold().startswith("zh")
    if not from_chinese and not head["target"].casefold().startswith("zh"):
        raise GlossaryError(f"{path}:1: neither language is Chinese")
    out = []
    for number, line in enumerate(lines[begin:], begin + 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) > len(columns):
            raise GlossaryError(f"{path}:{number}: {len(cells)} columns where the header has {len(columns)}")
        row = dict(zip(columns, cells, strict=False))
        status = row.get("term status", "").casefold()
        if status not in _READ:
            raise GlossaryError(f"{path}:{number}: {status} is no term status of UTX")
        term, name = row.get("src", ""), row.get("tgt", "")
        if not from_chinese:
            term, name = name, term
        given = {"term": term, "name": name, "status": _READ[status], "note": row.get("comment", "")}
        out.append(entry_of(f"{path}:{number}", given, path.stem))
    return out


def _columns(lines: Sequence[str], path: Path) -> tuple[list[str], int]:
    """The names of the columns and the number of the line after them: the last of the opening lines with #."""
    for number, line in enumerate(lines):
        columns = [c.strip().casefold() for c in line.lstrip("#").split("\t")]
        if line.startswith("#") and columns[0] in ("src", "source"):
            return ["src", *("tgt" if c in ("tgt", "target") else c for c in columns[1:])], number + 1
    raise GlossaryError(f"{path}: no line names the columns, like #src<tab>tgt<tab>src:pos")


def write_utx(entries: Sequence[Entry]) -> bytes:
    """UTX 1.20 from zh-TW to en, lines ended by CR LF, as the specification asks."""
    now = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    lines = [f"#UTX 1.20; zh-TW/en; {now}; copyright: ; license: ", "#src\ttgt\tsrc:pos\tterm status\tcomment"]
    for entry, row in ((e, {**row_of(e), "term": form}) for e in entries for form in e.forms):
        if row["term"].startswith("#"):
            raise GlossaryError(f"{row['term']}: UTX reads a line that begins with # as a remark")
        kind = "properNoun" if entry.type else "noun"
        lines.append("\t".join((row["term"], row["name"], kind, _STATUS[entry.status], row["note"])))
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8")
