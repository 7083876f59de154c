import dataclasses
import datetime
from decimal import Decimal

import pyarrow as pa
import pytest

from nlp.render.as_arrow import row, schema
from nlp.render.as_json import to_dict
from nlp.types import Article, Quantity, Result, Source
from tests.render.test_render import RESULT


def test_the_schema_is_stable():
    mentions = "list<item: struct<start: int64, end: int64, text: string>>"
    evidence = "list<item: struct<start: int64, end: int64>>"
    assert {f.name: str(f.type) for f in schema()} == {
        "schema": "string",
        "source": "struct<path: string, record: string, encoding: string, sha256: string>",
        "article": "struct<text: string, title: string, outlet: string, byline: string, published: date32[day], "
        "dropped: list<item: struct<text: string, reason: string>>>",
        "entities": "list<item: struct<id: string, name: string, short: string, type: string, origin: string, "
        f"source: string, mentions: {mentions}>>",
        "terms": f"list<item: struct<id: string, name: string, source: string, mentions: {mentions}>>",
        "quantities": "list<item: struct<id: string, kind: string, value: string, value_max: string, unit: string, "
        "approx: string, name: string, start: int64, end: int64, text: string>>",
        "briefs": f"list<item: struct<language: string, headline: struct<text: string, evidence: {evidence}>, "
        f"sentences: list<item: struct<text: string, evidence: {evidence}, entities: list<item: string>, "
        "quantities: list<item: string>, how: string>>>>",
        "translation": "struct<text: string, segments: list<item: struct<start: int64, end: int64, text: string>>>",
        "engine": "struct<name: string, model: string, version: string>",
        "error": "string",
        "warnings": "list<item: struct<code: string, message: string>>",
        "seconds": "struct<read: double, annotate: double, generate: double, check: double>",
    }


def test_a_row_holds_what_the_result_holds():
    failed = Result(Source("b.txt", "7", "", "0" * 64), Article(""), error="b.txt: empty")
    plain = [to_dict(RESULT), to_dict(failed)]
    first, second = pa.RecordBatch.from_pylist([row(p) for p in plain], schema()).to_pylist()
    assert first["article"].pop("published") == datetime.date(2026, 2, 25)
    assert first["quantities"][0].pop("value") == "1200000000"
    del plain[0]["article"]["published"], plain[0]["quantities"][0]["value"]
    assert [first, second] == plain


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("0.25"), "0.25"),
        (Decimal("1E+12"), "1000000000000"),
        (Decimal("0.0000001"), "0.0000001"),
        ("2026-Q1", "2026-Q1"),
    ],
)
def test_values_are_text_without_exponents(value, text):
    quantity = Quantity("q1", "count", value, value, None, None, "x", 0, 1, "x")
    (found,) = row(to_dict(dataclasses.replace(RESULT, quantities=(quantity,))))["quantities"]
    assert (found["value"], found["value_max"]) == (text, text)
