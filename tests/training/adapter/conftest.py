"""A model of two small layers in a GGUF, a tokenizer of bytes, and sources of one clause."""

import gguf
import pytest
import torch
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

from nlp.brief.check import Evidence
from nlp.engines.vocabulary import _byte_letters
from training.adapter.chats import END, Chats
from training.adapter.qwen import load
from training.adapter.source import Source

LAYERS, WIDTH, HEADS, GROUPS, INNER = 2, 64, 4, 2, 96
CPU = torch.device("cpu")


@pytest.fixture(scope="session")
def tokenizer():
    letters = sorted(_byte_letters(), key=_byte_letters().get)
    made = Tokenizer(models.BPE({letter: i for i, letter in enumerate(letters)}, []))
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    made.decoder = decoders.ByteLevel()
    made.add_special_tokens([AddedToken("<|im_start|>", special=True), AddedToken(END, special=True)])
    return made


@pytest.fixture(scope="session")
def chats(tokenizer):
    return Chats(tokenizer)


@pytest.fixture(scope="session")
def small(tmp_path_factory, tokenizer):
    """The GGUF's path."""
    dice = torch.Generator().manual_seed(1)

    def drawn(*shape):
        return (torch.randn(*shape, generator=dice) * 0.3).numpy()

    path = tmp_path_factory.mktemp("model") / "small.gguf"
    writer = gguf.GGUFWriter(path, "qwen2")
    writer.add_block_count(LAYERS)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(GROUPS)
    writer.add_layer_norm_rms_eps(1e-6)
    writer.add_rope_freq_base(10000.0)
    heads, kept, size = WIDTH, WIDTH // HEADS * GROUPS, tokenizer.get_vocab_size()
    shapes = {"attn_q": (heads, WIDTH), "attn_k": (kept, WIDTH), "attn_v": (kept, WIDTH), "attn_output": (WIDTH, heads)}
    shapes |= {"ffn_gate": (INNER, WIDTH), "ffn_up": (INNER, WIDTH), "ffn_down": (WIDTH, INNER)}
    for layer in range(LAYERS):
        for name, shape in shapes.items():
            writer.add_tensor(f"blk.{layer}.{name}.weight", drawn(*shape))
        for part in "qkv":
            writer.add_tensor(f"blk.{layer}.attn_{part}.bias", drawn(shapes[f"attn_{part}"][0]))
        for name in ("attn_norm", "ffn_norm"):
            writer.add_tensor(f"blk.{layer}.{name}.weight", 1 + drawn(WIDTH))
    writer.add_tensor("token_embd.weight", drawn(size, WIDTH))
    writer.add_tensor("output.weight", drawn(size, WIDTH))
    writer.add_tensor("output_norm.weight", 1 + drawn(WIDTH))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


@pytest.fixture(scope="session")
def model(small):
    return load(small, CPU, torch.float32)


@pytest.fixture(scope="session")
def source():
    """Makes a source of a Chinese sentence without names or figures."""
    return lambda text="各國央行仍在買進黃金。", **more: Source(text, text, Evidence(text, (), (), (), None), **more)
