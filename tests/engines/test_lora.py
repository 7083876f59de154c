import gguf
import numpy as np

from nlp.engines.lora import low_rank


def test_the_second_matrix_is_scaled_as_llama_cpp_scales_it(tmp_path):
    writer = gguf.GGUFWriter(tmp_path / "a.gguf", "qwen2")
    writer.add_float32("adapter.lora.alpha", 4.0)
    writer.add_tensor("blk.0.ffn_down.weight.lora_a", np.ones((2, 16), np.float16))
    writer.add_tensor("blk.0.ffn_down.weight.lora_b", np.full((8, 2), 3, np.float16))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    ((name, (start, to)),) = low_rank(tmp_path / "a.gguf").items()
    assert name == "blk.0.ffn_down.weight"
    assert (start.shape, to.shape) == ((2, 16), (8, 2))
    assert (to == 6).all()  # alpha 4 over rank 2 doubles it
