import pytest

from nlp.engines import derived as module
from nlp.engines.derived import DONE, derived
from nlp.errors import ModelError


@pytest.fixture
def gguf(tmp_path):
    path = tmp_path / "m.gguf"
    path.write_bytes(b"GGUF")
    return path


class Making:
    """Copies the file into the folder, and counts how often."""

    def __init__(self, gguf):
        self.gguf, self.times = gguf, 0

    def __call__(self, folder):
        self.times += 1
        folder.mkdir()
        (folder / "model").write_bytes(self.gguf.read_bytes())


def made(gguf, make, adapter=None, by="1"):
    return derived(gguf, adapter, gguf.with_suffix(".made"), make, by, "making", 4, lambda *_: None)


def test_a_folder_is_made_once(gguf):
    make = Making(gguf)
    folder = made(gguf, make)
    assert made(gguf, make) == folder
    assert make.times == 1
    assert sorted(p.name for p in folder.iterdir()) == sorted(["model", DONE])


def test_of_another_file_of_the_same_name_it_is_made_anew(gguf):
    make = Making(gguf)
    made(gguf, make)
    gguf.write_bytes(b"GGUF2")
    assert (made(gguf, make) / "model").read_bytes() == b"GGUF2"


def test_with_another_adapter_it_is_made_anew(gguf, tmp_path):
    make, adapter = Making(gguf), tmp_path / "a.gguf"
    for content, times in ((b"LORA", 1), (b"LORA", 1), (b"LORA2", 2)):
        adapter.write_bytes(content)
        made(gguf, make, adapter)
        assert make.times == times


def test_by_another_version_it_is_made_anew(gguf):
    make = Making(gguf)
    for by, times in (("1", 1), ("1", 1), ("2", 2)):
        made(gguf, make, by=by)
        assert make.times == times


@pytest.mark.parametrize("stopped", [KeyboardInterrupt(), OSError(28, "No space left on device")])
def test_what_is_half_made_is_never_used(gguf, stopped):
    def half(folder):
        folder.mkdir()
        (folder / "model").write_text("half")
        raise stopped

    with pytest.raises((KeyboardInterrupt, ModelError)):
        made(gguf, half)
    assert sorted(p.name for p in gguf.parent.iterdir()) == ["m.gguf", "m.made.lock"]
    make = Making(gguf)
    made(gguf, make)
    assert make.times == 1


def test_a_full_disk_is_told_first(gguf, monkeypatch):
    make = Making(gguf)
    monkeypatch.setattr(module.shutil, "disk_usage", lambda _: type("U", (), {"free": 3})())
    with pytest.raises(ModelError, match="3 bytes are free where making needs 16; make room"):
        made(gguf, make)
    assert not make.times


def test_no_file(tmp_path):
    with pytest.raises(ModelError, match="no such file"):
        made(tmp_path / "none.gguf", Making(tmp_path))
