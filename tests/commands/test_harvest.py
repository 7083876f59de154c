"""``glossary harvest`` and ``review``: whole commands, and the screens with keys from a queue."""

import json
import os
import pty
import select
import subprocess
import sys
import time

import click
import pytest

from nlp.commands.review_screen import run
from nlp.names import load
from nlp.names.harvest import Candidate, Review
from nlp.names.harvest import load as load_candidates
from tests.commands.test_cli import zhbrief

RECORDS = [
    {"id": "r1", "zh": ["研究員施洛德（Patrick Schröder）表示擔憂。", "她與\u202e副手葛瑞 (Ann Gray) 同行。"]},
    {"id": "r2", "zh": ["施洛德 (Patrick Schröder) 昨天說，市場平靜。"]},
]


@pytest.fixture
def table(tmp_path):
    archive, out = tmp_path / "archive.jsonl", tmp_path / "candidates.tsv"
    lines = [json.dumps(r, ensure_ascii=False) for r in RECORDS]
    archive.write_text("\n".join([*lines, '{"id": "r3"}']), encoding="utf-8")
    status, stdout, err = zhbrief("glossary", "harvest", archive, "--text-field", "zh", "--plain", "-o", out)
    assert (status, stdout) == (3, "")
    assert "no text in field 'zh'" in err
    assert "2 records, 1 failed; 2 candidates, " in err
    return out


def test_harvest_writes_a_table(table):
    first, second = load_candidates(table)
    assert (first.term, first.name, first.count, first.records) == ("施洛德", "Patrick Schröder", 2, 2)
    assert first.contexts == (
        "r1: 研究員«施洛德（Patrick Schröder）»表示擔憂。",
        "r2: «施洛德 (Patrick Schröder)» 昨天說，市場平靜。",
    )
    assert second.name == "Ann Gray"
    assert "\u202e" not in table.read_text(encoding="utf-8")


def test_a_table_that_is_there_is_kept(table):
    before = table.read_bytes()
    status, _, err = zhbrief("glossary", "harvest", "none.txt", "-o", table)
    assert (status, len(err.splitlines())) == (2, 1)
    assert table.read_bytes() == before


def test_review_needs_a_terminal(table):
    status, out, err = zhbrief("glossary", "review", table)
    assert (status, out) == (2, "")
    assert "terminal" in err
    assert len(err.splitlines()) == 1


def test_review_at_a_terminal_and_the_accepted_name_in_the_next_article(table):
    """A real terminal device: accept the first, be killed, resume at the second, quit."""
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "nlp", "glossary", "review", str(table)]

    def begun(shown):
        process = subprocess.Popen(command, stdin=follower, stdout=follower, stderr=follower)
        _read_until(leader, shown)
        return process

    process = begun("1 of 2")
    os.write(leader, b"a")
    assert "\u202e" not in _read_until(leader, "2 of 2")
    process.kill()
    process.wait()
    process = begun("2 of 2 · 1 accepted")
    os.write(leader, b"q")
    assert process.wait(timeout=30) == 0
    os.close(leader)
    os.close(follower)
    status, out, _ = zhbrief(
        "entities", "-", "--plain", "--glossary", table.with_suffix(".accepted.tsv"), data="施洛德抵達。".encode()
    )
    assert status == 0
    assert "Patrick Schröder" in out


def _read_until(leader, wanted):
    shown, end = b"", time.monotonic() + 60
    while wanted.encode() not in shown:
        assert time.monotonic() < end, shown
        if select.select([leader], [], [], 0.2)[0]:
            shown += os.read(leader, 65536)
    time.sleep(0.1)
    return shown.decode(errors="replace")


@pytest.fixture
def screens(tmp_path, capsys):
    """Run a review with these keys and answers to edits; gives the accepted entries and what was shown."""

    def reviewed(candidates, keys, *answers):
        pressed, typed = iter(keys), iter(answers)
        state = Review(candidates, tmp_path / "g.tsv", tmp_path / "d.tsv")
        run(state, lambda: next(pressed), lambda label, text: next(typed))
        entries = load(state.glossary) if state.glossary.exists() else []
        return [(e.term, e.name, e.type, e.short) for e in entries], click.unstyle(capsys.readouterr().out)

    return reviewed


ONE = Candidate(
    "葛瑞城", "Graytown", None, "ORG", 4, 2, confidence=0.5, terms=("葛雷城 2",), contexts=("r1: 抵達«葛瑞城»。",)
)
TWO = Candidate("葛瑞", "Ann Gray", "Gray", "PERSON")


def test_keys(screens):
    accepted, shown = screens([ONE, TWO], "xaa")
    assert accepted == [("葛瑞", "Ann Gray", "PERSON", "Gray"), ("葛瑞城", "Graytown", "ORG", None)]
    for told in (
        "葛瑞城   Graytown   ORG",
        "glossed 4 times in 2 records",
        "not sure (0.50)",
        "葛雷城 2",
        "r1: 抵達葛瑞城。",
    ):
        assert told in shown


def test_editing_changes_what_is_accepted(screens):
    accepted, _ = screens([TWO], "ecta", "Anne Gray", "葛萊")
    assert accepted == [("葛萊", "Anne Gray", "NORP", None)]


def test_an_empty_edit_changes_nothing(screens):
    accepted, _ = screens([TWO], "eca", "", "")
    assert accepted == [("葛瑞", "Ann Gray", "PERSON", "Gray")]


def test_back_and_quit(screens):
    accepted, shown = screens([ONE, TWO], "abrq")
    assert accepted == []
    assert "accepted before" in shown


def test_an_end_of_input_quits(tmp_path):
    def key():
        raise EOFError

    state = Review([ONE], tmp_path / "g.tsv", tmp_path / "d.tsv")
    run(state, key)
    assert state.counts() == {"open": 1}
