import os

import pytest

from nlp.engines.prefixes import KEPT, Prefixes
from nlp.errors import EngineError

TURNS = [{"role": "system", "content": "Translate."}]


class Server:
    """Stands in for llama.cpp and its private line: reads, saves and restores a state."""

    def __init__(self, folder):
        self.folder, self.asked, self.read = folder, [], 0
        self.broken = False

    def post(self, path, body):
        self.asked.append(path)
        if path == "/apply-template":
            return {"prompt": "…"}
        if path.endswith("save"):
            (self.folder / body["filename"]).write_bytes(b"state")
        if path.endswith("restore") and self.broken:
            raise EngineError("cannot restore")
        return {}

    def handle_completions(self, body):
        self.read += 1
        return {}


@pytest.fixture
def model(tmp_path):
    path = tmp_path / "m.gguf"
    path.write_bytes(b"GGUF")
    return path


def prefixes(server, model, about="1"):
    return Prefixes(server, model, [about], server.folder)


@pytest.fixture
def server(tmp_path):
    return Server(tmp_path / "prefixes")


def test_a_prefix_is_read_once_and_restored_in_later_runs(server, model):
    prefixes(server, model).restore(TURNS, server)
    prefixes(server, model).restore(TURNS, server)
    assert server.read == 1
    assert server.asked[-1] == "/slots/0?action=restore"


def test_another_model_library_or_prompt_reads_its_own(server, model):
    prefixes(server, model).restore(TURNS, server)
    prefixes(server, model, "2").restore(TURNS, server)
    prefixes(server, model).restore([*TURNS, {"role": "user", "content": "x"}], server)
    os.utime(model, ns=(1, 1))
    prefixes(server, model).restore(TURNS, server)
    assert server.read == 4


def test_a_state_that_cannot_be_restored_is_read_again(server, model):
    prefixes(server, model).restore(TURNS, server)
    server.broken = True
    prefixes(server, model).restore(TURNS, server)
    assert server.read == 2


def test_nothing_shared_nothing_asked(server, model):
    prefixes(server, model).restore([], server)
    assert server.asked == []


def test_only_the_last_used_stay(server, model):
    kept = prefixes(server, model)
    for n in range(KEPT + 3):
        kept.restore([{"role": "system", "content": str(n)}], server)
    kept.close()
    assert len(list(server.folder.glob("*"))) == KEPT


def test_a_folder_that_cannot_be_written_is_done_without(tmp_path, model):
    server = Server(tmp_path)
    (tmp_path / "file").write_text("")
    server.folder = str(tmp_path)
    kept = Prefixes(server, model, [], tmp_path / "file" / "below")
    assert kept.folder == tmp_path
