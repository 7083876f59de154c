import json

import pytest

from nlp.batch import Fields, records
from nlp.errors import InputError


def test_folders_come_in_order_and_hold_articles_only(tmp_path):
    for name in ("b.txt", "a.txt", "c.png", "sub/d.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("文")
    names = [r.path.rsplit("/", 1)[-1] for r in records([str(tmp_path)], Fields())]
    assert names == ["a.txt", "b.txt", "d.html"]


def test_jsonl_fields_and_lists(tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_text(json.dumps({"k": "甲", "zh": ["一", "二"]}) + "\n\n" + json.dumps({"zh": "三"}) + "\n")
    found = list(records([str(path)], Fields("zh", "k")))
    assert [(r.record, r.data) for r in found] == [("甲", "一\n二"), ("3", "三")]


@pytest.mark.parametrize("line", ["{broken", "[1]", '{"other": 1}', '{"text": 3}'])
def test_a_bad_line_is_a_record_with_an_error(tmp_path, line):
    path = tmp_path / "x.jsonl"
    path.write_text(line + '\n{"text": "好"}\n')
    bad, good = records([str(path)], Fields())
    assert bad.error
    assert f"{path}:1" in bad.error
    assert good.error is None


def test_a_pattern_and_an_input_that_is_not_there(tmp_path):
    (tmp_path / "a.txt").write_text("文")
    assert len(list(records([str(tmp_path / "*.txt")], Fields()))) == 1
    with pytest.raises(InputError, match="no such"):
        list(records([str(tmp_path / "none")], Fields()))
