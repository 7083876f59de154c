import pickle

import gguf
import pytest

from training.adapter import train as training
from training.adapter.candidates import Candidate
from training.adapter.source import HELD_OUT

GOOD = Candidate("Banks buy gold", "Banks buy gold.", True, -0.1, 1.0, -2.0)
BAD = Candidate("x", "X.", False, -3.0, 0.1, -4.0)


@pytest.fixture
def sources(tmp_path, source, tokenizer, monkeypatch):
    """A file of sources, and a model that may not write much: it knows nothing."""
    monkeypatch.setattr(training, "tokenizer_of", lambda _: tokenizer)
    monkeypatch.setattr("training.adapter.sampling.LONGEST", 3)
    path = tmp_path / "sources.pkl"
    path.write_bytes(pickle.dumps([source(f"各國央行第{i}次買進黃金。") for i in range(HELD_OUT + 6)]))
    return path


def test_rounds_are_told_and_the_adapter_is_written(tmp_path, small, sources, capsys, monkeypatch):
    drawn = []

    def candidates(desk, sources, written):
        drawn.append([len(texts) for texts in written])
        return [[GOOD, BAD] for _ in sources]

    monkeypatch.setattr(training.Desk, "candidates", candidates)
    training.train(small, sources, 2, tmp_path / "a.gguf", limit=3, samples=None)
    told = capsys.readouterr().out
    assert "with examples, 3 held out: holds" in told
    assert "after round 2, 3 held out: holds" in told
    assert drawn == [[12] * 3, [8] * 3]
    changes = [t.data for t in gguf.GGUFReader(tmp_path / "a.gguf").tensors if t.name.endswith("lora_b")]
    assert any(b.any() for b in changes)


def test_nothing_to_learn_is_told(tmp_path, small, sources):
    with pytest.raises(SystemExit, match="nothing to learn"):
        training.train(small, sources, 1, tmp_path / "a.gguf", limit=3, samples=2)
