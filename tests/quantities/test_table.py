"""The table of docs/quantities.md, row by row."""

import datetime
import re
from pathlib import Path

import pytest

from nlp.quantities import find_quantities, read_english, supported

DOC = Path(__file__).parents[2] / "docs" / "quantities.md"
ROWS = [
    tuple(cell.strip() for cell in line.strip("|").split("|"))
    for line in DOC.read_text(encoding="utf-8").splitlines()
    if re.match(r"\| (?!kind|---)", line)
]
DAY = datetime.date(2026, 2, 25)


@pytest.mark.parametrize(("kind", "chinese", "english"), ROWS)
def test_what_the_table_says_is_what_is_printed(kind, chinese, english):
    (q,) = find_quantities(chinese, DAY)
    assert (q.kind, q.name) == (kind, english)


@pytest.mark.parametrize(("chinese", "english"), [row[1:] for row in ROWS])
def test_what_is_printed_is_read_back(chinese, english):
    evidence = find_quantities(chinese, DAY)
    read = read_english(f"It was in {english} that they met.")
    assert read
    assert all(supported(number, evidence, chinese) for number in read)


def test_the_table_has_every_kind():
    assert {row[0] for row in ROWS} == {
        "money",
        "percent",
        "date",
        "time",
        "duration",
        "count",
        "measure",
        "ratio",
        "ordinal",
    }
