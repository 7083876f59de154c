"""Results as JSON: the wire form of :mod:`nlp.types` (schema ``zhbrief.result/1``)."""

from __future__ import annotations

import datetime
import json
from dataclasses import fields, is_dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from nlp.types import SCHEMA, Result

SCHEMA_FILE = Path(__file__).with_name("result.schema.json")


def to_dict(result: Result) -> dict[str, Any]:
    """The result as plain values. A whole ``Decimal`` becomes an int, another a float; dates become ISO strings."""
    return {"schema": SCHEMA, **_plain(result)}


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(v) for v in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, float):
        return round(value, 3)
    return value


def as_line(result: Result) -> str:
    """One line of JSONL, without the newline."""
    return json.dumps(to_dict(result), ensure_ascii=False)


def as_json(results: list[Result]) -> str:
    """One result as an object, several as an array, indented."""
    plain = [to_dict(r) for r in results]
    return json.dumps(plain[0] if len(plain) == 1 else plain, ensure_ascii=False, indent=2) + "\n"


def schema_text() -> str:
    """The JSON Schema (2020-12) of a result."""
    return SCHEMA_FILE.read_text(encoding="utf-8")
