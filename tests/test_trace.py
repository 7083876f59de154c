import json
from functools import partial

import pytest

from nlp.engines import registry
from nlp.engines.gather import Gathering
from nlp.errors import EngineError, UsageError
from nlp.pipeline import Options, Pipeline, Record
from nlp.trace import Trace, Traced, tell
from tests.fakes import FakeEngine

TEXT = "澳洲1月宣布投入8億美元，建立關鍵礦產儲備。"
RIGHT = "Australia said in January it would spend US$800 million on a critical minerals reserve."


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Briefs or translates :data:`TEXT` with a fake engine, and gives the lines of the trace."""

    def run(answer, task="brief", **options):
        monkeypatch.setattr(registry, "_loader", lambda _: lambda **_: FakeEngine(answer))
        pipeline = Pipeline(Options(task=task, trace=tmp_path / "trace.jsonl", **options))
        try:
            pipeline(TEXT, "page.txt", "7")
        finally:
            return [json.loads(line) for line in (tmp_path / "trace.jsonl").read_text().splitlines()]  # noqa: B012

    return run


@pytest.mark.parametrize("task", ["brief", "translate"])
def test_every_prompt_answer_and_check_is_kept(run, task):
    lines = run(lambda r: f"<think>Hm.</think>{RIGHT}", task)
    assert [line["event"] for line in lines[:3]] == ["run", "answer", "check"]
    _, answer, check = lines[:3]
    assert answer["prompt"][-1]["content"] == check["source"]
    assert "US$800 million" in check["source"]
    assert (answer["answer"], answer["thinking"]) == (RIGHT, "Hm.")
    assert answer["grammar"].startswith("root ::=")
    assert (check["text"], check["faults"]) == (RIGHT, [])
    assert {(line["path"], line["record"]) for line in lines[1:]} == {("page.txt", "7")}


def test_faults_and_every_further_try_are_kept(run):
    lines = run(lambda r: "Australia said in January it would spend US$80 million on a reserve.")
    checks = [line for line in lines if line["event"] == "check"]
    assert len(checks) >= 2
    assert all(["number", "US$80 million"] in line["faults"] for line in checks)
    assert len(checks) == sum(line["event"] == "answer" for line in lines)


def test_a_prompt_that_failed_is_kept_too(run):
    def fail(_):
        raise EngineError("out of memory")

    line = run(fail)[-1]
    assert line["error"] == "out of memory"
    assert line["prompt"]


def test_a_desks_prompt_is_what_the_engine_reads(run, tmp_path):
    prompt = tmp_path / "desk.txt"
    prompt.write_text("== user ==\nIn English: {source}\n")
    asked = next(line for line in run(lambda r: RIGHT, prompt=prompt) if line["event"] == "answer")
    assert [m["content"][:12] for m in asked["prompt"]] == ["In English: "]


def test_lines_of_articles_that_are_written_together_name_the_right_one(monkeypatch, tmp_path):
    monkeypatch.setattr(registry, "_loader", lambda _: lambda **_: FakeEngine(lambda request: RIGHT, 4))
    pipeline = Pipeline(Options(trace=tmp_path / "trace.jsonl"))
    texts = [TEXT, TEXT.replace("8億", "9億"), TEXT.replace("8億", "6億")]
    results = [pipeline.annotated(Record(text, "page.txt", str(n)))[0] for n, text in enumerate(texts)]
    gathering = Gathering()
    for n, result in enumerate(results):
        gathering.start(partial(pipeline.completed, Record(texts[n], "page.txt", str(n)), result))
    while gathering.asked:
        gathering.step()
    lines = [json.loads(line) for line in (tmp_path / "trace.jsonl").read_text().splitlines()][1:]
    assert {line["event"] for line in lines} == {"answer", "check"}
    for line in lines:
        amount = ("US$800", "US$900", "US$600")[int(line["record"])]
        assert amount in (line["source"] if line["event"] == "check" else json.dumps(line["prompt"]))


def test_nothing_is_written_where_nobody_traces(tmp_path):
    tell("check", text="x")
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written(tmp_path):
    with pytest.raises(UsageError, match="No such file"):
        Trace(tmp_path / "none" / "trace.jsonl")


def test_a_traced_engine_that_knows_no_chat_still_says_so():
    engine = FakeEngine(lambda _: "")
    assert Traced(engine).knows_chat
    engine.knows_chat = False
    assert not Traced(engine).knows_chat
