"""A cluster of three nodes on this machine: a head that does no work, and two workers."""

import contextlib
import importlib.util

import pytest

from nlp.batch.ray_data import pulse
from nlp.batch.ray_data.cluster import LOCAL, surround

MEMORY = 100_000_000
NOTICE = {"health_check_initial_delay_ms": 1000, "health_check_period_ms": 1000, "health_check_failure_threshold": 3}
"""A dead node is noticed after three seconds, not fifteen."""


@pytest.fixture(scope="session")
def add_node():
    """Adds a node to the cluster, whose head is the first that was added."""
    if importlib.util.find_spec("ray") is None:
        pytest.skip("Ray is not installed")
    surround(LOCAL)
    from ray.cluster_utils import Cluster

    cluster = Cluster()

    def add(cpus):
        more = {} if cluster.head_node else {"_system_config": NOTICE}
        return cluster, cluster.add_node(num_cpus=cpus, object_store_memory=MEMORY, include_dashboard=False, **more)

    yield add
    cluster.shutdown()


@pytest.fixture(scope="session")
def head(add_node):
    return add_node(0)[0]


@pytest.fixture
def cluster(head, add_node, monkeypatch):
    """The cluster with two workers of one CPU each, whatever a test before has done to them. A test that hangs there fails after a minute."""
    monkeypatch.setattr(pulse, "PATIENCE", 60)
    while len(head.worker_nodes) < 2:
        add_node(1)
    yield head
    with contextlib.suppress(ImportError):
        import ray

        assert not ray.is_initialized()
