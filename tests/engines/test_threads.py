import os

import pytest

from nlp.engines.threads import cores, sparing, threads
from nlp.errors import UsageError


@pytest.fixture
def cpus(tmp_path, monkeypatch):
    monkeypatch.delenv("ZHBRIEF_THREADS", raising=False)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2, 3}, raising=False)
    for n in range(8):
        topology = tmp_path / f"cpu{n}" / "topology"
        topology.mkdir(parents=True)
        (topology / "physical_package_id").write_text("0\n")
        (topology / "core_id").write_text(f"{n // 2}\n")
    return tmp_path


def test_two_hardware_threads_of_a_core_count_once(cpus):
    assert threads(cpus, cpus / "none") == 2


def test_where_nothing_is_known_of_the_cores_each_counts(cpus):
    assert threads(cpus / "none", cpus / "none") == 4


@pytest.mark.parametrize(("quota", "count"), [("100000 100000", 1), ("max 100000", 2), ("50000 100000", 1), ("", 2)])
def test_a_container_is_given_no_more_threads_than_its_quota(cpus, quota, count):
    (cpus / "cpu.max").write_text(quota)
    assert threads(cpus, cpus / "cpu.max") == count


def test_the_variable_overrides(cpus, monkeypatch):
    monkeypatch.setenv("ZHBRIEF_THREADS", "7")
    assert threads(cpus) == 7


@pytest.mark.parametrize("wrong", ["0", "-1", "two", "1.5", "²"])
def test_a_wrong_variable_is_told(cpus, monkeypatch, wrong):
    monkeypatch.setenv("ZHBRIEF_THREADS", wrong)
    with pytest.raises(UsageError, match="whole number"):
        threads(cpus)


def test_cores_are_spared_for_others(cpus, monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(8)), raising=False)
    with sparing(3):
        assert (threads(cpus, cpus / "none"), cores(cpus, cpus / "none")) == (1, 4)
        with sparing(9):
            assert threads(cpus, cpus / "none") == 1
    assert threads(cpus, cpus / "none") == 4
