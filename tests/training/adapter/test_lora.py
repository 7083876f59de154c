import gguf
import numpy as np

from training.adapter import lora


def test_the_file_has_what_llama_cpp_looks_for(tmp_path, model):
    adapter = lora.new(model, 0)
    lora.save(adapter, tmp_path / "a.gguf")
    reader = gguf.GGUFReader(tmp_path / "a.gguf")
    told = {k: reader.get_field(k).contents() for k in ("general.architecture", "general.type", "adapter.type")}
    assert told == {"general.architecture": "qwen2", "general.type": "adapter", "adapter.type": "lora"}
    assert reader.get_field("adapter.lora.alpha").contents() == lora.RANK * lora.SCALE
    tensors = {t.name: t.data for t in reader.tensors}
    assert len(tensors) == 2 * len(lora.PARTS) * model.shape.layers
    a, b = adapter["blk.1.attn_k"]
    assert np.array_equal(tensors["blk.1.attn_k.weight.lora_a"], a.numpy().astype(np.float16))
    assert tensors["blk.1.attn_k.weight.lora_b"].shape == b.shape


def test_the_same_seed_gives_the_same_adapter(model):
    one, other = lora.new(model, 3), lora.new(model, 3)
    assert all((one[name][0] == other[name][0]).all() for name in one)
