"""Whole runs in this process, or in a copy of it that is killed: what is interrupted ends as if it had not been."""

import datetime
import io
import json
import os
import resource
import signal
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from nlp.batch import Meter, Tally, journal, outputs, run
from nlp.batch.journal import Journal
from nlp.batch.layout import Layout
from nlp.batch.run import Run
from nlp.engines.gather import Gathered
from nlp.errors import EngineError, InputError, ModelError, UsageError, ZhbriefError
from nlp.names.sources import NameSources
from nlp.pipeline import Options, Pipeline, Record
from nlp.render.as_arrow import schema
from nlp.types import Warning
from tests.fakes import FakeEngine

BAD = {3: "", 8: "國务院\x00\x01\x02\x03" * 9, 14: None}


class Counting(Pipeline):
    """Remembers which records it ran; one whose text has 引擎 fails like an engine."""

    def __init__(self, **options):
        super().__init__(Options(**{"task": "clean", **options}))
        self.ran = []

    def annotated(self, record):
        self.ran.append(record.record)
        return super().annotated(record)

    def _finished(self, result):
        if "引擎" in result.article.text:
            raise EngineError("the engine failed")
        return replace(result, warnings=(Warning("w", "careful"),))


def text(n, words="央行今天升息半碼"):
    return BAD.get(n, f"第{n}則：{words}，理事會一致決議，並說明物價走勢。")


@pytest.fixture
def archive(tmp_path):
    path = tmp_path / "in.jsonl"
    path.write_text("".join(json.dumps({"id": f"r{n}", "text": text(n)}) + "\n" for n in range(20)))
    return path


def go(archive, out="out.jsonl", pipeline=None, **options):
    pipeline = pipeline or Counting()
    tally = run(pipeline, [str(archive)], archive.parent / out, **options)
    return pipeline, tally


def results(path):
    """The results without their timings."""
    found = [json.loads(line) for line in Path(path).read_text().splitlines()]
    return [{k: v for k, v in r.items() if k != "seconds"} for r in found]


def test_results_in_the_order_of_the_input_and_bad_records_among_them(archive):
    _, tally = go(archive)
    found = results(archive.parent / "out.jsonl")
    assert [r["source"]["record"] for r in found] == [f"r{n}" for n in range(20)]
    assert [n for n, r in enumerate(found) if r["error"]] == sorted(BAD)
    assert (tally.done, tally.failed, tally.skipped, tally.warnings["w"]) == (17, 3, 0, 17)
    assert tally.failure == found[3]["error"]
    assert tally.characters == sum(len(r["article"]["text"]) for r in found)


def test_nothing_runs_twice(archive):
    go(archive)
    first = (archive.parent / "out.jsonl").read_bytes()
    pipeline, tally = go(archive)
    assert pipeline.ran == []
    assert (tally.done, tally.failed, tally.skipped, tally.warnings["w"]) == (0, 3, 17, 17)
    assert (archive.parent / "out.jsonl").read_bytes() == first


@pytest.mark.parametrize("out", ["out.jsonl", "out.parquet"])
def test_killed_at_every_step_and_started_again(archive, out, monkeypatch):
    """Each child is killed one step later: before and after a commit, a write of the output, its renaming."""
    monkeypatch.setattr(journal, "GROUP", 4)
    go(archive, f"whole.{out}")
    kills = 0
    while _killed(archive, out, steps=kills):
        kills += 1
    assert kills > 40
    read = results if out.endswith("jsonl") else lambda p: pq.read_table(p).drop_columns("seconds").to_pylist()
    assert read(archive.parent / out) == read(archive.parent / f"whole.{out}")


def _killed(archive, out, steps):
    """Run in a child that is killed when it has taken so many steps. Whether it was, and had not ended before."""
    child = os.fork()
    if child:
        status = os.waitpid(child, 0)[1]
        assert os.waitstatus_to_exitcode(status) in (0, -signal.SIGKILL)
        return os.WIFSIGNALED(status)
    left = iter(range(steps, -1, -1))

    def counted(step):
        def stepped(*args, **more):
            for action in (lambda: None, lambda: step(*args, **more)):
                action()
                if next(left, 1) == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        return stepped

    Journal.commit, Journal.publish = counted(Journal.commit), counted(Journal.publish)
    outputs.Part.write, outputs.Part.sync = counted(outputs.Part.write), counted(outputs.Part.sync)
    Path.replace, Path.unlink = counted(Path.replace), counted(Path.unlink)
    status = 1
    try:
        go(archive, out)
        status = 0
    finally:
        os._exit(status)


def test_a_full_disk_is_told_in_one_line_and_the_next_run_goes_on(archive, monkeypatch):
    monkeypatch.setattr(journal, "GROUP", 4)
    go(archive, "whole.jsonl")
    for limit in (1_000, 20_000, 60_000, 100_000):
        child = os.fork()
        if child == 0:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, -1))
            try:
                go(archive)
                os._exit(0)
            except ZhbriefError as e:
                os._exit(1 if "\n" not in str(e) and "out.jsonl" in str(e) else 2)
            finally:
                os._exit(3)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert status in (0, 1)
        assert status == 1 or limit == 100_000
    go(archive)
    assert results(archive.parent / "out.jsonl") == results(archive.parent / "whole.jsonl")


def test_the_output_is_what_it_was_until_all_is_done(archive):
    out = archive.parent / "out.jsonl"
    out.write_text("before")
    with pytest.raises(ZhbriefError, match="stopped at the first failure"):
        go(archive, fail_fast=True)
    assert out.read_text() == "before"
    assert sorted(p.name for p in (archive.parent / "out.jsonl.journal").iterdir()) == [
        "finished.sqlite",
        "lock",
        "output.part",
    ]
    pipeline, _ = go(archive)
    assert "r2" not in pipeline.ran


def test_interrupted_from_the_keyboard_what_is_finished_is_kept(archive):
    class Interrupted(Counting):
        def _finished(self, result):
            if result.source.record == "r5":
                raise KeyboardInterrupt
            return super()._finished(result)

    with pytest.raises(KeyboardInterrupt):
        go(archive, pipeline=Interrupted())
    pipeline, _ = go(archive)
    assert pipeline.ran[0] == "r5"


def test_what_concerns_all_records_stops_the_run(archive):
    class Weightless(Counting):
        def _finished(self, result):
            raise ModelError("no weights")

    with pytest.raises(ModelError):
        go(archive, pipeline=Weightless())


def test_failures_are_kept_unless_they_are_to_be_retried(archive):
    archive.write_text('{"id": "a", "text": "引擎壞了。"}\n{"id": "b", "text": "沒事。"}\n')
    _, tally = go(archive)
    assert (tally.failed, tally.failure) == (1, "the engine failed")
    assert go(archive)[0].ran == []
    pipeline, tally = go(archive, retry_failed=True)
    assert pipeline.ran == ["a"]
    assert (tally.failed, tally.skipped) == (1, 1)
    assert go(archive, resume=False)[0].ran == ["a", "b"]


def test_a_failure_that_was_mended_stays_mended(archive, monkeypatch):
    archive.write_text('{"id": "a", "text": "引擎壞了。"}\n')
    go(archive)
    monkeypatch.setattr(Counting, "_finished", lambda self, result: result)
    assert go(archive, retry_failed=True)[1].done == 1
    assert go(archive)[1].skipped == 1


def test_equal_texts_have_their_own_names_and_errors(archive, tmp_path):
    rows = [("a", "同一則。"), ("b", ""), ("c", "同一則。"), ("d", "")]
    archive.write_text("".join(json.dumps({"id": i, "text": t}) + "\n" for i, t in rows))
    go(archive)
    first = results(tmp_path / "out.jsonl")
    assert [r["source"]["record"] for r in first] == ["a", "b", "c", "d"]
    assert ["(record b)" in first[1]["error"], "(record d)" in first[3]["error"]] == [True, True]
    assert go(archive)[0].ran == []
    assert results(tmp_path / "out.jsonl") == first


def test_an_archive_that_moved_and_grew(archive):
    go(archive)
    moved = archive.with_name("moved.jsonl")
    lines = archive.read_text().splitlines()
    moved.write_text("\n".join([json.dumps({"id": "new", "text": "新的一則。"}), *reversed(lines)]))
    pipeline, _ = go(moved)
    assert [r for r in pipeline.ran if r not in ("r3", "r8", "r14")] == ["new"]
    found = results(moved.parent / "out.jsonl")
    assert [r["source"]["record"] for r in found] == ["new", *(f"r{n}" for n in range(19, -1, -1))]
    assert {r["source"]["path"] for r in found} == {str(moved)}
    assert "in.jsonl" not in (moved.parent / "out.jsonl").read_text()


@pytest.mark.parametrize("option", [{"plain": True}, {"published": datetime.date(2026, 1, 1)}])
def test_other_options_are_another_run(archive, option):
    go(archive)
    assert len(go(archive, pipeline=Counting(**option))[0].ran) == 20
    assert go(archive)[0].ran == ["r14"]  # what could not even be read is told again
    assert go(archive, pipeline=Counting(seed=3, sentences=2))[0].ran == []  # which cleaning does not depend on


def test_a_text_is_read_by_the_suffix_of_its_name(tmp_path):
    page = "<p>甲乙丙丁，戊己庚辛。</p>" * 9
    (tmp_path / "in").mkdir()
    for name in ("a.txt", "b.html"):
        (tmp_path / "in" / name).write_text(page)
    pipeline, _ = go(tmp_path / "in")
    assert len(pipeline.ran) == 2
    first, second = results(tmp_path / "out.jsonl")
    assert first["article"]["text"] != second["article"]["text"]


def test_a_changed_glossary_runs_again_what_it_touches(tmp_path):
    texts = {"a": "施洛德周三發言。", "b": "聯準會升息一碼。", "c": "施洛德與聯準會。", "d": "沒有名字的一句話。"}
    path, glossary = tmp_path / "in.jsonl", tmp_path / "own.tsv"
    path.write_text("".join(json.dumps({"id": i, "text": t}) + "\n" for i, t in texts.items()))

    def ran(*rows, **names):
        glossary.write_text("".join("\t".join(row) + "\n" for row in (("term", "name", "type", "note"), *rows)))
        sources = NameSources(names, (glossary,))
        return go(path, pipeline=Counting(task="entities", ner="fast", names=sources))[0].ran

    assert ran() == list("abcd")
    assert ran() == []
    assert ran(("施洛德", "Schroder", "PERSON", "")) == ["a", "c"]
    assert ran(("施洛德", "Schröder", "PERSON", "")) == ["a", "c"]
    assert ran(("施洛德", "Schröder", "PERSON", "checked by hand")) == []
    assert ran(("施洛德", "Schröder", "PERSON", "needs: 周三")) == ["a", "c"]
    assert ran(("施洛德", "Schröder", "PERSON", "needs: 周三"), ("台北", "Taipei", "GPE", "")) == []
    assert ran(聯準會="the Fed") == ["a", "b", "c"]
    found = {r["source"]["record"]: r for r in results(tmp_path / "out.jsonl")}
    assert "the Fed" in {e["name"] for e in found["c"]["entities"]}
    assert ran(聯準會="the Fed") == []


@pytest.mark.parametrize("lines", [[], ["bad", "{}"]])
def test_parquet_has_one_schema_whatever_is_in_it(archive, lines):
    archive.write_text("\n".join(lines))
    go(archive, "out.parquet")
    table = pq.read_table(archive.parent / "out.parquet")
    assert table.schema.equals(pq.read_schema(archive.parent / "out.parquet"))
    assert [(f.name, f.type) for f in table.schema] == [(f.name, f.type) for f in _as_read(schema())]
    assert [isinstance(e, str) for e in table["error"].to_pylist()] == [True] * len(lines)


def _as_read(wanted):
    buffer = io.BytesIO()
    pq.write_table(wanted.empty_table(), buffer)
    return pq.read_schema(buffer)


def test_parquet_holds_what_jsonl_holds(archive):
    go(archive)
    go(archive, "out.parquet")
    rows = pq.read_table(archive.parent / "out.parquet").drop_columns("seconds").to_pylist()
    assert rows == results(archive.parent / "out.jsonl")


def test_an_output_in_the_folder_that_is_read(tmp_path):
    for n in range(3):
        (tmp_path / f"{n}.txt").write_text(text(n))
    for _ in range(2):
        run(Counting(), [str(tmp_path)], tmp_path / "out.jsonl")
        assert len(results(tmp_path / "out.jsonl")) == 3


@pytest.mark.parametrize("name", ["out.csv", "out", "out.json"])
def test_an_output_of_another_kind(archive, name):
    with pytest.raises(UsageError, match=r"name it \.jsonl or \.parquet"):
        go(archive, name)
    assert not list(archive.parent.glob("*.journal"))


def test_an_input_that_is_not_there_leaves_no_trace(tmp_path):
    with pytest.raises(InputError):
        run(Counting(), [str(tmp_path / "none")], tmp_path / "out.jsonl")
    assert not list(tmp_path.iterdir())


def test_to_a_pipe_each_result_goes_out_at_once(archive, monkeypatch):
    class Watched(io.BytesIO):
        flushes = 0

        def flush(self):
            assert self.getvalue().count(b"\n") - self.flushes in (0, 1)
            self.flushes = self.getvalue().count(b"\n")

    stream = Watched()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(stream, "utf-8", write_through=True))
    tally = run(Counting(), [str(archive)])
    assert (tally.records, stream.flushes) == (20, 20)


def test_what_is_written_is_not_written_again(archive, monkeypatch):
    whole = archive.read_text()
    archive.write_text("".join(whole.splitlines(keepends=True)[:12]))
    go(archive)
    archive.write_text(whole)
    write, written = outputs.Part.write, []
    monkeypatch.setattr(outputs.Part, "write", lambda self, line: (written.append(json.loads(line)), write(self, line)))
    pipeline, tally = go(archive)
    assert pipeline.ran == [r["source"]["record"] for r in written] == [f"r{n}" for n in range(12, 20)]
    assert (tally.records, tally.done, tally.skipped, tally.failed) == (20, 7, 10, 3)
    go(archive, "whole.jsonl", resume=False)
    assert results(archive.parent / "out.jsonl") == results(archive.parent / "whole.jsonl")


def test_what_somebody_else_wrote_is_not_taken_for_ours(archive):
    go(archive)
    out = archive.parent / "out.jsonl"
    whole = out.read_text()
    out.write_text(whole.replace("理事會", "某某會"))
    assert go(archive)[0].ran == ["r14"]
    assert out.read_text() == whole
    out.unlink()
    assert go(archive)[0].ran == ["r14"]
    assert out.read_text() == whole


def test_a_part_that_was_cut_off_is_made_anew(archive):
    with pytest.raises(ZhbriefError):
        go(archive, fail_fast=True)
    part = archive.parent / "out.jsonl.journal" / "output.part"
    part.write_bytes(part.read_bytes()[:-1])
    go(archive)
    go(archive, "whole.jsonl")
    assert results(archive.parent / "out.jsonl") == results(archive.parent / "whole.jsonl")


def test_standard_input_can_be_resumed_too(archive, monkeypatch):
    def piped():
        monkeypatch.setattr(sys, "stdin", archive.open())
        pipeline = Counting()
        run(pipeline, ["-"], archive.parent / "out.jsonl")
        return pipeline.ran

    assert len(piped()) == 20
    assert piped() == ["r14"]


def test_row_groups_do_not_depend_on_when_results_came(archive, monkeypatch):
    monkeypatch.setattr(outputs, "ROWS", 6)
    go(archive, "out.parquet")
    file = pq.ParquetFile(archive.parent / "out.parquet")
    assert [file.metadata.row_group(i).num_rows for i in range(file.num_row_groups)] == [6, 6, 6, 2]
    monkeypatch.setattr(outputs, "WEIGHT", 1)
    go(archive, "out.parquet", resume=False)
    assert pq.ParquetFile(archive.parent / "out.parquet").num_row_groups == 20


def test_a_brief_is_not_generated_again(archive):
    archive.write_text(json.dumps({"id": "a", "text": "聯準會周三宣布升息一碼。"}))

    def briefed():
        pipeline = Pipeline(Options(ner="fast"))
        engine = FakeEngine(lambda request: "The Federal Reserve raised its rate by 25 basis points on Wednesday.")
        pipeline.__dict__["engine"] = engine
        return go(archive, pipeline=pipeline)[1], engine

    tally, engine = briefed()
    assert (tally.done, tally.tokens) == (1, len(engine.asked))
    assert engine.asked
    tally, engine = briefed()
    assert (tally.skipped, tally.tokens, engine.asked) == (1, 0, [])


def test_a_full_disk_behind_standard_output_is_one_line(archive, monkeypatch):
    with open("/dev/full", "w") as full:  # noqa: PTH123
        monkeypatch.setattr(sys, "stdout", full)
        with pytest.raises(ZhbriefError, match="standard output: No space left on device"):
            run(Counting(), [str(archive)])
        monkeypatch.undo()
        full.buffer.raw.close()


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_results_do_not_depend_on_the_number_of_workers(archive, workers):
    def written(out, count):
        pipeline = Pipeline(Options(task="entities", ner="fast", names=NameSources({"央行": "the central bank"})))
        _, tally = go(archive, out, pipeline, workers=count)
        return results(archive.parent / out), tally

    alone, together = written("alone.jsonl", 0), written("together.jsonl", workers)
    assert together[0] == alone[0]
    assert [r["entities"][0]["name"] for r in alone[0] if not r["error"]] == ["the central bank"] * 17
    for count in ("done", "failed", "characters", "position", "failure"):
        assert getattr(together[1], count) == getattr(alone[1], count)


class Noted:
    """A pipeline whose records are begun here; notes what happens when."""

    def __init__(self):
        self.options = Options(task="clean")
        self.tokens, self.together, self.events = 0, 1, []

    def begin(self, record):
        self.events.append(f"begin {record.record}")
        annotated = Pipeline(self.options).annotated(record)

        def finish():
            self.events.append(f"rest {record.record}")
            return annotated

        return finish

    def completed(self, record, result):
        self.events.append(f"write {record.record}")
        return result


def laid_out(layout, count=7, size=0):
    noted = Noted()
    records = [Record("文" * size + f"第{n}則。", "a", f"{n}") for n in range(count)]
    work = Run(noted, None, Tally(), Meter(), noted.begin, layout)
    work(lambda: iter(records), again=True)
    return noted.events


def test_others_are_under_way_while_a_model_writes(capsysbinary, monkeypatch):
    monkeypatch.setattr(sys.modules[Layout.__module__], "AHEAD", 2)
    events = laid_out(Layout(1))
    assert events[:5] == ["begin 0", "begin 1", "begin 2", "rest 0", "write 0"]
    for n in range(4):
        assert events.index(f"begin {n + 2}") < events.index(f"write {n}") < events.index(f"begin {n + 3}")


def test_nobody_annotates_while_a_model_writes_where_they_take_turns(capsysbinary, monkeypatch):
    monkeypatch.setattr(sys.modules[Layout.__module__], "AHEAD", 2)
    busy = set()
    for event in laid_out(Layout(1, turns=True)):
        what, record = event.split()
        if what == "write":
            assert busy == set()
        (busy.add if what == "begin" else busy.discard)(record)


def test_what_is_under_way_is_bounded_by_its_size_too(capsysbinary, monkeypatch):
    monkeypatch.setattr(sys.modules[Run.__module__], "LONGEST", 1000)
    assert laid_out(Layout(2), size=1500)[:5] == ["begin 0", "begin 1", "rest 0", "write 0", "begin 2"]


COPY = "歐盟周三宣布投入12億美元，支持澳洲開採關鍵礦產。歐盟執委會並表示，澳洲政府將在2月24日前做出最後決定。"
COPIES = {
    "a": f"{COPY}市場反應平淡，主要股市漲跌互見，投資人仍在觀望。",
    "b": "聯準會周四宣布升息一碼。",
    "c": f"甲網訊，{COPY}市場反應平淡，主要股市漲跌互見，投資人仍在觀望。",
    "d": f"{COPY.replace('12億', '13億')}市場反應平淡，主要股市漲跌互見，投資人仍在觀望。",
    "e": f"市場先前已經預期。{COPY}市場反應平淡，主要股市漲跌互見，投資人仍在觀望。",
}
ANSWER = "The European Union announced US$1.2 billion for Australia."


def deduplicated(folder, out="out.jsonl", texts=COPIES, **options):
    path = folder / "in.jsonl"
    path.write_text("".join(json.dumps({"id": i, "text": t}) + "\n" for i, t in texts.items()))
    pipeline = Pipeline(Options(ner="fast", plain=True))
    engine = pipeline.__dict__["engine"] = FakeEngine(lambda request: ANSWER)
    run(pipeline, [str(path)], folder / out, dedupe=True, **options)
    return {r["source"]["record"]: r for r in results(folder / out)}, engine.asked


def told(result):
    return [w["message"] for w in result["warnings"] if w["code"] == "duplicate-of"]


def test_one_brief_for_all_who_carry_an_article(tmp_path):
    found, asked = deduplicated(tmp_path)
    path = tmp_path / "in.jsonl"
    alike = f"nearly the same article as {path} (record a)"
    assert [told(r) for r in found.values()] == [
        [],
        [],
        [alike],
        [alike],
        [f"{alike}, whose brief stands here"],
    ]
    sentence = found["e"]["briefs"][0]["sentences"][0]
    assert sentence["text"] == found["a"]["briefs"][0]["sentences"][0]["text"] != ""
    (evidence,) = sentence["evidence"]
    assert COPY.startswith(found["e"]["article"]["text"][evidence["start"] : evidence["end"]])
    assert found["e"]["engine"] == found["a"]["engine"]
    assert not [r for r in asked if "先前" in str(r.messages)]
    assert len(deduplicated(tmp_path)[1]) == 0


def test_what_is_a_duplicate_does_not_depend_on_interruptions(tmp_path, monkeypatch):
    whole, _ = deduplicated(tmp_path, "whole.jsonl")
    monkeypatch.setattr(journal, "GROUP", 1)
    for kept in range(1, len(COPIES)):
        deduplicated(tmp_path, texts=dict(list(COPIES.items())[:kept]))
        assert deduplicated(tmp_path)[0] == whole
        again, _ = deduplicated(tmp_path, texts=dict(list(COPIES.items())[kept:]))
        assert told(again["e"]) == [] or "record a" not in told(again["e"])[0]
        assert deduplicated(tmp_path)[0] == whole


def test_duplicates_are_known_only_beside_an_output(archive):
    with pytest.raises(UsageError, match="--dedupe needs an output file"):
        run(Counting(), [str(archive)], dedupe=True)


def test_a_duplicate_that_nobody_thought_of_costs_itself_alone(tmp_path, monkeypatch):
    def failing(original, result):
        raise KeyError("e1")

    monkeypatch.setattr("nlp.batch.carry.carried", failing)
    found, _ = deduplicated(tmp_path)
    errors = {i: r["error"] for i, r in found.items() if r["error"]}
    assert list(errors) == ["c", "d", "e"]
    assert "(record c): zhbrief failed on it (KeyError: 'e1')" in errors["c"]


@pytest.mark.parametrize("cores", [2, 8])
def test_briefs_do_not_depend_on_who_annotates_and_when(tmp_path, monkeypatch, cores):
    monkeypatch.setattr(sys.modules[Layout.__module__], "cores", lambda: cores)
    alone, together = (deduplicated(tmp_path, f"{n}.jsonl", workers=n)[0] for n in (0, 2))
    assert together == alone
    assert alone["a"]["briefs"]


AMOUNTS = range(2, 22)


def right(request):
    return f"Australia invested US${request.source.partition('US$')[2].partition('。')[0]}."


def together(folder, count, answer=right, task="brief", **options):
    """A run over articles of one to four sentences with an engine that takes ``count`` requests at once."""

    path = folder / "in.jsonl"
    articles = {f"r{n}": "".join(f"澳洲投入{n * m}億美元。" for m in range(1, 2 + n % 4)) for n in AMOUNTS}
    path.write_text("".join(json.dumps({"id": i, "text": t}) + "\n" for i, t in articles.items()))
    pipeline = Pipeline(Options(task=task, ner="fast", plain=True))
    engine = FakeEngine(answer, count)
    pipeline.__dict__["engine"] = Gathered(engine)
    tally = run(pipeline, [str(path)], folder / f"{count}.jsonl", **options)
    return results(folder / f"{count}.jsonl"), engine, tally


@pytest.mark.parametrize("task", ["brief", "translate"])
def test_requests_of_many_articles_go_out_in_one_call(tmp_path, task):
    alone, one, counted = together(tmp_path, 1, task=task)
    many, engine, tally = together(tmp_path, 8, task=task)
    assert many == alone
    assert all(r["briefs"] or r["translation"]["text"] for r in alone)
    assert set(one.calls) == {1}
    assert len(engine.calls) > 2
    assert all(8 <= size < 16 for size in engine.calls[:-1])
    assert engine.calls[-1] < 16
    assert sum(engine.calls) == sum(one.calls) == tally.tokens == counted.tokens


def test_an_article_that_fails_costs_no_other(tmp_path):
    def failing(request):
        if "US$700 million" in request.source:
            raise EngineError("out of memory")
        if "US$900 million" in request.source:
            raise KeyError("a fault in the engine")
        return right(request)

    alone, _, _ = together(tmp_path, 1, failing)
    many, _, tally = together(tmp_path, 8, failing)
    assert many == alone
    errors = {r["source"]["record"]: r["error"] for r in many if r["error"]}
    assert list(errors) == ["r7", "r9"]
    assert errors["r7"] == "out of memory"
    assert "KeyError: 'a fault in the engine'" in errors["r9"]
    assert tally.failed == 2


@pytest.mark.parametrize("error", [ModelError("the server refuses the key"), KeyboardInterrupt()])
def test_what_concerns_all_ends_the_run_and_what_is_finished_is_kept(tmp_path, error):
    asked = []

    def once(request):
        asked.append(request)
        if len(asked) == 12:
            raise error
        return right(request)

    with pytest.raises(type(error)):
        together(tmp_path, 4, once)
    assert not [t for t in threading.enumerate() if t.name == "zhbrief-article"]
    many, _, tally = together(tmp_path, 4)
    assert 0 < tally.skipped < len(AMOUNTS)
    assert many == together(tmp_path, 1)[0]


def test_the_first_failure_ends_the_run_and_all_that_is_under_way(tmp_path):
    def failing(request):
        raise EngineError("out of memory")

    with pytest.raises(ZhbriefError, match="out of memory"):
        together(tmp_path, 8, failing, fail_fast=True)
    assert not [t for t in threading.enumerate() if t.name == "zhbrief-article"]


def test_the_model_is_busy_for_no_longer_than_it_was(tmp_path):
    def slow(request):
        time.sleep(0.01)
        return right(request)

    _, engine, tally = together(tmp_path, 8, slow)
    assert 0.01 * len(engine.asked) <= tally.generating <= 0.02 * len(engine.asked)


def test_no_more_is_begun_than_may_wait_for_the_first(tmp_path, monkeypatch):
    """The first article is mended again and again, while others come and are done."""
    monkeypatch.setattr(sys.modules[Run.__module__], "WAITING", 1)
    completed, begun, ahead = Pipeline.completed, [], []
    monkeypatch.setattr(
        Pipeline, "completed", lambda self, *record: (begun.append(record), completed(self, *record))[1]
    )

    def answer(request):
        if "US$200 million" in request.source:
            ahead.append(len(begun))
            return "Nothing of that."
        return right(request)

    together(tmp_path, 2, answer)
    assert len(ahead) >= 3
    assert max(ahead) == 3


def test_a_brief_for_all_who_carry_an_article_is_waited_for(tmp_path):
    alone, _ = deduplicated(tmp_path, "alone.jsonl")
    path = tmp_path / "in.jsonl"
    pipeline = Pipeline(Options(ner="fast", plain=True))
    pipeline.__dict__["engine"] = Gathered(FakeEngine(lambda request: ANSWER, 8))
    run(pipeline, [str(path)], tmp_path / "together.jsonl", dedupe=True)
    assert results(tmp_path / "together.jsonl") == list(alone.values())
    assert "whose brief stands here" in str(alone["e"]["warnings"])
