import gguf as gguf_file
import numpy
import torch
from transformers import Qwen2Config, Qwen2ForCausalLM

from nlp.engines import unpack


def test_an_adapter_has_a_folder_of_its_own(tmp_path, monkeypatch):
    made = []
    monkeypatch.setattr(unpack, "derived", lambda gguf, adapter, folder, *_: made.append((adapter, folder.name)))
    unpack.unpacked(tmp_path / "m.gguf")
    unpack.unpacked(tmp_path / "m.gguf", adapter=tmp_path / "a.gguf")
    assert made == [(None, "m.unpacked"), (tmp_path / "a.gguf", "m.adapted")]


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
