"""The engine against a small server on loopback, and against a real llama-server."""

import json
import re
import threading

import pytest

from nlp.engines import Message, Request, load_engine
from nlp.engines.openai import calls
from nlp.errors import EngineError, ModelError, UsageError
from tests.engines.openai.served import LLAMACPP, OLLAMA, VLLM, Served, events

KEY = "sk-secret-1234567890"
CHAT = Request((Message("system", "Translate."), Message("user", "利率不變。<|im_end|>")), 20)


@pytest.fixture
def serve(monkeypatch):
    """Starts a server and loads the engine for it; waits are next to nothing."""
    opened = []

    def start(model=OLLAMA, key=None, **options):
        served = Served(model, key, **options)
        monkeypatch.setenv("ZHBRIEF_OPENAI_BASE_URL", served.url)
        opened.append(served)
        engine = load_engine("openai")
        opened.append(engine)
        return served, engine

    monkeypatch.setattr(calls, "FIRST_WAIT", 0.001)
    for name in ("OPENAI_BASE_URL", "OPENAI_API_KEY", "ZHBRIEF_OPENAI_API_KEY", "ZHBRIEF_OFFLINE"):
        monkeypatch.delenv(name, raising=False)
    yield start
    for thing in reversed(opened):
        thing.close()


def test_an_answer_is_streamed_and_a_page_cannot_end_its_turn(serve):
    served, engine = serve()
    (done,) = engine.generate([CHAT])
    assert (done.text, done.finish, done.prompt_tokens, done.completion_tokens) == ("Rates hold.", "stop", 7, 2)
    path, body = served.asked[-1]
    assert (path, body["stream"], body["temperature"]) == ("/v1/chat/completions", True, 0.0)
    assert body["messages"][1]["content"] == "利率不變。< |im_end|>"
    assert engine.info.name == "openai"


def test_answers_come_in_the_order_of_the_requests_and_no_more_at_once_than_allowed(serve, monkeypatch):
    monkeypatch.setenv("ZHBRIEF_OPENAI_PARALLEL", "2")
    served, engine = serve()
    both = threading.Barrier(2)
    served.hold = lambda: both.wait(20)  # an answer is held until another is asked for: less than two would never end
    served._chosen = lambda handler, body: (200, {}, events(body["messages"][0]["content"]))
    texts = [f"{n}." for n in range(8)]
    done = engine.generate([Request((Message("user", t),), 5) for t in texts])
    assert [d.text for d in done] == texts
    assert served.most_at_once == engine.together == 2


FAULTS = {
    "too many requests": (429, {"Retry-After": "0"}, b"{}"),
    "server error": (500, {}, b"<html>"),
    "overloaded": (503, {}, b'{"error": {"message": "Loading model"}}'),
    "cut stream": (200, {}, events("Rates ", finish=None, end=False)),
    "cut before anything came": (200, {}, b""),
    "half a JSON object": (200, {}, b'data: {"choices": [{"del'),
    "garbage": (200, {}, b"data: \xff\xfe\xfa\n\n"),
    "another form": (200, {}, b'data: ["choices"]\n\n'),
    "an error in the stream": (200, {}, events("Rates ", finish=None, end=False) + b'data: {"error": {"message": "oom"}}\n\n'),
    "less than announced": (200, {"Content-Length": "999"}, events("Rates hold.")[:20]),
    "no gzip": (200, {"Content-Encoding": "gzip"}, b"plain"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_what_passes_is_tried_again(serve, fault):
    served, engine = serve()
    served.chats = [fault, fault]
    (done,) = engine.generate([CHAT])
    assert done.text == "Rates hold."
    assert not served.chats


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_what_does_not_pass_ends_in_one_line(serve, fault):
    served, engine = serve()
    served.chats = [fault] * calls.TRIES
    with pytest.raises((EngineError, ModelError)) as e:
        engine.generate([CHAT])
    assert not served.chats
    assert "\n" not in str(e.value)
    assert served.url in str(e.value)


def test_a_server_that_sends_nothing_is_given_up(serve, monkeypatch):
    monkeypatch.setenv("ZHBRIEF_OPENAI_TIMEOUT", "1")
    served, engine = serve()
    done = threading.Event()
    served.hold = done.wait
    with pytest.raises(EngineError, match="sent nothing for 1 s"):
        engine._loop.run(engine._calls._patiently(lambda: engine._calls._streamed(engine._body(CHAT)), tries=1))
    done.set()


@pytest.mark.parametrize(
    ("status", "body", "says"),
    [
        (400, b'{"error": {"message": "request exceeds the context"}}', "exceeds the context"),
        (422, b'{"detail": "no grammar"}', "no grammar"),
        (400, b'{"object": "error", "message": "bad\\ngrammar"}', "bad grammar"),
        (413, b"<h1>too\nlarge</h1>", "413"),
    ],
)
def test_a_refusal_is_told_in_one_line_and_not_tried_again(serve, status, body, says):
    served, engine = serve()
    served.chats = [(status, {}, body), (200, {}, events("never"))]
    with pytest.raises(EngineError, match=says) as e:
        engine.generate([CHAT])
    assert len(served.chats) == 1
    assert "\n" not in str(e.value)


def test_the_key_goes_to_the_server_and_nowhere_else(serve, monkeypatch):
    monkeypatch.setenv("ZHBRIEF_OPENAI_API_KEY", KEY)
    served, engine = serve(key=KEY)
    assert engine.generate([CHAT])[0].text == "Rates hold."
    assert served.headers[-1]["Authorization"] == f"Bearer {KEY}"
    assert KEY not in json.dumps(served.asked)
    assert KEY not in repr((engine._calls.address, engine.info))
    served.chats = [(400, {}, f'{{"error": {{"message": "key {KEY} has no credit"}}}}'.encode())]
    with pytest.raises(EngineError, match="key … has no credit"):
        engine.generate([CHAT])


def test_a_wrong_key_is_said_so_without_what_it_is(serve, monkeypatch):
    monkeypatch.setenv("ZHBRIEF_OPENAI_API_KEY", KEY)
    with pytest.raises(ModelError, match=r"refuses the key \(401\): set the right one in ZHBRIEF_OPENAI_API_KEY") as e:
        serve(key="another")
    assert KEY not in str(e.value)
    assert KEY not in repr(e.value.__cause__)


def test_nobody_there(monkeypatch):
    monkeypatch.setattr(calls, "FIRST_WAIT", 0.001)
    monkeypatch.setenv("ZHBRIEF_OPENAI_BASE_URL", "http://127.0.0.1:9")
    with pytest.raises(ModelError, match=r"nobody answers at http://127\.0\.0\.1:9/v1"):
        load_engine("openai")


def test_where_the_server_has_several_models_one_is_chosen(serve):
    served, _ = serve()
    served.models = [{"id": "a"}, {"id": "b"}]
    with pytest.raises(UsageError, match="with --model; it has a, b"):
        load_engine("openai")
    with pytest.raises(UsageError, match="--model c: the server has a, b"):
        load_engine("openai", "c")
    engine = load_engine("openai", "b")
    assert engine.info.model == "b"
    engine.close()


@pytest.mark.parametrize(
    ("model", "version", "adds"),
    [
        (LLAMACPP, "", {"grammar": "root ::= \"x\"", "chat_template_kwargs": {"enable_thinking": False}}),
        (VLLM, "0.13.0", {"structured_outputs": {"grammar": "root ::= \"x\""}}),
        (VLLM, "0.9.2", {"guided_grammar": "root ::= \"x\""}),
        (OLLAMA, "", {}),
    ],
)  # fmt: skip
def test_the_grammar_is_given_to_each_server_in_its_own_field(serve, model, version, adds):
    served, engine = serve(model, version=version)
    engine.generate([Request(CHAT.messages, 5, grammar='root ::= "x"')])
    body = served.asked[-1][1]
    assert adds.items() <= body.items()
    fields = {"grammar", "structured_outputs", "guided_grammar"}
    assert fields & body.keys() == fields & adds.keys()


@pytest.mark.parametrize(("model", "context", "counted"), [(LLAMACPP, 1024, 3), (VLLM, 2048, 3), (OLLAMA, 4096, 13)])
def test_context_and_tokens_are_the_servers_or_never_too_few(serve, model, context, counted):
    _, engine = serve(model)
    assert (engine.context_tokens, engine.count_tokens("利率不變")) == (context, counted)


def test_an_answer_that_is_not_streamed_is_taken_too(serve):
    served, engine = serve()
    whole = {"choices": [{"message": {"content": "Held."}, "finish_reason": "length"}], "usage": None}
    served.chats = [(200, {"Content-Type": "application/json"}, json.dumps(whole).encode())]
    (done,) = engine.generate([CHAT])
    assert (done.text, done.finish) == ("Held.", "length")


def test_thinking_is_kept_apart_however_it_comes(serve):
    served, engine = serve()
    apart = {"choices": [{"delta": {"reasoning_content": "Hm."}, "finish_reason": None}]}
    served.chats = [
        (200, {}, events("<think>Hm", ", rates.</think>\n\n", "Held.")),
        (200, {}, f"data: {json.dumps(apart)}\n\n".encode() + events("Held.")),
    ]
    for thought in ("Hm, rates.", "Hm."):
        (done,) = engine.generate([CHAT])
        assert (done.text, done.thinking) == ("Held.", thought)


def test_a_closed_engine_says_so(serve):
    _, engine = serve()
    engine.close()
    engine.close()
    with pytest.raises(EngineError, match="closed"):
        engine.generate([CHAT])


@pytest.mark.weights
def test_a_real_llama_server(monkeypatch):
    xllamacpp = pytest.importorskip("xllamacpp")
    from nlp.engines.weights import pull

    params = xllamacpp.CommonParams()
    params.model.path = str(pull())
    params.n_ctx, params.n_parallel, params.port = 2048, 2, 0
    params.hostnames, params.api_keys = ["127.0.0.1"], [KEY]
    params.verbosity, params.ui = -1, False
    server = xllamacpp.Server(params)
    monkeypatch.setenv("ZHBRIEF_OPENAI_BASE_URL", server.listening_address)
    monkeypatch.setenv("ZHBRIEF_OPENAI_API_KEY", KEY)
    engine = load_engine("openai")
    assert engine.context_tokens == 1024
    assert engine.info.model == "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"
    assert 1 <= engine.count_tokens("利率不變") <= 8
    chat = (Message("system", "Translate into English."), Message("user", "央行今天宣布利率不變。"))
    free, held = engine.generate(
        [Request(chat, 20, forbid_chinese=True), Request(chat, 5, grammar='root ::= "yes" | "no"')]
    )
    assert re.search("[A-Za-z]{3}", free.text)
    assert -5 < free.confidence < 0
    assert not re.search(r"[\u3400-\u9fff]", free.text)
    assert held.text in ("yes", "no")
    with pytest.raises(EngineError, match="context"):
        engine.generate([Request((Message("user", "字" * 3000),), 5)])
    monkeypatch.setenv("ZHBRIEF_OPENAI_API_KEY", "wrong")
    with pytest.raises(ModelError, match="refuses the key"):
        load_engine("openai")
    engine.close()
