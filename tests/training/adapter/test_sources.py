import json
import pickle
import runpy
import sys

import pytest

from nlp.pipeline import Options, Pipeline
from training.adapter import sources
from training.adapter.source import Source
from training.adapter.sources import from_ntrex, from_uner

KNOWN = "美國總統川普表示，各國央行仍在買進黃金。"
UNKNOWN = "分析師霍夫達爾表示，各國央行仍在買進黃金，而且買得很多。"


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
    assert "U.S." in only.grounded
    assert (only.guess, only.reference) == (False, None)


def test_a_person_whom_nobody_knows_is_left_to_the_model_in_a_second_form(tmp_path, pipeline):
    plain, left = from_uner(written(tmp_path / "u.jsonl", [{"zh": UNKNOWN}]), pipeline)
    assert "霍夫達爾" not in plain.grounded
    assert "霍夫達爾" in left.grounded
    assert (plain.guess, left.guess) == (False, True)
    assert plain.evidence == left.evidence


def test_documents_keep_their_own_sentences_and_references(tmp_path, pipeline):
    row = {"zh": [KNOWN, "他笑了。", KNOWN], "en": ["One.", "Two.", "Three."]}
    found = [*from_ntrex(written(tmp_path / "n.jsonl", [row] * 18), pipeline)]
    assert [s.reference for s in found] == ["One.", "Three."] * 17
    assert {s.chinese for s in found} == {KNOWN}


def test_what_the_command_writes_is_read_by_other_modules(tmp_path, monkeypatch, capsys):
    written(tmp_path / "uner-zh-gsd-train.jsonl", [{"zh": KNOWN}])
    written(tmp_path / "ntrex-zh-tw.jsonl", [{"zh": [KNOWN], "en": ["One."]}])
    out = tmp_path / "sources.pkl"
    monkeypatch.setattr(sys, "argv", ["sources", str(tmp_path), "-o", str(out)])
    runpy.run_path(sources.__file__, run_name="__main__")
    found = pickle.loads(out.read_bytes())
    assert [type(s) for s in found] == [Source, Source]
    assert [s.reference for s in found] == ["One.", None]
    assert "2 sources" in capsys.readouterr().out
