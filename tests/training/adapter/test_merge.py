import torch

from training.adapter import lora
from training.adapter.merge import mean


def drawn(model, seed):
    dice = torch.Generator().manual_seed(seed)
    return {n: (a, torch.randn(b.shape, generator=dice)) for n, (a, b) in lora.new(model, seed).items()}


def test_a_file_is_read_as_it_was_written(tmp_path, model):
    adapter = drawn(model, 1)
    lora.save(adapter, tmp_path / "a.gguf")
    again = lora.read(tmp_path / "a.gguf")
    assert again.keys() == adapter.keys()
    assert all(torch.allclose(again[n][1], adapter[n][1], atol=1e-2) for n in adapter)


def test_the_mean_is_the_mean_of_what_is_added(model):
    first, second = drawn(model, 1), drawn(model, 2)
    both = mean([first, second], rank=2 * lora.RANK)
    for name, (a, b) in both.items():
        wanted = (first[name][1] @ first[name][0] + second[name][1] @ second[name][0]) / 2
        assert torch.allclose(b @ a, wanted, atol=1e-4)


def test_of_one_adapter_the_mean_is_itself_in_its_own_rank(model):
    adapter = drawn(model, 1)
    alone = mean([adapter, adapter])
    assert all(torch.allclose(alone[n][1] @ alone[n][0], adapter[n][1] @ adapter[n][0], atol=1e-4) for n in adapter)
    assert all(a.shape[0] == lora.RANK for a, _ in alone.values())
