"""Ray started on this machine, or joined where it runs.

What is started here is reached through loopback alone and asks for a key, as all that zhbrief opens: Ray itself would listen on the
machine's address and let in whoever comes. Its log, its dashboard and its reports of usage stay off.
"""

from __future__ import annotations

import contextlib
import importlib.util
import ipaddress
import logging
import os
import secrets
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass

from nlp.errors import UsageError, ZhbriefError

LOCAL = "local"
"""The address that means: start Ray here, for this run alone."""
OBJECT_STORE = 256_000_000
"""Bytes of shared memory for what goes from one worker to the next; groups of records are small, and few are on their way at once."""
_QUIET = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_DATA_LOG_LEVEL": "CRITICAL",
    "RAY_BACKEND_LOG_LEVEL": "fatal",
    "RAY_enable_metrics_collection": "0",
    "AUTOSCALER_METRIC_PORT": "-1",  # no port can have this number: one that asks for no key stays closed
    "RAY_ENABLE_AUTO_CONNECT": "0",  # else a thread of Ray Data that comes too late starts or joins a Ray again when all is over
}
_LOOPBACK = {"RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0"}
"""What makes Ray use loopback, as it does by itself where firewalls ask the user about every port."""

_KEY = {"RAY_AUTH_MODE": "token"}


@dataclass(frozen=True)
class Nodes:
    """What a cluster has: how many nodes with CPUs for tasks, the fewest CPUs on one, all their CPUs and GPUs, and the ids of other nodes."""

    count: int
    cpus_each: int
    cpus: int
    gpus: int
    others: tuple[str, ...] = ()


@contextlib.contextmanager
def joined(address: str) -> Iterator[Nodes]:
    """Ray, while the context lasts: :data:`LOCAL`, ``auto`` or ``HOST:PORT``.

    Raises :class:`nlp.errors.UsageError` where Ray is not installed and :class:`nlp.errors.ZhbriefError` where it cannot be had.
    """
    check(address)
    surround(address)
    import ray
    import ray.data

    with contextlib.ExitStack() as until:
        more: dict[str, object] = {}
        if address == LOCAL:
            more = {
                "include_dashboard": False,
                "object_store_memory": OBJECT_STORE,
                "_temp_dir": until.enter_context(_folder()),
            }
        try:
            with _unheard():
                ray.init(address=address, logging_level=logging.CRITICAL, log_to_driver=False, **more)
        except Exception as e:
            told = " ".join(str(e).split()) or type(e).__name__
            where = "cannot be started here" if address == LOCAL else f"cannot be reached at {address}"
            raise ZhbriefError(f"Ray {where}: {told}") from e
        until.callback(ray.shutdown)
        # What it says of workers and nodes that die goes to standard output, and this is the one switch for it.
        ray._private.worker._worker_logs_enabled = False
        yield _nodes()


def surround(address: str) -> None:
    """Set the variables of this process's environment that Ray heeds; it reads some of them when it is imported.

    Raises :class:`nlp.errors.UsageError` where that has happened without those that keep a Ray of our own to ourselves.
    """
    wanted = dict(_QUIET)
    if address == LOCAL or _is_loopback(address):
        wanted |= _LOOPBACK
    if address == LOCAL:
        wanted |= _KEY
        if "ray" in sys.modules and any(os.environ.get(name) != value for name, value in (_LOOPBACK | _KEY).items()):
            raise UsageError(
                "Ray was imported before it could be told to stay on loopback and ask for a key; start it and name its address"
            )
        os.environ.setdefault("RAY_AUTH_TOKEN", secrets.token_hex(32))
    os.environ.update(wanted)


def _nodes() -> Nodes:
    import ray

    alive = {n["NodeID"]: n["Resources"] for n in ray.nodes() if n["Alive"]}
    found = [resources for resources in alive.values() if resources.get("CPU")]
    others = tuple(node for node, resources in alive.items() if not resources.get("CPU"))
    cpus = [int(resources["CPU"]) for resources in found]
    if not cpus:
        raise ZhbriefError("Ray has no node with a CPU for tasks")
    return Nodes(len(cpus), max(1, min(cpus)), sum(cpus), int(sum(r.get("GPU", 0) for r in found)), others)


def check(address: str) -> None:
    """Raise :class:`nlp.errors.UsageError` for what can be no address, and where Ray is not installed."""
    host, _, port = address.rpartition(":")
    if address not in (LOCAL, "auto") and not (host and "/" not in host and port.isdigit()):
        raise UsageError(f"--ray {address}: give the HOST:PORT of a cluster's head, auto, or nothing at all")
    if importlib.util.find_spec("ray") is None:
        raise UsageError("--ray needs Ray, which is not installed: pip install 'zhbrief[ray]'")


def _is_loopback(address: str) -> bool:
    host = address.rpartition(":")[0].strip("[]")
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@contextlib.contextmanager
def _unheard() -> Iterator[None]:
    """Keep standard error from what Ray's native part writes there while it starts: how loud it is, how often it tried. Errors are raised besides."""
    sys.stderr.flush()
    kept = os.dup(2)
    try:
        with open(os.devnull, "w") as nowhere:  # noqa: PTH123 - no path
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


@contextlib.contextmanager
def _folder() -> Iterator[str]:
    """A folder of this user alone for Ray's sockets and logs; its path has to be short, since sockets are in it."""
    folder = tempfile.mkdtemp(prefix="zhbrief-ray-", dir="/tmp")
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
