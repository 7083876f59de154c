"""Processes of their own, and what becomes of records whose process dies."""

import os
import signal
import threading
import time
from functools import partial
from pathlib import Path

import pytest

from nlp.batch.workers import ONE_THREAD, Workers, annotator
from nlp.errors import GlossaryError, ZhbriefError
from nlp.names.sources import NameSources
from nlp.pipeline import Options, Record
from nlp.types import Article, Result, Source


def told(text):
    return Result(Source(None, None, "", ""), Article(text)), b""


def obedient(folder):
    """What the workers of these tests do: what the record says."""

    def do(record):
        match record.data:
            case "die":
                os.kill(os.getpid(), signal.SIGKILL)
            case "die once" if not (folder / "died").exists():
                (folder / "died").touch()
                os.kill(os.getpid(), signal.SIGKILL)
            case "leave":
                os._exit(7)
            case "no memory":
                raise MemoryError
            case "what concerns all":
                raise GlossaryError("a glossary")
            case "process":
                return told(f"{os.getpid()} {signal.pthread_sigmask(signal.SIG_BLOCK, [])}")
            case "threads":
                return told(" ".join(os.environ.get(name, "-") for name in ONE_THREAD))
            case "wait":
                (folder / "waiting").touch()
                time.sleep(600)
        return told(record.data)

    return do


def unmade():
    raise GlossaryError("a glossary")


def dying():
    os._exit(9)


@pytest.fixture
def workers(tmp_path):
    found = Workers(partial(obedient, tmp_path), 2)
    yield found
    found.close()


def texts(workers, *asked):
    begun = [workers.begin(Record(text, "in.jsonl", text)) for text in asked]
    return [(finish()[0].error or finish()[0].article.text) for finish in begun]


def test_a_record_whose_process_dies_costs_itself_alone(workers):
    found = texts(workers, "a", "die", "b", "leave", "c", "no memory", *"defgh")
    assert [found[n] for n in (0, 2, 4, 6, 7, 8, 9, 10)] == list("abcdefgh")
    told = "in.jsonl (record {}): the process that worked on it {}, twice; try fewer --workers, or divide it"
    assert found[1] == told.format("die", "was killed (SIGKILL)")
    assert found[3] == told.format("leave", "ended with status 7")
    assert found[5] == told.format("no memory", "ended with status 12")


def test_a_record_whose_process_was_killed_by_chance_is_done_again(workers):
    assert texts(workers, "a", "die once", "b") == ["a", "die once", "b"]


def test_processes_killed_while_they_were_idle_cost_nothing(workers):
    begun = [workers.begin(Record("process")) for _ in range(2)]
    for process in {int(finish()[0].article.text.split()[0]) for finish in begun}:
        os.kill(process, signal.SIGKILL)
    assert texts(workers, *"abcd") == list("abcd")


def test_large_records_and_results_go_both_ways_at_once(workers):
    large = [c * 1_000_000 for c in "甲乙丙丁戊"]
    assert texts(workers, *large) == large


def test_one_process_is_started_for_one_record_after_another(workers):
    assert len({texts(workers, "process")[0].split()[0] for _ in range(3)}) == 1


def test_libraries_are_held_to_one_thread_and_ctrl_c_is_not_heard(workers):
    assert texts(workers, "threads") == ["1 1 1 1 false"]
    assert "SIGINT" in texts(workers, "process")[0]


def test_what_concerns_all_records_is_raised(workers):
    finish = workers.begin(Record("what concerns all"))
    with pytest.raises(GlossaryError, match="a glossary"):
        finish()


@pytest.mark.parametrize(
    ("make", "error"),
    [(unmade, "a glossary"), (dying, "a worker ended with status 9 before it could work; try --workers 1")],
)
def test_a_process_that_cannot_work_is_told(make, error):
    workers = Workers(make, 1)
    finish = workers.begin(Record("a"))
    with pytest.raises(ZhbriefError, match=error):
        finish()
    workers.close()


def test_closed_in_the_midst_of_work_no_process_is_left(tmp_path):
    workers = Workers(partial(obedient, tmp_path), 2)
    (process, _), waits = texts(workers, "process")[0].split(" ", 1), workers.begin(Record("wait"))
    while not (tmp_path / "waiting").exists():
        time.sleep(0.01)
    workers.close()
    with pytest.raises(ZhbriefError):
        waits()
    assert not Path(f"/proc/{process}").exists()
    assert not [t for t in threading.enumerate() if t.name.startswith("zhbrief-worker")]


def test_the_annotator_of_a_pipeline(tmp_path):
    result, matched = annotator(Options(task="entities", ner="fast"))(Record("澳洲周三升息。"))
    assert ([e.name for e in result.entities], len(matched)) == (["Australia"], 16)
    (tmp_path / "bad.tsv").write_text("no header\n")
    with pytest.raises(GlossaryError):
        annotator(Options(task="entities", ner="fast", names=NameSources(glossary=(tmp_path / "bad.tsv",))))
