import os
import random
import resource
import shutil
import signal
from dataclasses import replace
from itertools import pairwise

import pytest

from nlp.batch import journal as module
from nlp.batch.journal import Finished, Journal
from nlp.errors import ZhbriefError


def finished(n, size=200):
    return Finished(n.to_bytes(32, "big"), "", b"names", b"matched", False, ("a", "b"), f"{n}:".encode() + b"x" * size)


def rows(output, keys):
    opened = Journal(output)
    found = opened.find([k.to_bytes(32, "big") for k in keys])
    opened.close()
    return sorted(int(f.line.split(b":")[0]) for f in found.values())


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out.jsonl"


def test_rows_come_back_as_they_were(out):
    journal = Journal(out)
    journal.add(finished(1))
    assert list(journal.find([finished(1).key, finished(2).key]).values()) == [finished(1)]
    journal.commit()
    assert journal.find([finished(1).key, finished(2).key]) == {(finished(1).key, ""): finished(1)}
    journal.close()
    assert rows(out, [1, 2]) == [1]


def test_what_was_not_committed_is_not_kept(out):
    journal = Journal(out)
    journal.add(finished(1))
    journal.commit()
    journal.add(finished(2))
    journal.close()
    assert rows(out, [1, 2]) == [1]


def test_it_is_time_to_commit_when_enough_has_come_or_long_ago(out, monkeypatch):
    monkeypatch.setattr(module, "GROUP", 2)
    journal = Journal(out)
    assert not journal.due
    journal.add(finished(1))
    assert not journal.due
    journal.add(finished(2))
    assert journal.due
    journal.commit()
    assert not journal.due
    monkeypatch.setattr(module, "PATIENCE", 0)
    assert journal.due
    journal.close()


def test_a_log_torn_anywhere_gives_the_commits_before(out, tmp_path):
    """As the power left it: the log ends at any byte, or holds nothing but zeros from there."""
    journal = Journal(out)
    log = journal.folder / "finished.sqlite-wal"
    ends = [log.stat().st_size]
    for n in range(6):
        journal.add(replace(finished(n), line=f"{n}:{random.Random(n).randbytes(40_000).hex()}".encode()))
        journal.commit()
        ends.append(log.stat().st_size)
    assert ends == sorted(set(ends))
    cuts = [
        cut
        for start, end in pairwise(ends)
        for cut in (start, start + 100, start + 17_000, (start + end) // 2, end - 1)
    ]
    for i, cut in enumerate([*cuts, ends[-1]]):
        for zeros in (False, True):
            copy = tmp_path / f"{i}{zeros}" / "out.jsonl"
            shutil.copytree(journal.folder, copy.with_name("out.jsonl.journal"))
            with (copy.with_name("out.jsonl.journal") / log.name).open("rb+") as torn:
                torn.truncate(cut)
                torn.truncate(ends[-1] if zeros else cut)
            found = rows(copy, range(6))
            assert found == list(range(len(found)))
            whole, begun = sum(end <= cut for end in ends[1:]), sum(start + 100 < cut for start in ends[:-1])
            assert whole <= len(found) <= begun
    journal.close()


def test_a_second_run_is_refused_and_harms_nothing(out):
    first = Journal(out)
    first.add(finished(1))
    first.commit()
    for anew in (False, True):
        with pytest.raises(ZhbriefError, match=r"out\.jsonl: another zhbrief batch is writing it") as told:
            Journal(out, anew=anew)
        assert "\n" not in str(told.value)
    first.add(finished(2))
    first.commit()
    first.close()
    assert rows(out, [1, 2]) == [1, 2]


def test_one_output_by_two_names_is_one(out, tmp_path):
    out.touch()
    (tmp_path / "link.jsonl").symlink_to(out)
    first = Journal(out)
    with pytest.raises(ZhbriefError, match="another zhbrief batch"):
        Journal(tmp_path / "link.jsonl")
    first.close()


def test_the_lock_of_a_killed_run_is_gone(out):
    child = os.fork()
    if child == 0:
        Journal(out)
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    Journal(out).close()


def test_anew_forgets(out):
    journal = Journal(out)
    journal.add(finished(1))
    journal.commit()
    journal.close()
    Journal(out, anew=True).close()
    assert rows(out, [1]) == []


def test_a_full_disk_loses_nothing_that_was_committed(out):
    """The limit on a file's size stands in for the disk: writes fail from there on."""
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        journal = Journal(out)
        size = (journal.folder / "finished.sqlite-wal").stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 200_000, -1))
        n = -1
        try:
            for n in range(50):
                journal.add(finished(n, 30_000))
                journal.commit()
        except ZhbriefError as e:
            os._exit(n if "start again" in str(e) and "\n" not in str(e) else 100)
        os._exit(101)
    _, status = os.waitpid(child, 0)
    failed_at = os.waitstatus_to_exitcode(status)
    assert 0 < failed_at < 50
    assert rows(out, range(50)) == list(range(failed_at))


@pytest.mark.parametrize("content", [b"not a database at all, but text" * 100, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_journal_says_what_to_do(out, content):
    Journal(out).close()
    (out.with_name("out.jsonl.journal") / "finished.sqlite").write_bytes(content)
    with pytest.raises(ZhbriefError, match="--no-resume") as told:
        Journal(out)
    assert "\n" not in str(told.value)
    Journal(out, anew=True).close()


def test_the_journal_of_another_version(out):
    import sqlite3

    Journal(out).close()
    with sqlite3.connect(out.with_name("out.jsonl.journal") / "finished.sqlite") as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(ZhbriefError, match="another version"):
        Journal(out)


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(ZhbriefError, match="No such file"):
        Journal(tmp_path / "none" / "out.jsonl")


def test_signatures_are_kept(out):
    journal = Journal(out)
    assert journal.signature(b"k") is None
    journal.sign(b"k", b"signature")
    journal.commit()
    journal.close()
    assert Journal(out).signature(b"k") == b"signature"
