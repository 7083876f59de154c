"""The table of candidates goes out and comes back."""

import datetime

import pytest

from nlp.errors import GlossaryError
from nlp.names.harvest import Candidate, dump, load

FULL = Candidate(
    "洛昂", "Emma Loan", "Loan", "PERSON", 3, 2, datetime.date(2026, 2, 3), datetime.date(2026, 2, 9), 0.91, True,
    ("洛安 1",), ("Emma Lon 1", "E. Loan 1"), "Emma Lo", ("r1: …«洛昂（Emma Loan）»說", "r2: «洛昂（Emma Loan）»"),
)  # fmt: skip


def test_round_trip(tmp_path):
    path = tmp_path / "c.tsv"
    path.write_text(dump([FULL, Candidate("甲", "A")]), encoding="utf-8")
    assert load(path) == [FULL, Candidate("甲", "A")]


def test_columns_may_be_fewer_and_in_another_order(tmp_path):
    path = tmp_path / "c.tsv"
    path.write_text("\ufeffname\tterm\textra\r\nA\t甲\tx\r\n", encoding="utf-8")
    assert load(path) == [Candidate("甲", "A")]


def test_what_does_not_print_is_dropped(tmp_path):
    path = tmp_path / "c.tsv"
    path.write_text("term\tname\tcontext1\n甲\x1b[31m\tA\u202e\tr: \x07«甲»\x9b2J\n", encoding="utf-8")
    assert load(path) == [Candidate("甲[31m", "A", contexts=("r: «甲»2J",))]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "c.tsv:1"),
        ("a\tb\n", "c.tsv:1"),
        ("term\tname\n甲\t\n", "c.tsv:2"),
        ("term\tname\ttype\n甲\tA\tBODY\n", "c.tsv:2: BODY"),
        ("term\tname\tcount\n甲\tA\n乙\tB\tmany\n", "c.tsv:3"),
        ("term\tname\tfirst\n甲\tA\t3.2.2026\n", "c.tsv:2"),
    ],
)
def test_faults_are_told_with_their_line(tmp_path, text, told):
    path = tmp_path / "c.tsv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(GlossaryError, match=told):
        load(path)
    with pytest.raises(GlossaryError, match="none"):
        load(tmp_path / "none.tsv")
