"""HTML pages through trafilatura: the main text, and what the page itself states of title, date, author and site.

trafilatura is imported when the first page comes: it takes half a second to load.
"""

from __future__ import annotations

import datetime
import re
from typing import Any

from nlp.errors import InputError
from nlp.read.normalise import normalise
from nlp.read.raw import Fields

_SUFFIX = re.compile(
    r"(?:\s*[|｜]\s*[^|｜\s]{1,8}){0,2}(?:\s*[|｜]\s*|\s+[-–—]\s+)[^|｜]{0,20}(?:新聞|報|網|社|電視|News|TV)[^|｜]{0,12}$",
    re.I,
)
"""The site's name after the title, with the sections between: 標題 | 財經 | 中央社 CNA."""

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


def parse_html(text: str) -> Fields:
    """The page's article. Raises :class:`nlp.errors.InputError` where no text can be found in the page."""
    document = _extract(text)
    if document is None or not (document.text or "").strip():
        raise InputError("no article text found in this HTML page; paste the article as text instead")
    title = _line(document.title)
    return Fields(
        document.text,
        title=_SUFFIX.sub("", title) or title if title else None,
        outlet=_line(document.sitename),
        byline=_line(document.author),
        published=_date(document.date),
        structured=True,
    )


def _extract(text: str) -> Any:
    from lxml.etree import LxmlError
    from trafilatura import bare_extraction, load_html
    from trafilatura.baseline import baseline

    try:
        page = load_html(_without_declaration(text))
        if page is None:
            return None
        _drop_hidden(page)
        document = bare_extraction(
            page,
            include_comments=False,
            with_metadata=True,
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
        if document is not None and not document.text:
            document.text = baseline(page)[1]
    except (LxmlError, ValueError, TypeError, AttributeError, RecursionError) as e:
        raise InputError(f"this HTML page cannot be taken apart ({type(e).__name__}); paste the article as text") from e
    return document


def _drop_hidden(page: Any) -> None:
    """Take out what no reader sees: trafilatura does so too, but not where a page is so short that it takes all text there is."""
    for element in [e for e in page.iter() if "hidden" in e.attrib or _HIDDEN.search(e.get("style", ""))]:
        if element.getparent() is not None:
            element.drop_tree()


def _without_declaration(text: str) -> str:
    """An XML declaration is about the bytes; lxml refuses it on text that is decoded already."""
    return re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", text)


def _line(value: str | None) -> str | None:
    return " ".join(normalise(value).split()) or None if value else None


def _date(value: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None
