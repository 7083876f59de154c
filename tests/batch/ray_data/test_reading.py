import json

import numpy as np

from nlp.batch import records
from nlp.batch.keys import Keys
from nlp.batch.place import Fields
from nlp.batch.ray_data import reading
from nlp.batch.ray_data.reading import Unit, groups, is_marked, mark, units
from nlp.pipeline import Options, Record

KEYS = Keys(Options(task="clean"))


def never(record, key):
    return False


def rows(path, texts):
    path.write_text("".join(json.dumps({"id": f"r{n}", "text": t}) + "\n" for n, t in enumerate(texts)))


def test_a_container_is_a_unit_and_articles_are_read_some_at_a_time(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "FILES", 2)
    for name in ("1.txt", "2.jsonl", "3.txt", "4.html", "5.csv.gz", "6.md", "out.jsonl"):
        (tmp_path / name).touch()
    found = units([str(tmp_path)], tmp_path / "out.jsonl")
    assert [u.number for u in found] == [0, 1, 2, 3]
    assert [[f.rpartition(b"/")[2] for f in u.files] for u in found] == [
        [b"2.jsonl"],
        [b"1.txt", b"3.txt"],
        [b"5.csv.gz"],
        [b"4.html", b"6.md"],
    ]


def test_names_that_no_encoding_takes(tmp_path):
    (tmp_path / "in").mkdir()
    name = bytes(tmp_path / "in") + b"/\xa4\xa4.txt"
    with open(name, "w") as file:  # noqa: PTH123 - bytes
        file.write("央行今天升息半碼。")
    (unit,) = units([str(tmp_path / "in")], tmp_path)
    (group,) = groups(unit, Fields(), KEYS, never, 4)
    assert [r for r, _ in group.records] == list(records([str(tmp_path / "in")], Fields()))


def test_groups_have_the_records_that_are_not_finished_and_count_the_rest(tmp_path):
    path = tmp_path / "in.jsonl"
    rows(path, ["一。", "二。", None, "四。", "五。", "六。"])

    def finished(record, key):
        assert key == KEYS.of(record)
        return record.data == "四。"

    found = list(groups(Unit(7, (bytes(path),)), Fields(), KEYS, finished, 2))
    assert [[r.record for r, _ in g.records] for g in found] == [["r0", "r1"], ["r4", "r5"], []]
    assert [g.where for g in found] == ["000007-000000", "000007-000001", "000007-000002"]
    assert [(g.skipped, g.failed) for g in found] == [(0, 0), (1, 1), (0, 0)]
    assert "in.jsonl:3: no text" in found[1].failure
    assert sum(g.read for g in found) == path.stat().st_size


def test_a_group_does_not_hold_more_than_an_article_may_be_long(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "LONGEST", 10)
    path = tmp_path / "in.jsonl"
    rows(path, ["一" * 6, "二" * 6, "三" * 6])
    found = list(groups(Unit(0, (bytes(path),)), Fields(), KEYS, never, 100))
    assert [len(g.records) for g in found] == [2, 1]


def test_a_record_is_finished_where_it_succeeded_anywhere_or_failed_in_its_place():
    record, key = Record("一。", "in.jsonl", "r0"), b"k" * 32
    others = [mark(bytes([n]) * 32, "") for n in range(9)]

    def marks(*more):
        return np.array(sorted([*others, *more]), np.uint64)

    assert not is_marked(marks(), record, key)
    assert not is_marked(np.array([], np.uint64), record, key)
    assert is_marked(marks(mark(key, "")), record, key)
    assert is_marked(marks(mark(key, "in.jsonl\nr0")), record, key)
    assert not is_marked(marks(mark(key, "in.jsonl\nr1")), record, key)
