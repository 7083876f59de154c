"""The engines with the real 1.5B weights."""

import re
import subprocess
import sys

import pytest

from nlp.engines import Message, Request, load_engine

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


def test_the_same_weights_run_on_transformers():
    program = (
        "from nlp.engines import load_engine, Message, Request\n"
        "e = load_engine('transformers')\n"
        "r = Request((Message('system', 'Translate into English.'), Message('user', '央行今天宣布利率不變。')), 12, forbid_chinese=True)\n"
        "print(e.info.name, e.generate([r])[0].text)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    name, _, text = done.stdout.strip().partition(" ")
    assert name == "transformers"
    assert re.search(r"[A-Za-z]{3}", text)
    assert not re.search(r"[\u3400-\u9fff]", text)
