"""Accepted entries in a glossary file that may be somebody's own."""

import pytest

from nlp.errors import GlossaryError
from nlp.names import Entry, load
from nlp.names.harvest import add, remove
from nlp.names.lint import lint

NEW = Entry("乙", "B", type="ORG", source="gloss in r1", checked="2026-02-03")
OWN = "# mine\nname\tterm\ttype\tsource\tchecked\nA\t一\t\tdesk\t\n# the last\nC\t十\t\tdesk\t"


def test_a_new_file_is_a_glossary_that_lint_likes(tmp_path):
    path = tmp_path / "g.tsv"
    for term in "丙乙甲":
        add(path, Entry(term * 2, term, type="ORG", source="gloss", checked="2026-02-03"), {"topic": "names"})
    assert [e.term for e in load(path)] == sorted(["丙丙", "乙乙", "甲甲"])
    assert path.read_text(encoding="utf-8").startswith("# topic: names\n")
    assert [f for f in lint([path]) if f.code == "unsorted"] == []


def test_an_own_file_keeps_its_order_its_columns_and_its_comments(tmp_path):
    path = tmp_path / "g.tsv"
    path.write_text(OWN, encoding="utf-8")
    add(path, NEW, {})
    assert (
        path.read_text(encoding="utf-8")
        == OWN.replace("# the last\n", "# the last\nB\t乙\tORG\tgloss in r1\t2026-02-03\n") + "\n"
    )
    remove(path, NEW)
    assert path.read_text(encoding="utf-8") == OWN + "\n"
    assert list(tmp_path.iterdir()) == [path]


def test_nothing_is_put_twice_and_nobody_elses_entry_is_taken_out(tmp_path):
    path = tmp_path / "g.tsv"
    path.write_text(OWN + "\n", encoding="utf-8")
    add(path, Entry("一", "A", source="gloss in r1"), {})
    remove(path, Entry("一", "A"))
    remove(tmp_path / "none.tsv", NEW)
    assert path.read_text(encoding="utf-8") == OWN + "\n"


def test_a_file_without_room_for_source_or_no_glossary_is_refused(tmp_path):
    path = tmp_path / "g.tsv"
    path.write_text("term\tname\n一\tA\n", encoding="utf-8")
    with pytest.raises(GlossaryError, match="no type and no source and no checked"):
        add(path, NEW, {})
    with pytest.raises(GlossaryError, match="none"):
        add(tmp_path / "none" / "g.tsv", NEW, {})
    assert path.read_text(encoding="utf-8") == "term\tname\n一\tA\n"
