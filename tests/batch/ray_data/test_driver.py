"""Whole runs on a real cluster of several nodes on this machine; nodes and drivers are killed, and the output is the plain run's."""

import contextlib
import json
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from nlp import batch
from nlp.batch import ray_data
from nlp.batch.journal import Journal
from nlp.batch.ray_data import driver, job, pulse
from nlp.batch.ray_data.job import Layout
from nlp.errors import InputError, UsageError, ZhbriefError
from nlp.names.sources import NameSources
from nlp.pipeline import Options
from tests.batch.ray_data.pipelines import Noting, noted
from tests.batch.test_run import results

pytestmark = pytest.mark.ray
CLEAN = Options(task="clean")
BRIEF = Options(ner="fast")
BAD = {3: "", 11: None}


@pytest.fixture
def archive(tmp_path):
    """A folder with rows, some of them bad, and articles in files of their own."""
    folder = tmp_path / "in"
    folder.mkdir()
    for part in range(2):
        rows = [
            {"id": f"{part}r{n}", "text": BAD.get(n, f"第{part}{n}則：聯準會周三宣布升息一碼。")} for n in range(16)
        ]
        (folder / f"{part}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows) + "{broken\n")
    for n in range(5):
        (folder / f"{n}.txt").write_text(f"第{n}個檔案：央行今天升息半碼，理事會一致決議。")
    return folder


@pytest.fixture(autouse=True)
def small_groups(monkeypatch):
    monkeypatch.setattr(driver, "SIZE", {})
    monkeypatch.setattr(driver, "USUAL_SIZE", 4)


@contextlib.contextmanager
def killing_the_victims_node(cluster, folder):
    """While the context lasts, waits for a worker that hangs and kills its node: nothing else may ever come of the run before."""
    victim, over = folder / "victim", threading.Event()

    def kill():
        while not (victim.exists() and victim.read_text()):
            if over.wait(0.05):
                return
        (node,) = [n for n in cluster.worker_nodes if n.node_id == victim.read_text()]
        cluster.remove_node(node, allow_graceful=False)

    with ThreadPoolExecutor() as executor:
        killed = executor.submit(kill)
        try:
            yield
        finally:
            over.set()
        killed.result()


@pytest.mark.parametrize(("options", "trap"), [(CLEAN, "0r0"), (BRIEF, "0r0")])
def test_a_node_killed_in_the_middle_costs_nothing(cluster, archive, tmp_path, options, trap):
    plain = Noting(options, folder=tmp_path / "plain")
    plain.folder.mkdir()
    wanted = batch.run(plain, [str(archive)], tmp_path / "plain.jsonl")
    pipeline = Noting(options, folder=tmp_path, trap=trap)
    workers = {node.node_id for node in cluster.worker_nodes}
    with killing_the_victims_node(cluster, tmp_path):
        tally = ray_data.run(pipeline, [str(archive)], tmp_path / "out.jsonl", address=cluster.address)
    assert len(cluster.worker_nodes) == 1
    assert results(tmp_path / "out.jsonl") == results(tmp_path / "plain.jsonl")
    assert (tally.done, tally.failed, tally.skipped, tally.warnings) == (33, 6, 0, wanted.warnings)
    assert pipeline.tokens == 0  # the driver had nothing left to do
    again = noted(tmp_path)
    assert set(again) == set(noted(plain.folder))
    assert len(again) <= 37 + 2 * 4  # and only what the dead node had in hand was run again
    assert not list((tmp_path / "out.jsonl.journal" / "parts").iterdir())
    if options is BRIEF:  # an engine on each node that has CPUs to give
        assert set(noted(tmp_path, "nodes")) == workers


def test_parquet_is_that_of_the_plain_run_too(cluster, archive, tmp_path):
    ray_data.run(Noting(CLEAN, folder=tmp_path), [str(archive)], tmp_path / "out.parquet", address=cluster.address)
    batch.run(Noting(CLEAN, folder=tmp_path), [str(archive)], tmp_path / "plain.parquet")
    one, other = (pq.read_table(tmp_path / f"{name}.parquet").drop_columns("seconds") for name in ("out", "plain"))
    assert one.equals(other)


KILLED = """
import os, signal, sys
from pathlib import Path
from nlp.batch import ray_data
from nlp.batch.ray_data import driver
from tests.batch.ray_data.pipelines import Noting
from tests.batch.ray_data.test_driver import CLEAN
driver.USUAL_SIZE = 4
folder = Path(sys.argv[1])
told = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
ray_data.run(Noting(CLEAN, folder=folder), [str(folder / "in")], folder / "out.jsonl", address=sys.argv[2], told=told)
"""


def test_a_killed_driver_goes_on_where_it_was(cluster, archive, tmp_path):
    command = [sys.executable, "-c", KILLED, str(tmp_path), cluster.address]
    killed = subprocess.run(command, cwd=Path(__file__).parents[3], capture_output=True, text=True)
    assert killed.returncode == -9, killed.stderr
    kept = rows(tmp_path / "out.jsonl")
    assert len(kept) >= 2
    (tmp_path / "notes").rename(tmp_path / "first")
    tally = ray_data.run(
        Noting(CLEAN, folder=tmp_path), [str(archive)], tmp_path / "out.jsonl", address=cluster.address
    )
    assert not kept & set(noted(tmp_path))
    assert tally.skipped >= len(kept)
    assert tally.done + tally.skipped == 33
    batch.run(Noting(CLEAN, folder=tmp_path), [str(archive)], tmp_path / "plain.jsonl")
    assert results(tmp_path / "out.jsonl") == results(tmp_path / "plain.jsonl")


def rows(output):
    """The names of the records that are in the journal or in parts beside it."""
    journal = Journal(output)
    try:
        keys = [key for key, _, _ in journal.settled(b"")] + list(journal.unsettled(b""))
        found = [json.loads(row.line) for row in journal.find(keys).values() if not row.failed]
    finally:
        journal.close()
    for part in journal.parts.glob("*.parquet"):
        found += [json.loads(row["line"]) for row in pq.read_table(part).to_pylist() if not row["failed"]]
    return {result["source"]["record"] or Path(result["source"]["path"]).name for result in found}


def test_a_record_that_kills_every_worker_fails_alone(cluster, archive, tmp_path):
    pipeline = Noting(CLEAN, folder=tmp_path, trap="1r5", fate="die")
    tally = ray_data.run(pipeline, [str(archive)], tmp_path / "out.jsonl", address=cluster.address)
    assert (tally.done, tally.failed) == (32, 7)
    (died,) = [r for r in results(tmp_path / "out.jsonl") if r["source"]["record"] == "1r5"]
    assert "1.jsonl (record 1r5): the process that worked on it died, 2 times" in died["error"]
    assert noted(tmp_path).count("1r5") == 2


def test_a_changed_glossary_runs_again_what_it_touches(cluster, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    texts = {"a": "施洛德周三發言。", "b": "聯準會升息一碼。", "c": "沒有名字的一句話。"}
    Path("in.jsonl").write_text("".join(json.dumps({"id": i, "text": t}) + "\n" for i, t in texts.items()))

    def ran(name):
        Path("own.tsv").write_text(f"term\tname\ttype\n施洛德\t{name}\tPERSON\n")
        sources = NameSources(glossary=(Path("own.tsv"),))
        pipeline = Noting(Options(task="entities", ner="fast", names=sources), folder=tmp_path)
        tally = ray_data.run(pipeline, ["in.jsonl"], Path("out.jsonl"), address=cluster.address)
        assert (tally.done, tally.skipped) == (len(noted(tmp_path)), 3 - len(noted(tmp_path)))
        (tmp_path / "notes").unlink()
        return {r["source"]["record"]: [e["name"] for e in r["entities"]] for r in results("out.jsonl")}, tally.done

    assert ran("Schroder") == ({"a": ["Schroder"], "b": ["Federal Reserve"], "c": []}, 3)
    assert ran("Schröder") == ({"a": ["Schröder"], "b": ["Federal Reserve"], "c": []}, 1)


def test_failures_are_kept_unless_they_are_to_be_retried(cluster, archive, tmp_path):
    def ran(**options):
        ray_data.run(
            Noting(CLEAN, folder=tmp_path), [str(archive)], tmp_path / "out.jsonl", address=cluster.address, **options
        )
        names = noted(tmp_path)
        (tmp_path / "notes").unlink(missing_ok=True)
        return sorted(n for n in names if "r" in n and not n.endswith("r11"))  # what could not be read is told again

    with pytest.raises(ZhbriefError, match="stopped at the first failure"):
        ran(fail_fast=True)
    kept = rows(tmp_path / "out.jsonl")
    (tmp_path / "notes").unlink()
    assert not set(ran()) & kept
    assert ran() == []
    assert ran(retry_failed=True) == ["0r3", "1r3"]


def test_what_concerns_all_records_is_one_line(cluster, archive, tmp_path):
    options = Options(task="brief", engine="nobody")
    with pytest.raises(UsageError, match="no engine is called nobody"):
        ray_data.run(driver.Pipeline(options), [str(archive)], tmp_path / "out.jsonl", address=cluster.address)


def test_a_job_that_nobody_works_on_is_given_up(cluster, archive, tmp_path, monkeypatch):
    monkeypatch.setattr(job, "layout", lambda *_: Layout(annotator_cpus=99))
    monkeypatch.setattr(pulse, "PATIENCE", 3)
    with pytest.raises(ZhbriefError, match=r"^Ray has had nobody at work for 0 minutes: .* start again to go on$"):
        ray_data.run(Noting(CLEAN, folder=tmp_path), [str(archive)], tmp_path / "out.jsonl", address=cluster.address)
    assert not noted(tmp_path)


@pytest.mark.parametrize(
    ("inputs", "output", "says"),
    [(["-"], "out.jsonl", "standard input is on this machine alone"), (["in"], None, "name the output with -o")],
)
def test_what_ray_cannot_do_is_said_before_anything_is_started(tmp_path, inputs, output, says):
    with pytest.raises(UsageError, match=says):
        ray_data.run(Noting(CLEAN), inputs, tmp_path / output if output else None)
    with pytest.raises(InputError, match="no such file"):
        ray_data.run(Noting(CLEAN), [str(tmp_path / "none")], tmp_path / "out.jsonl")
    assert not list(tmp_path.iterdir())
