import pytest

from nlp.batch.layout import Layout, layout


@pytest.mark.parametrize(
    ("task", "workers", "cores", "laid_out"),
    [
        ("entities", None, 2, Layout(2)),
        ("clean", None, 1, Layout()),
        ("entities", 1, 8, Layout()),
        ("entities", 3, 2, Layout(3)),
        ("brief", None, 2, Layout()),
        ("brief", 2, 2, Layout(2, turns=True)),
        ("brief", None, 4, Layout(1)),
        ("translate", 3, 16, Layout(3)),
        ("brief", 0, 16, Layout()),
    ],
)
def test_who_annotates_and_when(task, workers, cores, laid_out):
    assert layout(task, workers, cores) == laid_out


def test_a_model_leaves_cores_to_those_who_work_while_it_writes():
    assert [Layout(3).spares, Layout(3, turns=True).spares, Layout().spares] == [3, 0, 0]
