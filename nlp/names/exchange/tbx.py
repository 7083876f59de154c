"""TBX, version 3 (ISO 30042:2019), dialect TBX-Basic, style DCA; and version 2 (martif, 2008), which many tools still want.

A concept entry holds a Chinese and an English section. Data categories are those of TBX-Basic: subjectField, termType, administrativeStatus,
geographicalUsage, source and note. XML is read without entities and without a network (:mod:`defusedxml`).
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from pathlib import Path

from nlp.errors import GlossaryError
from nlp.names.glossary_file import COLUMNS, Entry, entry_of, row_of

_NAMESPACE = "urn:iso:std:iso:30042:ed-2"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_STATUS = {
    "preferred": "preferredTerm-admn-sts", "admitted": "admittedTerm-admn-sts", "forbidden": "deprecatedTerm-admn-sts",
    "keep": "legalTerm-admn-sts",
}  # fmt: skip
_READ_STATUS = {value: key for key, value in _STATUS.items()} | {
    "preferred": "preferred", "admitted": "admitted", "deprecated": "forbidden", "forbidden": "forbidden",
    "supersededTerm-admn-sts": "forbidden", "standardizedTerm-admn-sts": "preferred", "regulatedTerm-admn-sts": "preferred",
}  # fmt: skip
_TYPES = {"short": "shortForm", "abbr": "abbreviation"}
_READ_TYPES = {
    "shortForm": "short", "acronym": "short", "initialism": "short", "abbreviation": "abbr", "variant": "variant",
}  # fmt: skip
_VERSION_2 = {
    "tbx": "martif", "tbxHeader": "martifHeader", "conceptEntry": "termEntry", "langSec": "langSet", "termSec": "tig",
}  # fmt: skip
_ENTRIES, _SECTIONS, _TERMS = ("conceptEntry", "termEntry"), ("langSec", "langSet"), ("termSec", "tig", "ntig")


def write_tbx(entries: Sequence[Entry]) -> bytes:
    """A whole file of version 3, UTF-8, one concept an entry."""
    ET.register_namespace("", _NAMESPACE)
    return _file(_termbase(entries))


def write_tbx2(entries: Sequence[Entry]) -> bytes:
    """The same in version 2: other names for the elements, no namespace."""
    root = _termbase(entries)
    for element in root.iter():
        element.tag = _VERSION_2.get(_tag(element), _tag(element))
    del root.attrib["style"]
    return _file(root)


def read_tbx2(data: bytes, path: Path) -> list[Entry]:
    """Both versions are read alike."""
    return read_tbx(data, path)


def _file(root: ET.Element) -> bytes:
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'.encode()


def _termbase(entries: Sequence[Entry]) -> ET.Element:
    root = _add(None, "tbx", type="TBX-Basic", style="dca", **{_LANG: "en"})
    described = _add(_add(root, "tbxHeader"), "fileDesc")
    _add(_add(described, "titleStmt"), "title", "glossary of zhbrief")
    _add(_add(described, "sourceDesc"), "p", "written by zhbrief")
    body = _add(_add(root, "text"), "body")
    for number, entry in enumerate(entries, 1):
        _concept(body, number, {column: _printable(cell) for column, cell in row_of(entry).items()})
    return root


def _concept(body: ET.Element, number: int, row: dict[str, str]) -> None:
    concept = _add(body, "conceptEntry", id=f"c{number}")
    if row["type"]:
        _add(concept, "descrip", row["type"], type="subjectField")
    if row["checked"]:
        group = _add(concept, "transacGrp")
        _add(group, "transac", "modification", type="transactionType")
        _add(group, "date", row["checked"])
    chinese = _add(concept, "langSec", **{_LANG: "zh-TW"})
    for i, form in enumerate((row["term"], *filter(None, row["variants"].split("|")))):
        section = _add(chinese, "termSec")
        _add(section, "term", form)
        if i:
            _add(section, "termNote", "variant", type="termType")
        elif row["region"]:
            _add(section, "termNote", row["region"], type="geographicalUsage")
    english = _add(concept, "langSec", **{_LANG: "en"})
    section = _add(english, "termSec")
    _add(section, "term", row["name"])
    if row["status"]:
        _add(section, "termNote", _STATUS[row["status"]], type="administrativeStatus")
    if row["source"]:
        _add(section, "admin", row["source"], type="source")
    if row["note"]:
        _add(section, "note", row["note"])
    for column, kind in _TYPES.items():
        if row[column]:
            section = _add(english, "termSec")
            _add(section, "term", row[column])
            _add(section, "termNote", kind, type="termType")


def _add(parent: ET.Element | None, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    name = f"{{{_NAMESPACE}}}{tag}"
    element = ET.Element(name, attributes) if parent is None else ET.SubElement(parent, name, attributes)
    element.text = text
    return element


def _printable(text: str) -> str:
    """Without the control characters that XML 1.0 cannot hold."""
    return "".join(c for c in text if c >= " " and c not in "\ufffe\uffff" and not 0xD800 <= ord(c) <= 0xDFFF)


def read_tbx(data: bytes, path: Path) -> list[Entry]:
    """The entries that have a Chinese and an English term. What else a concept holds is left out."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(data, forbid_dtd=False)
    except ET.ParseError as e:
        raise GlossaryError(f"{path}:{e.position[0]}: no sound XML: {e}") from e
    except DefusedXmlException as e:
        raise GlossaryError(f"{path}: declares entities, which are not read") from e
    except (LookupError, ValueError) as e:
        raise GlossaryError(f"{path}: {e}") from e
    out = []
    for number, concept in enumerate((e for e in root.iter() if _tag(e) in _ENTRIES), 1):
        row = _row(concept)
        if row.get("term") and row.get("name"):
            out.append(entry_of(f"{path}: entry {concept.get('id') or number}", row, path.stem))
    if not out:
        raise GlossaryError(f"{path}: no entry has a Chinese and an English term")
    return out


def _row(concept: ET.Element) -> dict[str, str]:
    row = dict.fromkeys(COLUMNS, "")
    row["type"] = _first(concept, "descrip", "subjectField")
    row["checked"] = next((_text(d) for d in concept.iter() if _tag(d) == "date"), "")
    variants: list[str] = []
    for language, terms in _sections(concept):
        for term, section in terms:
            kind = _READ_TYPES.get(_first(section, "termNote", "termType"), "")
            if language.startswith("zh"):
                if row["term"]:
                    variants.append(term)
                else:
                    row["term"], row["region"] = term, _first(section, "termNote", "geographicalUsage")
            elif kind in ("short", "abbr") and row["name"]:
                row[kind] = row[kind] or term
            elif not row["name"]:
                row["name"] = term
                row["status"] = _READ_STATUS.get(_first(section, "termNote", "administrativeStatus"), "")
                row["source"] = _first(section, "admin", "source")
                row["note"] = next((_text(n) for n in section.iter() if _tag(n) == "note"), "")
    row["variants"] = "|".join(variants)
    return row


def _sections(concept: ET.Element) -> Iterator[tuple[str, list[tuple[str, ET.Element]]]]:
    for section in concept.iter():
        if _tag(section) in _SECTIONS:
            language = (section.get(_LANG) or section.get("lang") or "").casefold()
            if language.startswith(("zh", "en")):
                found = [s for s in section.iter() if _tag(s) in _TERMS]
                yield language, [(_text(t), s) for s in found for t in s.iter() if _tag(t) == "term" and _text(t)]


def _first(element: ET.Element, tag: str, kind: str) -> str:
    return next((_text(e) for e in element.iter() if _tag(e) == tag and e.get("type") == kind), "")


def _tag(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _text(element: ET.Element) -> str:
    return " ".join("".join(element.itertext()).split())
