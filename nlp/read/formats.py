"""What is in the text: plain, Markdown, HTML or JSON; told by the file's ending, else by how the text begins.

To add an input format, write a reader that takes the text and returns :class:`Content`, and name it in :data:`READERS`.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from nlp.errors import InputError


@dataclass(frozen=True, slots=True)
class Content:
    """The text of an article and what its format said of it apart from the text."""

    text: str
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: datetime.date | None = None


def contents(text: str, path: str | None) -> Content:
    """Read ``text`` by its format. Raises :class:`nlp.errors.InputError` where it is not what it says."""
    suffix = PurePath(path).suffix.lower() if path else ""
    return READERS.get(suffix, _sniffed)(text)


def _sniffed(text: str) -> Content:
    start = text[:2000].lstrip("\ufeff \t\r\n").casefold()
    if start.startswith(("<!doctype html", "<html")) or re.match(r"<(head|body|article|div|p|meta)\b", start):
        return _html(text)
    if start.startswith("{") and _is_json(text):
        return _json(text)
    return Content(text)


def _is_json(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False


def _plain(text: str) -> Content:
    return Content(text)


_MARKDOWN = (
    (re.compile(r"^\s*```.*$", re.M), ""),
    (re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)"), ""),
    (re.compile(r"\[([^\]\n]+)\]\([^)\n]*\)"), r"\1"),
    (re.compile(r"(\*\*|__)(?=\S)([^\n]*?\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]*\S)\*(?!\w)"), r"\1"),
    (re.compile(r"^\s{0,3}(?:[-*+]|\d+\.)\s+", re.M), ""),
    (re.compile(r"^\s{0,3}>\s?", re.M), ""),
    (re.compile(r"^\s*(?:-{3,}|\*{3,}|_{3,})\s*$", re.M), ""),
)


def _markdown(text: str) -> Content:
    """Markdown as lines of text; a first heading of level one is the title."""
    for pattern, plain in _MARKDOWN:
        text = pattern.sub(plain, text)
    heading = re.search(r"^#\s+(.+?)\s*#*$", text, re.M)
    if heading:
        text = text[: heading.start()] + text[heading.end() :]
    text = re.sub(r"^#{1,6}\s+(.+?)\s*#*$", r"\1", text, flags=re.M)
    return Content(text, heading.group(1) if heading else None)


def _html(text: str) -> Content:
    """The article of an HTML page by trafilatura, with the title, date and author that the page states."""
    import trafilatura

    found = trafilatura.bare_extraction(text, include_comments=False, include_tables=False, with_metadata=True)
    body = (found.text or "") if found is not None else ""
    if not body.strip():
        raise InputError("no article was found in the HTML: save the page's text, or give the article itself with --plain")
    return Content(body, found.title or None, found.sitename or None, found.author or None, _date(found.date))


_TEXT, _TITLE = ("text", "content", "body", "article"), ("title", "headline")
_OUTLET, _BYLINE, _DATE = ("outlet", "source", "publisher"), ("byline", "author"), ("published", "date", "datePublished")


def _json(text: str) -> Content:
    """One object with the article in ``text`` (or content, body); other known fields are optional."""
    try:
        value = json.loads(text)
    except ValueError as e:
        raise InputError(f"not JSON: {e}") from e
    if not isinstance(value, dict):
        raise InputError("the JSON is not one object: give an object with a field text, or use zhbrief batch on .jsonl")
    body = _field(value, _TEXT)
    if body is None:
        raise InputError(f"the JSON has none of the fields {', '.join(_TEXT)}")
    return Content(body, _field(value, _TITLE), _field(value, _OUTLET), _field(value, _BYLINE), _date(_field(value, _DATE)))


def _field(value: dict[str, Any], names: tuple[str, ...]) -> str | None:
    for name in names:
        found = value.get(name)
        if isinstance(found, list) and found and all(isinstance(f, str) for f in found):
            found = "\n".join(found)
        if isinstance(found, str) and found.strip():
            return found
    return None


def _date(text: str | None) -> datetime.date | None:
    m = re.match(r"(\d{4})-(\d\d)-(\d\d)", text or "")
    try:
        return datetime.date(*map(int, m.groups())) if m else None
    except ValueError:
        return None


READERS: dict[str, Callable[[str], Content]] = {
    ".txt": _plain,
    ".md": _markdown,
    ".html": _html,
    ".htm": _html,
    ".json": _json,
}
