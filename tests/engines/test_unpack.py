import pytest

from nlp.engines import unpack
from nlp.errors import ModelError


@pytest.fixture
def gguf(tmp_path, monkeypatch):
    path = tmp_path / "m.gguf"
    path.write_bytes(b"GGUF")
    return path


@pytest.fixture
def converted(monkeypatch):
    calls = []

    def convert(gguf, folder):
        calls.append(gguf.read_bytes())
        folder.mkdir()
        (folder / "model.safetensors").write_bytes(gguf.read_bytes())

    monkeypatch.setattr(unpack, "_convert", convert)
    return calls


def unpacked(path):
    return unpack.unpacked(path, lambda *_: None)


def test_a_gguf_is_unpacked_once(gguf, converted):
    folder = unpacked(gguf)
    assert unpacked(gguf) == folder
    assert len(converted) == 1
    assert sorted(p.name for p in folder.iterdir()) == ["model.safetensors", unpack.DONE]


def test_another_file_of_the_same_name_is_unpacked_anew(gguf, converted):
    unpacked(gguf)
    gguf.write_bytes(b"GGUF2")
    assert (unpacked(gguf) / "model.safetensors").read_bytes() == b"GGUF2"


@pytest.mark.parametrize("stopped", [KeyboardInterrupt(), OSError(28, "No space left on device")])
def test_what_is_half_unpacked_is_never_used(gguf, converted, monkeypatch, stopped):
    def half(gguf, folder):
        folder.mkdir()
        (folder / "config.json").write_text("{}")
        raise stopped

    with monkeypatch.context() as m:
        m.setattr(unpack, "_convert", half)
        with pytest.raises((KeyboardInterrupt, ModelError)):
            unpacked(gguf)
    assert sorted(p.name for p in gguf.parent.iterdir()) == ["m.gguf", "m.unpacked.lock"]
    unpacked(gguf)
    assert len(converted) == 1


def test_a_full_disk_is_told_first(gguf, converted, monkeypatch):
    monkeypatch.setattr(unpack.shutil, "disk_usage", lambda _: type("U", (), {"free": 3})())
    with pytest.raises(ModelError, match="make room"):
        unpacked(gguf)
    assert not converted


def test_no_file(tmp_path):
    with pytest.raises(ModelError, match="no such file"):
        unpacked(tmp_path / "none.gguf")
