"""How Ray is started and joined: nobody else hears of it, and nobody else gets in."""

import http.client
import importlib.util
import ipaddress
import os
import socket
import sys
from pathlib import Path

import pytest

from nlp.batch.ray_data import cluster as module
from nlp.batch.ray_data.cluster import LOCAL, check, joined
from nlp.errors import UsageError, ZhbriefError

LISTENING = "0A"


@pytest.mark.parametrize("address", ["10.0.0.5", "ray://10.0.0.5:10001", "in/", "host:", ":6379", "", "http://a:1"])
def test_what_can_be_no_address(address):
    with pytest.raises(UsageError, match="give the HOST:PORT of a cluster's head, auto, or nothing at all"):
        check(address)


def test_without_ray_one_line_says_what_to_install(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"Ray, which is not installed: pip install 'zhbrief\[ray\]'"):
        check(LOCAL)


def test_a_ray_that_was_imported_open_to_others_is_not_started(monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", object())
    monkeypatch.setenv("RAY_AUTH_MODE", "disabled")
    with pytest.raises(UsageError, match="Ray was imported before"):
        module.surround(LOCAL)


@pytest.mark.parametrize(
    ("address", "loopback"),
    [("127.0.0.1:1", True), ("localhost:1", True), ("[::1]:1", True), ("10.0.0.5:1", False), ("head:1", False)],
)
def test_a_cluster_on_loopback_is_reached_there(monkeypatch, address, loopback):
    for name in (*module._QUIET, *module._LOOPBACK):
        monkeypatch.setenv(name, "as it was")
    module.surround(address)
    assert (os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] == "0") == loopback
    assert os.environ["RAY_USAGE_STATS_ENABLED"] == "0"


@pytest.mark.ray
def test_ports_are_on_loopback_and_tell_nothing_to_who_has_no_key(head):
    with joined(LOCAL) as nodes:
        assert (nodes.count, nodes.gpus) == (1, 0)
        found = list(listening(family(os.getpid())))
    assert len(found) > 5
    assert all(ipaddress.ip_address(host).is_loopback for host, _ in found), found


@pytest.mark.ray
def test_no_port_answers_who_has_no_key(head):
    with joined(LOCAL):
        told = [asked(port) for _, port in listening(family(os.getpid()))]
    assert {401} <= set(told) <= {401, None}


@pytest.mark.ray
def test_a_thread_that_comes_too_late_starts_no_ray_again(cluster):
    import ray

    with joined(cluster.address):
        left = ray.put("left")
    with pytest.raises(ray.exceptions.RaySystemError, match="has not been started"):
        ray.wait([left], timeout=0)


@pytest.mark.ray
def test_what_does_not_answer_is_told_in_one_line(head, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    import ray

    monkeypatch.setattr(ray, "init", lambda **_: (_ for _ in ()).throw(ConnectionError("no\nanswer")))
    with (
        pytest.raises(ZhbriefError, match=f"^Ray cannot be reached at 127.0.0.1:{port}: no answer$"),
        joined(f"127.0.0.1:{port}"),
    ):
        pass


def family(pid):
    """A process and those that it started, and those that these started."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def listening(pids):
    """Host and port of each TCP socket on which one of these processes listens."""
    sockets = set()
    for pid in pids:
        for file in Path(f"/proc/{pid}/fd").glob("*"):
            try:
                sockets.add(str(file.readlink()))
            except (FileNotFoundError, ProcessLookupError):
                continue
    for table, family_, width in (("tcp", socket.AF_INET, 8), ("tcp6", socket.AF_INET6, 32)):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == LISTENING and f"socket:[{fields[9]}]" in sockets:
                host, port = fields[1].split(":")
                words = [bytes.fromhex(host[i : i + 8])[::-1] for i in range(0, width, 8)]
                address = ipaddress.ip_address(socket.inet_ntop(family_, b"".join(words)))
                yield str(getattr(address, "ipv4_mapped", None) or address), int(port, 16)


def asked(port):
    """The status with which a port answers a request over HTTP, or None."""
    there = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        there.request("GET", "/metrics")
        return there.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        there.close()
