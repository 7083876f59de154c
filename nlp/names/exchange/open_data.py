"""What users may download themselves: name lists of NAER, conversion groups of Chinese Wikipedia, GeoNames' other names.

None of it is shipped. NAER (國家教育研究院, 外國地名譯名 and its like) has tables with the columns 英文名稱 and 中文名稱; Wikipedia's conversion
groups are Lua tables of rules like ``zh-cn:特朗普; zh-tw:川普;``; GeoNames' ``alternateNamesV2.txt`` has a row a name, its English
ones among them.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from pathlib import Path

from nlp.errors import GlossaryError
from nlp.names.exchange.text import decoded
from nlp.names.glossary_file import Entry, entry_of

_ENGLISH = ("英文名稱", "英文名詞", "原文", "外文")
_CHINESE = ("中文名稱", "中文名詞", "中文譯名", "譯名")
_SEVERAL = re.compile(r"[；;、/／]")
_RULE = re.compile(r"zh-(?P<region>tw|hk|cn|mo|sg|my|hans|hant)\s*:\s*(?P<form>[^;'\"|}]+)")
_ORIGINAL = re.compile(
    r"original\s*=\s*(?P<q>['\"])(?P<name>.+?)(?P=q)|Item\(\s*(?P<q2>['\"])(?P<name2>.*?)(?P=q2)\s*,"
)
_FIRST = ("tw", "hant", "hk", "mo", "sg", "my", "cn", "hans")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ][\w .'’\-,&()]*")


def read_naer(data: bytes, path: Path) -> list[Entry]:
    """A CSV with the columns 英文名稱 and 中文名稱; several Chinese names in a cell become variants."""
    rows = csv.reader(io.StringIO(decoded(data, path), newline=""))
    try:
        header = [cell.strip() for cell in next(rows)]
        english, chinese = (
            next((header.index(c) for c in names if c in header), None) for names in (_ENGLISH, _CHINESE)
        )
        if english is None or chinese is None:
            raise GlossaryError(f"{path}:1: no columns {_ENGLISH[0]} and {_CHINESE[0]}")
        out = []
        for cells in rows:
            if max(english, chinese) < len(cells) and cells[english].strip() and cells[chinese].strip():
                forms = [f.strip() for f in _SEVERAL.split(cells[chinese]) if f.strip()]
                out += _entries(f"{path}:{rows.line_num}", cells[english].strip(), forms, "NAER")
    except csv.Error as e:
        raise GlossaryError(f"{path}:{rows.line_num}: {e}") from e
    return out


def read_zhwiki(data: bytes, path: Path) -> list[Entry]:
    """Rules with an original in Latin script; Taiwan's form is the term, the others are its variants."""
    out = []
    for number, line in enumerate(decoded(data, path).splitlines(), 1):
        named, rules = _ORIGINAL.search(line), list(_RULE.finditer(line))
        name = (named["name"] or named["name2"] or "").strip() if named else ""
        if rules and _LATIN.fullmatch(name):
            ordered = sorted(rules, key=lambda m: _FIRST.index(m["region"]))
            out += _entries(f"{path}:{number}", name, [m["form"].strip() for m in ordered], "Chinese Wikipedia")
    return _some(out, path, "rules like zh-cn:特朗普; zh-tw:川普; with an original in Latin script")


def read_geonames(data: bytes, path: Path) -> list[Entry]:
    """Chinese and English names of one place, by its number; the preferred English name counts, Taiwan's Chinese first."""
    english: dict[str, tuple[bool, str]] = {}
    chinese: dict[str, list[tuple[int, str]]] = {}
    order = {"zh-TW": 0, "zh-Hant": 1, "zh": 2, "zh-HK": 3, "zh-CN": 4, "zh-Hans": 4}
    for number, line in enumerate(decoded(data, path).split("\n"), 1):
        cells = line.rstrip("\r").split("\t")
        if not line.strip():
            continue
        if len(cells) < 4:
            raise GlossaryError(f"{path}:{number}: {len(cells)} columns; alternateNamesV2.txt has ten")
        place, language, name = cells[1], cells[2], cells[3].strip()
        if language == "en" and not any(cells[6:8]):  # neither colloquial nor historic
            preferred = bool(cells[4]) if len(cells) > 4 else False
            if place not in english or (preferred and not english[place][0]):
                english[place] = (preferred, name)
        elif language in order:
            chinese.setdefault(place, []).append((order[language], name))
    out: list[Entry] = []
    for place, forms in chinese.items():
        if place in english:
            out += _entries(
                f"{path}: place {place}", english[place][1], [f for _, f in sorted(forms)], "GeoNames", "GPE"
            )
    return _some(out, path, "a place with a Chinese and an English name")


def _entries(where: str, name: str, forms: Iterable[str], source: str, kind: str = "") -> list[Entry]:
    distinct = list(dict.fromkeys(forms))
    if not distinct:
        return []
    row = {"term": distinct[0], "variants": "|".join(distinct[1:]), "name": name, "type": kind, "source": source}
    return [entry_of(where, row, source)]


def _some(entries: list[Entry], path: Path, wanted: str) -> list[Entry]:
    if not entries:
        raise GlossaryError(f"{path}: nothing found; it should hold {wanted}")
    return entries
