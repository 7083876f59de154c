"""The engines with the real 1.5B weights."""

import http.client
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from nlp.engines import Message, Request, load_engine
from nlp.errors import EngineError

pytestmark = pytest.mark.weights

CHAT = (Message("system", "Translate into English."), Message("user", "央行今天宣布利率不變。"))


@pytest.fixture(scope="module")
def llamacpp():
    engine = load_engine("llamacpp")
    yield engine
    engine.close()


def test_a_grammar_holds(llamacpp):
    (done,) = llamacpp.generate([Request(CHAT, 12, grammar='root ::= "yes" | "no"')])
    assert done.text in ("yes", "no")
    assert done.finish == "stop"


def test_the_same_request_gives_the_same_text_whatever_was_asked_before(llamacpp):
    request = Request(CHAT, 24, forbid_chinese=True, shared=1)
    first = llamacpp.generate([request])[0].text
    llamacpp.generate([Request((Message("user", "你好"),), 8)])
    assert llamacpp.generate([request])[0].text == first
    assert not re.search(r"[\u3400-\u9fff]", first)


def test_tokens_are_counted_by_the_model(llamacpp):
    assert 1 <= llamacpp.count_tokens("利率不變") <= 8


def test_no_port_is_opened_and_who_has_no_key_is_refused(llamacpp):
    assert not _listening_ports()
    for key, status in ((None, 401), ("guess", 401), (llamacpp.wire.key, 200)):
        connection = http.client.HTTPConnection("localhost")
        connection.sock = socket.socket(socket.AF_UNIX)
        connection.sock.connect(llamacpp.wire.path)
        headers = {"Content-Type": "application/json", "Origin": "https://evil.example"}
        headers |= {"Authorization": f"Bearer {key}"} if key else {}
        connection.request("POST", "/tokenize", '{"content": "x"}', headers)
        answer = connection.getresponse()
        assert answer.status == status
        assert answer.headers.get("Access-Control-Allow-Origin") not in ("*", "https://evil.example")
        connection.close()
    assert Path(llamacpp.wire.folder).stat().st_mode & 0o077 == 0


def _listening_ports():
    """Inodes of this process's sockets that listen on TCP (state 0A in /proc/net/tcp)."""
    own = {p.readlink().name for p in Path("/proc/self/fd").iterdir() if p.exists() or p.is_symlink()}
    rows = [line.split() for f in ("tcp", "tcp6") for line in Path(f"/proc/net/{f}").read_text().splitlines()[1:]]
    return [r[1] for r in rows if r[3] == "0A" and f"socket:[{r[9]}]" in own]


def test_a_text_too_long_or_a_broken_grammar_is_an_engine_error(llamacpp):
    with pytest.raises(EngineError, match="context"):
        llamacpp.generate([Request((Message("user", "字" * 9000),), 5)])
    with pytest.raises(EngineError, match="grammar"):
        llamacpp.generate([Request(CHAT, 5, grammar="root ::= [a-")])


def test_the_interpreter_ends_and_leaves_nothing_behind_without_close():
    program = "from nlp.engines import load_engine\ne = load_engine('llamacpp')\nprint(e.wire.folder)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stderr == ""
    assert not Path(done.stdout.strip()).exists()


def test_the_same_weights_run_on_transformers():
    program = (
        "from nlp.engines import load_engine, Message, Request\n"
        "e = load_engine('transformers')\n"
        "r = Request((Message('system', 'Translate into English.'), Message('user', '央行今天宣布利率不變。')), 12, forbid_chinese=True)\n"
        "g = Request((Message('user', 'How many days has a year?'),), 6, grammar='root ::= [12][12]')\n"
        "print(e.info.name, e.generate([g])[0].text, e.generate([r])[0].text)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    name, held, text = re.fullmatch(r"(\S+) (\S+) (.*)", done.stdout.strip(), re.S).groups()
    assert name == "transformers"
    assert re.fullmatch("[12]{2}", held)
    assert re.search(r"[A-Za-z]{3}", text)
    assert not re.search(r"[\u3400-\u9fff]", text)
