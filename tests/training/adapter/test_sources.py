import json

import pytest

from nlp.pipeline import Options, Pipeline
from training.adapter.sources import HELD_OUT, from_ntrex, from_uner, split

KNOWN = "美國總統川普表示，各國央行仍在買進黃金。"
UNKNOWN = "森寶利的發言人廖添丁表示，各國央行仍在買進黃金。"


@pytest.fixture(scope="module")
def pipeline():
    return Pipeline(Options(plain=True, ner="fast"))


def written(path, rows):
    path.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in rows) + "\n", encoding="utf-8")
    return path


def test_sentences_are_grounded_and_short_ones_left(tmp_path, pipeline):
    path = written(tmp_path / "u.jsonl", [{"zh": KNOWN + "他笑了。"}])
    (only,) = from_uner(path, pipeline)
    assert only.chinese == KNOWN
    assert "Trump" in only.grounded
    assert "United States" in only.grounded
    assert (only.guess, only.reference) == (False, None)


def test_documents_keep_their_own_sentences_and_references(tmp_path, pipeline):
    row = {"zh": [KNOWN, "他笑了。", KNOWN], "en": ["One.", "Two.", "Three."]}
    found = [*from_ntrex(written(tmp_path / "n.jsonl", [row] * 18), pipeline)]
    assert [s.reference for s in found] == ["One.", "Three."] * 17
    assert {s.chinese for s in found} == {KNOWN}


def test_no_sentence_that_is_held_out_is_learnt(source):
    some = [source(f"第{i // 2}句。", guess=bool(i % 2)) for i in range(4 * HELD_OUT)]
    some += [source("有參考譯文。", reference="It has one.")]
    learnt, held_out = split(some, 0)
    assert len(held_out) == HELD_OUT
    assert {s.chinese for s in learnt}.isdisjoint(s.chinese for s in held_out)
    assert any(s.reference for s in learnt)
    assert split(some, 0) == (learnt, held_out)
