import os
import select
import signal

import pytest

from nlp.batch.ray_data import seats
from nlp.batch.ray_data.seats import seat, set_threads
from nlp.engines.threads import threads


def child(work):
    """The process id of a copy of this process that does ``work`` and ends."""
    pid = os.fork()
    if pid == 0:
        try:
            work()
        finally:
            os._exit(0)
    return pid


def test_who_comes_when_all_seats_are_taken_waits_until_one_is_free(tmp_path):
    begin, sat = os.pipe(), os.pipe()

    def sit():
        os.read(begin[0], 1)
        with seat(tmp_path, "node", 1):
            os.write(sat[1], b"sat")

    waiting = child(sit)  # before the seat is taken here, or it would have inherited it
    os.set_blocking(sat[0], False)
    with seat(tmp_path, "node", 1), seat(tmp_path, "other", 1):
        os.write(begin[1], b"!")
        assert not select.select([sat[0]], [], [], 0.2)[0]
    os.waitpid(waiting, 0)
    assert os.read(sat[0], 3) == b"sat"


def test_a_node_with_two_seats(tmp_path):
    with seat(tmp_path, "node", 2), seat(tmp_path, "node", 2):
        pass


def test_the_seat_of_a_dead_process_is_free(tmp_path):
    reading, writing = os.pipe()

    def sit():
        with seat(tmp_path, "node", 1):
            os.write(writing, b"sat")
            signal.pause()

    sitting = child(sit)
    assert os.read(reading, 3) == b"sat"
    os.kill(sitting, signal.SIGKILL)
    os.waitpid(sitting, 0)
    with seat(tmp_path, "node", 1):
        pass


@pytest.mark.parametrize(("cores", "count", "each"), [(1, 1, 1), (2, 1, 2), (3, 2, 1), (4, 1, 3), (9, 2, 4), (4, 8, 1)])
def test_threads_of_a_seat(monkeypatch, cores, count, each):
    monkeypatch.setattr(seats, "cores", lambda: cores)
    monkeypatch.setenv("ZHBRIEF_THREADS", str(cores))
    set_threads(count)
    assert threads() == each
