"""Results as rows of an Arrow table, for Parquet: the fields of :class:`nlp.types.Result` under the same names.

The schema is made of those types and nothing else, so that it is the same for every run, whether or not there are entities, errors
or rows at all. Two things differ from JSON: ``article.published`` is a date, and the ``value`` of a quantity, a number or a date in
JSON, is a string always, since a column has one type.
"""

from __future__ import annotations

import dataclasses
import datetime
import types
import typing
from decimal import Decimal
from functools import cache
from typing import Any

from nlp.types import Result


@cache
def schema() -> Any:
    """The Arrow schema of a result."""
    import pyarrow as pa

    return pa.schema([("schema", pa.string()), *_fields(Result)])


def row(plain: dict[str, Any]) -> dict[str, Any]:
    """A row, of a result as plain values (:func:`nlp.render.as_json.to_dict`, or JSON read back)."""
    day = plain["article"]["published"]
    published = datetime.date.fromisoformat(day) if day else None
    quantities = [
        {**q, "value": _as_text(q["value"]), "value_max": _as_text(q["value_max"])} for q in plain["quantities"]
    ]
    return {**plain, "article": {**plain["article"], "published": published}, "quantities": quantities}


def _as_text(value: float | str | None) -> str | None:
    """12000000000, 0.25, 2026-02-24: never with an exponent."""
    return value if value is None or isinstance(value, str) else f"{Decimal(repr(value)):f}"


def _fields(kind: Any) -> list[tuple[str, Any]]:
    hints = typing.get_type_hints(kind)
    return [(f.name, _arrow(hints[f.name])) for f in dataclasses.fields(kind)]


def _arrow(hint: Any) -> Any:
    """The Arrow type of a Python type: what may be None as what it is otherwise, and what may be a string as one."""
    import pyarrow as pa

    origin, inside = typing.get_origin(hint), typing.get_args(hint)
    if dataclasses.is_dataclass(hint):
        return pa.struct(_fields(hint))
    if origin is tuple:
        return pa.list_(_arrow(inside[0]))
    if origin is typing.Literal or str in inside:
        return pa.string()
    if origin in (typing.Union, types.UnionType):
        (only,) = (t for t in inside if t is not type(None))
        return _arrow(only)
    return {str: pa.string(), int: pa.int64(), float: pa.float64(), datetime.date: pa.date32()}[hint]
