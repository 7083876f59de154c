"""``zhbrief batch`` as people run it, interrupted and all; no language model."""

import contextlib
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from functools import partial

import pytest

from nlp.batch.journal import Journal
from tests.commands.test_cli import zhbrief

ENTITIES = ("--task", "entities", "--ner", "fast")
NAMES = ["台積電", "聯準會", "輝達執行長黃仁勳", "歐盟", "立法院", "日本首相", "澳洲", "華爾街日報"]
WORDS = [
    "周三宣布投入12億美元",
    "預估今年成長3.5%",
    "表示將在2月24日前決定",
    "與美國簽署協議",
    "批評這項政策",
    "下修展望2碼",
]


def articles(path, count, seed=1):
    """``count`` different articles, some of them broken."""
    pick = random.Random(seed)
    with path.open("wb") as out:
        for n in range(count):
            words = [
                f"{pick.choice(NAMES)}{pick.choice(WORDS)}，{pick.choice(NAMES)}{pick.choice(WORDS)}。"
                for _ in range(9)
            ]
            record = {"id": f"{n}", "text": f"第{n}則標題\n\n" + "".join(words)}
            broken = [b"{broken", b'{"text": ""}', b'{"text": 3}', b'{"text": "\\ud800"}'][n % 4]
            out.write((broken if n % 17 == 3 else json.dumps(record).encode()) + b"\n")
    return path


def finished(folder):
    if not (folder / "finished.sqlite").is_file():
        return 0
    with contextlib.closing(sqlite3.connect(folder / "finished.sqlite")) as rows:
        tables = rows.execute("SELECT count(*) FROM sqlite_master WHERE name = 'finished'").fetchone()[0]
        return rows.execute("SELECT count(*) FROM finished").fetchone()[0] if tables else 0


def results(path):
    found = [json.loads(line) for line in path.read_text().splitlines()]
    return [{k: v for k, v in r.items() if k != "seconds"} for r in found]


def test_killed_at_random_moments_it_ends_as_if_it_had_not_been(tmp_path):
    articles(tmp_path / "in.jsonl", 100)
    started = time.monotonic()
    assert zhbrief("batch", "in.jsonl", *ENTITIES, "-o", "whole.jsonl", cwd=tmp_path)[0] == 3
    taken = time.monotonic() - started
    command = [sys.executable, "-m", "nlp", "batch", "in.jsonl", *ENTITIES, "-o", "out.jsonl"]
    pick = random.Random(7)
    kept = []
    for _ in range(3):
        run = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.DEVNULL)
        try:
            run.wait(taken * pick.uniform(0.3, 1.0))
        except subprocess.TimeoutExpired:
            run.send_signal(signal.SIGKILL)
            run.wait()
        kept.append(finished(tmp_path / "out.jsonl.journal"))
    assert kept == sorted(kept)
    assert zhbrief("batch", "in.jsonl", *ENTITIES, "-o", "out.jsonl", cwd=tmp_path)[0] == 3
    assert results(tmp_path / "out.jsonl") == results(tmp_path / "whole.jsonl")


def test_a_second_run_on_one_output_is_refused(tmp_path):
    articles(tmp_path / "in.jsonl", 4)
    first = Journal(tmp_path / "out.jsonl")
    status, out, err = zhbrief("batch", "in.jsonl", "--task", "clean", "-o", "out.jsonl", cwd=tmp_path)
    first.close()
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert "out.jsonl: another zhbrief batch is writing it" in err
    assert zhbrief("batch", "in.jsonl", "--task", "clean", "-o", "out.jsonl", cwd=tmp_path)[0] == 3


@pytest.mark.parametrize(("options", "says"), [(("-o", "out.xlsx"), "-o out.xlsx: name it .jsonl or .parquet")])
def test_wrong_usage_is_one_line(tmp_path, options, says):
    articles(tmp_path / "in.jsonl", 1)
    status, out, err = zhbrief("batch", "in.jsonl", "--task", "clean", *options, cwd=tmp_path)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert says in err


def test_fail_fast_stops_at_the_first_failure(tmp_path):
    articles(tmp_path / "in.jsonl", 40)
    status, out, err = zhbrief("batch", "in.jsonl", "--task", "clean", "--fail-fast", cwd=tmp_path)
    assert status == 1
    assert len(out.splitlines()) == 4
    assert "in.jsonl (record 4)" in err.splitlines()[-1]


def test_the_log_as_json(tmp_path):
    articles(tmp_path / "in.jsonl", 20)
    status, _, err = zhbrief("batch", "in.jsonl", "--task", "clean", "--log-json", "-o", "out.jsonl", cwd=tmp_path)
    events = [json.loads(line) for line in err.splitlines()]
    assert (status, [e["event"] for e in events]) == (3, ["failed", "summary"])
    assert (events[1]["records"], events[1]["done"], events[1]["failed"]) == (20, 19, 1)
    status, _, err = zhbrief("batch", "none", "--task", "clean", "--log-json", cwd=tmp_path)
    assert (status, json.loads(err)["event"]) == (2, "error")


def test_the_summary_and_its_silence(tmp_path):
    articles(tmp_path / "in.jsonl", 20)
    command = ("batch", "in.jsonl", "--task", "clean", "-o", "out.jsonl")
    assert "20 records in" in zhbrief(*command, cwd=tmp_path)[2]
    assert "0 done, 1 failed, 19 done before" in zhbrief(*command, cwd=tmp_path)[2]
    assert zhbrief(*command, "--quiet", cwd=tmp_path) == (3, "", "")


@pytest.fixture
def under_way(tmp_path):
    """A run on three workers that has written some results, the leader of a process group."""
    articles(tmp_path / "in.jsonl", 3000)
    command = [sys.executable, "-m", "nlp", "batch", "in.jsonl", *ENTITIES, "--workers", "3", "-o", "out.jsonl"]
    run = subprocess.Popen(
        command,
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # What a shell starts in the background ignores Ctrl-C, and so would all that it starts.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )
    part = tmp_path / "out.jsonl.journal" / "output.part"
    while run.poll() is None and not (part.is_file() and part.stat().st_size):
        time.sleep(0.1)
    return run


def all_end(group):
    """Whether all processes of a group end; multiprocessing's own helper outlives its parent by a moment."""
    for _ in range(1200):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def test_interrupted_it_says_what_is_kept_and_leaves_no_process(under_way):
    os.killpg(under_way.pid, signal.SIGINT)  # as a terminal does
    err = under_way.communicate()[1]
    assert (under_way.returncode, err.count("\n")) == (1, 1), err
    assert "results are kept, the same command goes on from there" in err
    assert all_end(under_way.pid)


def test_killed_its_workers_end_by_themselves(under_way):
    under_way.kill()
    assert under_way.communicate()[1] == ""
    assert all_end(under_way.pid)
