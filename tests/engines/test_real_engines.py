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


@pytest.fixture(scope="module")
def openvino():
    engine = load_engine("openvino")
    yield engine
    engine.close()


@pytest.fixture(params=["llamacpp", "openvino"])
def engine(request):
    return request.getfixturevalue(request.param)


def test_a_grammar_holds(engine):
    (done,) = engine.generate([Request(CHAT, 12, grammar='root ::= "yes" | "no"')])
    assert done.text in ("yes", "no")
    assert done.finish == "stop"


def test_the_same_request_gives_the_same_text_whatever_was_asked_before(engine):
    request = Request(CHAT, 24, forbid_chinese=True, shared=1)
    first = engine.generate([request])[0].text
    engine.generate([Request((Message("user", "你好"),), 8)])
    assert engine.generate([request])[0].text == first
    assert not re.search(r"[\u3400-\u9fff]", first)


def test_a_text_ends_where_it_is_told_to(engine):
    whole, cut, stopped = engine.generate(
        [
            Request(CHAT, 24, forbid_chinese=True),
            Request(CHAT, 3, forbid_chinese=True),
            Request(CHAT, 24, forbid_chinese=True, stop=("bank",)),
        ]
    )
    assert (whole.finish, cut.finish, stopped.finish) == ("stop", "length", "stop")
    assert whole.text.startswith(cut.text)
    assert "bank" in whole.text
    assert stopped.text.rstrip() == whole.text.partition("bank")[0].rstrip()
    assert whole.prompt_tokens == cut.prompt_tokens > 15
    assert whole.confidence < 0


def test_tokens_are_counted_by_the_model(engine):
    assert 1 <= engine.count_tokens("利率不變") <= 8


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


def test_a_text_too_long_or_a_broken_grammar_is_an_engine_error_and_no_others(engine):
    with pytest.raises(EngineError, match="context"):
        engine.generate([Request((Message("user", "字" * 9000),), 5)])
    with pytest.raises(EngineError, match=r"grammar|EBNF"):
        engine.generate([Request(CHAT, 5, grammar="root ::= [a-")])
    assert engine.generate([Request(CHAT, 5, forbid_chinese=True)])[0].text


def test_openvino_renders_as_llama_cpp_does(llamacpp, openvino):
    """The same weights and adapter: most texts of short sentences are the same, but for ties that rounding decides."""
    told = "Render the Chinese sentence as one complete English sentence in news style."
    sentences = [
        "央行今天宣布利率不變。",
        "他昨天抵達東京。",
        "公司去年虧損。",
        "總統將於下周訪問法國。",
        "法院駁回上訴。",
        "油價上漲。",
    ]
    requests = [Request((Message("system", told), Message("user", s)), 32, forbid_chinese=True) for s in sentences]
    one_by_one = [done.text for done in llamacpp.generate(requests)]
    together = [done.text for done in openvino.generate(requests[::-1])][::-1]
    assert sum(a == b for a, b in zip(one_by_one, together, strict=True)) >= 4


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
