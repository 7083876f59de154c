import asyncio
import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.engines.openai import stream
from nlp.engines.openai.stream import BrokenAnswerError, read_answer
from tests.engines.openai.served import events


def read(*chunks, streamed=True):
    async def sent():
        for chunk in chunks:
            yield chunk

    return asyncio.run(read_answer(sent(), streamed))


@given(st.text(), st.lists(st.integers(0, 400), max_size=5))
def test_wherever_the_network_cuts_the_text_is_the_same(text, cuts):
    body = events(*text)
    edges = [0, *sorted(min(c, len(body)) for c in cuts), len(body)]
    answer = read(*(body[a:b] for a, b in pairwise(edges)))
    assert (answer.text, answer.finish) == (text, "stop")


def test_line_separators_within_json_are_text():
    assert read(events("a\u2028b\x85c")).text == "a\u2028b\x85c"


def test_comments_and_other_fields_are_passed_over():
    assert read(b": ping\n\nevent: x\nid: 3\n" + events("Held.").replace(b"\n", b"\r\n")).text == "Held."


def test_an_answer_without_end_is_cut_off(monkeypatch):
    monkeypatch.setattr(stream, "LONGEST", 100)
    with pytest.raises(BrokenAnswerError, match="longer than 100"):
        read(*[b": ping\n"] * 50)


@pytest.mark.parametrize("body", [b"[]", b"3", b'{"choices": 3}', b'{"choices": [3]}', b"{}", b"\xff", b"[" * 9000])
def test_what_is_no_answer_is_broken_and_nothing_else(body):
    with pytest.raises(BrokenAnswerError):
        read(body, streamed=False)
    with pytest.raises(BrokenAnswerError):
        read(b"data: " + body + b"\n\n")


def test_how_sure_the_model_was_of_its_tokens():
    choices = [{"delta": {"content": "a"}, "logprobs": {"content": [{"logprob": -0.5}, {"logprob": -1.5}]}}]
    sure = f"data: {json.dumps({'choices': choices})}\n\n".encode() + events("b")
    assert read(sure).confidence == -1.0
    assert read(events("b")).confidence is None
    with pytest.raises(BrokenAnswerError):
        read(sure.replace(b'logprob"', b'prob"'))


def test_a_text_that_is_none():
    with pytest.raises(BrokenAnswerError):
        read(b"data: " + json.dumps({"choices": [{"delta": {"content": ["x"]}}]}).encode() + b"\n")
