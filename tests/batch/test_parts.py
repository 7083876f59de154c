"""Parts: written whole, the same file whoever writes it, taken once."""

import json

import pytest

from nlp.batch import parts
from nlp.batch.journal import Finished, Journal
from nlp.errors import ZhbriefError
from tests.batch.test_run import go, results


def row(n, failed=False):
    key = bytes([n]) * 32
    place = f"in.jsonl\nr{n}" if failed else ""
    return Finished(key, place, b"names", b"matched", failed, ("a", "b"), f'{{"第": {n}}}'.encode())


@pytest.fixture
def journal(tmp_path):
    opened = Journal(tmp_path / "out.jsonl")
    parts.prepare(opened)
    yield opened
    opened.close()


def test_the_journal_takes_the_rows_of_a_part_and_removes_it(journal):
    rows = [row(1), row(2, failed=True)]
    name = parts.write(journal.parts, "000000-000007", rows)
    assert name.startswith("000000-000007-")
    parts.take(journal, name)
    assert journal.find([r.key for r in rows]) == {(r.key, r.place): r for r in rows}
    assert not list(journal.parts.iterdir())
    assert sorted(journal.settled(b"names")) == [(r.key, r.place, r.failed) for r in rows]
    assert (list(journal.unsettled(b"names")), list(journal.unsettled(b"other"))) == ([], [rows[0].key])


def test_a_group_that_is_run_twice_is_the_same_part_and_no_other_group_is(journal):
    once = parts.write(journal.parts, "000000-000000", [row(1)])
    assert parts.write(journal.parts, "000000-000000", [row(1)]) == once
    others = {
        parts.write(journal.parts, "000000-000000", [row(2)]),
        parts.write(journal.parts, "000001-000000", [row(1)]),
    }
    assert len(others | {once}) == len(list(journal.parts.iterdir())) == 3


def test_what_was_begun_and_not_finished_is_removed(journal):
    parts.write(journal.parts, "000000-000000", [row(1)])
    (journal.parts / "000000-000001-abc.4711").write_bytes(b"half a part")
    parts.take_all(journal)
    assert not list(journal.parts.iterdir())
    assert len(journal.find([row(1).key])) == 1


def test_a_part_that_is_none_is_told(journal):
    (journal.parts / "000000-000000-abc.parquet").write_bytes(b"PAR1 or not")
    with pytest.raises(
        ZhbriefError, match=r"000000-000000-abc.parquet: cannot be read .* remove it, its records run again"
    ):
        parts.take_all(journal)


def test_a_plain_run_takes_what_is_left_and_one_that_starts_anew_forgets_it(tmp_path):
    archive = tmp_path / "in.jsonl"
    archive.write_text('{"id": "a", "text": "央行今天升息半碼。"}\n{"id": "b", "text": "理事會一致決議。"}\n')
    go(archive, "first.jsonl")
    first = Journal(tmp_path / "first.jsonl")
    kept = [
        r
        for keys in [[key for key, _, _ in first.settled(b"")] + list(first.unsettled(b""))]
        for r in first.find(keys).values()
    ]
    first.close()
    (kept_a,) = [r for r in kept if json.loads(r.line)["source"]["record"] == "a"]
    for resume, ran in ((True, ["b"]), (False, ["a", "b"])):
        again = Journal(tmp_path / "out.jsonl", anew=True)
        parts.prepare(again)
        parts.write(again.parts, "000000-000000", [kept_a])
        again.close()
        assert go(archive, resume=resume)[0].ran == ran
        assert results(tmp_path / "out.jsonl") == results(tmp_path / "first.jsonl")
