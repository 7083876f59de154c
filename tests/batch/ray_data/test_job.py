import pytest

from nlp.batch.ray_data.cluster import Nodes
from nlp.batch.ray_data.job import Layout, layout
from nlp.pipeline import Options

CPUS = Nodes(count=3, cpus_each=8, cpus=24, gpus=0)
GPUS = Nodes(count=2, cpus_each=16, cpus=32, gpus=8)


@pytest.mark.parametrize(
    ("options", "nodes", "workers", "wanted"),
    [
        (Options(task="entities"), CPUS, None, Layout(1)),
        (Options(task="clean"), GPUS, 5, Layout(1)),
        (Options(), CPUS, None, Layout(8, engines=3, seats=1)),
        (Options(), CPUS, 5, Layout(8, engines=5, seats=2)),
        (Options(engine="transformers"), GPUS, None, Layout(1, engines=8, gpus=1)),
        (Options(task="translate", engine="transformers"), GPUS, 16, Layout(1, engines=16, gpus=0.5)),
        (Options(engine="transformers"), CPUS, None, Layout(8, engines=3, seats=1)),
        (Options(), GPUS, None, Layout(16, engines=2, seats=1)),  # llama.cpp runs on CPUs here
    ],
)
def test_layout(options, nodes, workers, wanted):
    assert layout(options, nodes, workers) == wanted
