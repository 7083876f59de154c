import gguf as gguf_file
import numpy
import pytest
import torch
from transformers import Qwen2Config, Qwen2ForCausalLM

from nlp.engines import unpack
from nlp.errors import ModelError


@pytest.fixture
def gguf(tmp_path, monkeypatch):
    path = tmp_path / "m.gguf"
    path.write_bytes(b"GGUF")
    return path


@pytest.fixture
def converted(monkeypatch):
    calls = []

    def convert(gguf, adapter, folder):
        calls.append(gguf.read_bytes())
        folder.mkdir()
        (folder / "model.safetensors").write_bytes(gguf.read_bytes())

    monkeypatch.setattr(unpack, "_convert", convert)
    return calls


def unpacked(path):
    return unpack.unpacked(path, lambda *_: None)


def test_a_gguf_is_unpacked_once(gguf, converted):
    folder = unpacked(gguf)
    assert unpacked(gguf) == folder
    assert len(converted) == 1
    assert sorted(p.name for p in folder.iterdir()) == ["model.safetensors", unpack.DONE]


def test_another_file_of_the_same_name_is_unpacked_anew(gguf, converted):
    unpacked(gguf)
    gguf.write_bytes(b"GGUF2")
    assert (unpacked(gguf) / "model.safetensors").read_bytes() == b"GGUF2"


@pytest.mark.parametrize("stopped", [KeyboardInterrupt(), OSError(28, "No space left on device")])
def test_what_is_half_unpacked_is_never_used(gguf, converted, monkeypatch, stopped):
    def half(gguf, adapter, folder):
        folder.mkdir()
        (folder / "config.json").write_text("{}")
        raise stopped

    with monkeypatch.context() as m:
        m.setattr(unpack, "_convert", half)
        with pytest.raises((KeyboardInterrupt, ModelError)):
            unpacked(gguf)
    assert sorted(p.name for p in gguf.parent.iterdir()) == ["m.gguf", "m.unpacked.lock"]
    unpacked(gguf)
    assert len(converted) == 1


def test_a_full_disk_is_told_first(gguf, converted, monkeypatch):
    monkeypatch.setattr(unpack.shutil, "disk_usage", lambda _: type("U", (), {"free": 3})())
    with pytest.raises(ModelError, match="make room"):
        unpacked(gguf)
    assert not converted


def test_no_file(tmp_path):
    with pytest.raises(ModelError, match="no such file"):
        unpacked(tmp_path / "none.gguf")


def test_with_an_adapter_the_weights_are_others_and_lie_elsewhere(gguf, converted, tmp_path):
    adapter = tmp_path / "a.gguf"
    adapter.write_bytes(b"LORA")
    plain, adapted = unpacked(gguf), unpack.unpacked(gguf, lambda *_: None, adapter)
    assert plain != adapted
    adapter.write_bytes(b"LORA2")
    assert unpack.unpacked(gguf, lambda *_: None, adapter) == adapted
    assert len(converted) == 3


def test_what_an_adapter_changes_is_added_as_llama_cpp_adds_it(tmp_path):
    config = Qwen2Config(
        vocab_size=8, hidden_size=8, intermediate_size=16, num_hidden_layers=1, num_attention_heads=2, num_key_value_heads=1
    )  # fmt: skip
    weights = Qwen2ForCausalLM(config)
    projection = weights.model.layers[0].mlp.down_proj
    before = projection.weight.detach().clone()
    start, to = numpy.ones((2, 16), numpy.float16), numpy.full((8, 2), 3, numpy.float16)
    writer = gguf_file.GGUFWriter(tmp_path / "a.gguf", "qwen2")
    writer.add_float32("adapter.lora.alpha", 4.0)
    writer.add_tensor("blk.0.ffn_down.weight.lora_a", start)
    writer.add_tensor("blk.0.ffn_down.weight.lora_b", to)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    unpack._add(tmp_path / "a.gguf", weights)
    # Ones by threes over rank 2 is 6; alpha 4 over rank 2 doubles it.
    torch.testing.assert_close(projection.weight.detach(), before + 12)
