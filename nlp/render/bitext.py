"""A translation as bitext for a translator's tool: TMX 1.4b, XLIFF 1.2, which OmegaT and the others read, and XLIFF 2.0.

TMX: LISA OSCAR, 1.4b; XLIFF: OASIS, 1.2, 2008, and 2.0, 2014. One unit is one sentence; a sentence that could
not be made to hold has no target. Text goes in as XML text, without what XML 1.0 cannot hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.metadata import version
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from nlp.render.safe import safe
from nlp.types import Result

SOURCE, TARGET = "zh-TW", "en"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_XLIFF = "urn:oasis:names:tc:xliff:document:1.2"
_XLIFF2 = "urn:oasis:names:tc:xliff:document:2.0"


def as_tmx(results: Sequence[Result]) -> str:
    """One translation memory of all ``results``: the sentences that have a translation."""
    root = Element("tmx", version="1.4")
    SubElement(
        root,
        "header",
        {
            "creationtool": "zhbrief",
            "creationtoolversion": version("zhbrief"),
            "segtype": "sentence",
            "o-tmf": "zhbrief.result/1",
            "adminlang": TARGET,
            "srclang": SOURCE,
            "datatype": "plaintext",
        },
    )
    body = SubElement(root, "body")
    for result in results:
        for chinese, english in _pairs(result):
            if english:
                unit = SubElement(body, "tu")
                for language, text in ((SOURCE, chinese), (TARGET, english)):
                    SubElement(SubElement(unit, "tuv", {_LANG: language}), "seg").text = text
    return _written(root)


def as_xliff(results: Sequence[Result]) -> str:
    """One file element a result, one unit a sentence; a target is a draft (``needs-review-translation``)."""
    root = Element("xliff", {"version": "1.2", "xmlns": _XLIFF})
    for number, result in enumerate(results, 1):
        about = {"original": _original(result, number)}
        about |= {"source-language": SOURCE, "target-language": TARGET, "datatype": "plaintext"}
        body = SubElement(SubElement(root, "file", about), "body")
        for n, (chinese, english) in enumerate(_pairs(result), 1):
            unit = SubElement(body, "trans-unit", id=str(n))
            SubElement(unit, "source").text = chinese
            if english:
                SubElement(unit, "target", state="needs-review-translation").text = english
    return _written(root)


def as_xliff2(results: Sequence[Result]) -> str:
    """As :func:`as_xliff` in version 2.0: a draft is ``translated``, which is before ``reviewed``; what has none is ``initial``."""
    root = Element("xliff", {"version": "2.0", "xmlns": _XLIFF2, "srcLang": SOURCE, "trgLang": TARGET})
    for number, result in enumerate(results, 1):
        file = SubElement(root, "file", id=f"f{number}", original=_original(result, number))
        for n, (chinese, english) in enumerate(_pairs(result), 1):
            state = "translated" if english else "initial"
            segment = SubElement(SubElement(file, "unit", id=f"u{n}"), "segment", state=state)
            SubElement(segment, "source").text = chinese
            if english:
                SubElement(segment, "target").text = english
    return _written(root)


def _original(result: Result, number: int) -> str:
    return safe(result.source.path or result.source.record or f"article-{number}")


def _pairs(result: Result) -> Iterator[tuple[str, str]]:
    for s in result.translation.segments if result.translation else ():
        yield safe(result.article.text[s.start : s.end]), safe(s.text)


def _written(root: Element) -> str:
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"
