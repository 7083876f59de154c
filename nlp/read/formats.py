"""The input formats. A new one is a function from text to :class:`Fields` and a line in :data:`PARSERS`.

Which one applies is told by the extension, and where that says nothing by how the text begins: ``<!DOCTYPE html`` or
``<html``, or a JSON object that has a text field.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable
from pathlib import PurePath
from typing import Any

from nlp.errors import InputError
from nlp.read.html import parse_html
from nlp.read.markdown import parse_markdown
from nlp.read.normalise import normalise
from nlp.read.raw import Fields

TEXT_FIELDS = ("text", "content", "body", "article", "articleBody")
TITLE_FIELDS = ("title", "headline")
DATE_FIELDS = ("date", "published", "published_at", "datePublished", "datetime", "time")
BYLINE_FIELDS = ("byline", "author", "authors", "reporter")
OUTLET_FIELDS = ("outlet", "publisher", "source", "site", "sitename")

_BATCH_ONLY = frozenset((".jsonl", ".ndjson", ".csv", ".tsv", ".parquet", ".zip", ".tar", ".gz", ".zst"))
_HTML_START = re.compile(
    r"\s{0,200}(?:<\?xml[^>]{0,200}>\s{0,200})?(?:<!--[^>]{0,400}-->\s{0,200})?<(?:!doctype\s+html|html|head|body|article)\b",
    re.I,
)
_DATE = re.compile(r"\s*(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})")


def parse(text: str, name: str | None, whole_file: bool = True) -> Fields:
    """Take ``text`` apart by the format that ``name`` or its own beginning tells.

    Raises :class:`nlp.errors.InputError` for a broken JSON or HTML page and for containers that only a batch reads.
    """
    suffix = PurePath(name).suffix.lower() if name else ""
    if whole_file and suffix in _BATCH_ONLY:
        raise InputError(f"a {suffix} file holds many records; give it to `zhbrief batch`")
    parser = PARSERS.get(suffix) or _sniffed(text)
    fields = parser(text)
    if not fields.text.strip():
        raise InputError("no article text in it")
    return Fields(**{**fields.__dict__, "text": normalise(fields.text)})


def _sniffed(text: str) -> Callable[[str], Fields]:
    if _HTML_START.match(text):
        return parse_html
    if text.lstrip()[:1] == "{":
        try:
            value = json.loads(text)
        except ValueError:
            return parse_text
        if isinstance(value, dict) and any(f in value for f in TEXT_FIELDS):
            return parse_json
    return parse_text


def parse_text(text: str) -> Fields:
    """Plain text states nothing; cleaning finds title and date."""
    return Fields(text)


def parse_json(text: str) -> Fields:
    """One object with a text (string, or list of strings) and optionally title, date, author and outlet."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as e:
        raise InputError(f"not valid JSON ({e}); mend it, or name it .txt") from e
    if isinstance(value, list):
        raise InputError("a JSON list; give it to `zhbrief batch` as .jsonl, one object a line")
    if not isinstance(value, dict):
        raise InputError('not a JSON object; an article is {"title": …, "text": …}')
    body = next((b for f in TEXT_FIELDS if (b := _body(value.get(f)))), None)
    if body is None:
        raise InputError(f"no text in this JSON object; it needs one of the fields {', '.join(TEXT_FIELDS[:3])}")
    return Fields(
        body,
        title=_first(value, TITLE_FIELDS),
        outlet=_first(value, OUTLET_FIELDS),
        byline=_first(value, BYLINE_FIELDS),
        published=next((d for f in DATE_FIELDS if (d := _date(value.get(f)))), None),
        structured=True,
    )


def _body(value: Any) -> str | None:
    if isinstance(value, list) and all(isinstance(v, str) for v in value):
        value = "\n".join(value)
    return value if isinstance(value, str) and value.strip() else None


def _first(value: dict[str, Any], names: tuple[str, ...]) -> str | None:
    return next((s for n in names if (s := _label(value.get(n)))), None)


def _label(value: Any) -> str | None:
    """A name, on one line: a string, an object with a ``name``, or a list of either."""
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, list):
        value = "、".join(filter(None, map(_label, value)))
    return " ".join(normalise(value).split()) or None if isinstance(value, str) else None


def _date(value: Any) -> datetime.date | None:
    found = _DATE.match(value) if isinstance(value, str) else None
    try:
        return datetime.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


PARSERS: dict[str, Callable[[str], Fields]] = {
    ".txt": parse_text,
    ".md": parse_markdown,
    ".markdown": parse_markdown,
    ".html": parse_html,
    ".htm": parse_html,
    ".xhtml": parse_html,
    ".json": parse_json,
}
