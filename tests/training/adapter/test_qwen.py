import gguf
import pytest
import torch
from transformers import Qwen2Config, Qwen2ForCausalLM

from tests.training.adapter.conftest import CPU, GROUPS, HEADS, INNER, LAYERS, WIDTH
from training.adapter import lora
from training.adapter.qwen import left_padded, load

NAMES = {
    "attn_norm": "input_layernorm",
    "ffn_norm": "post_attention_layernorm",
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}
BEGINNING, ROWS = [3, 1, 4, 1, 5, 9], [[2, 6, 5], [3, 5, 8, 9, 7], [9]]


def test_logits_are_those_of_transformers(model):
    size = len(model.embeddings)
    theirs = Qwen2ForCausalLM(
        Qwen2Config(
            vocab_size=size, hidden_size=WIDTH, intermediate_size=INNER, num_hidden_layers=LAYERS, num_attention_heads=HEADS,
            num_key_value_heads=GROUPS, rms_norm_eps=1e-6, rope_theta=10000.0, tie_word_embeddings=False,
        )
    )  # fmt: skip
    state = {"model.embed_tokens.weight": model.embeddings, "lm_head.weight": model.weights["output.weight"]}
    state["model.norm.weight"] = model.weights["output_norm.weight"]
    for name, weight in model.weights.items():
        if name.startswith("blk."):
            _, layer, part, kind = name.split(".")
            state[f"model.layers.{layer}.{NAMES[part]}.{kind}"] = weight
    theirs.load_state_dict(state)
    ids = torch.tensor([BEGINNING])
    with torch.no_grad():
        assert torch.allclose(model.scores(model.hidden(ids)), theirs.eval()(ids).logits, atol=1e-3)


def test_quantised_weights_are_read_as_plain_ones(tmp_path, model):
    packed = gguf.quantize(model.embeddings.numpy(), gguf.GGMLQuantizationType.Q8_0)
    writer = gguf.GGUFWriter(tmp_path / "q8.gguf", "qwen2")
    writer.add_block_count(LAYERS)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(GROUPS)
    writer.add_layer_norm_rms_eps(1e-6)
    writer.add_rope_freq_base(10000.0)
    writer.add_tensor("token_embd.weight", packed, raw_dtype=gguf.GGMLQuantizationType.Q8_0)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    found = load(tmp_path / "q8.gguf", CPU, torch.float32)
    assert found.shape == model.shape
    assert torch.allclose(found.embeddings, model.embeddings, atol=0.02)
    assert load(tmp_path / "q8.gguf", CPU, torch.bfloat16).dtype == torch.bfloat16


def test_rows_behind_a_beginning_read_as_if_they_began_with_it(model):
    tokens, padding = left_padded(ROWS, 0, CPU)
    behind = model.hidden_after(model.beginning(BEGINNING), tokens, padding, [])[:, -1]
    for row, found in zip(ROWS, behind, strict=True):
        assert torch.allclose(model.hidden(torch.tensor([BEGINNING + row]))[0, -1], found, atol=1e-4)


def test_rows_are_read_on_where_they_stopped(model):
    tokens, padding = left_padded(ROWS, 0, CPU)
    before, own = model.beginning(BEGINNING), []
    whole = model.hidden_after(before, tokens, padding, [])[:, -1]
    model.hidden_after(before, tokens[:, :-1], padding.clamp(max=4), own)
    assert torch.allclose(model.hidden_after(before, tokens[:, -1:], padding, own)[:2, -1], whole[:2], atol=1e-4)


def test_the_first_text_is_the_likeliest_and_its_confidence_that_of_its_tokens(model):
    end, before = 0, model.beginning(BEGINNING)
    forbidden = torch.tensor([7, 8])
    texts = model.generate(before, ROWS, 3, 6, forbidden, end)
    assert [len(t) for t in texts] == [3, 3, 3]
    for row, (first, *_) in zip(ROWS, texts, strict=True):
        tokens, total = list(BEGINNING + row), 0.0
        for token in first.tokens + [end] * first.finished:
            chances = torch.log_softmax(model.scores(model.hidden(torch.tensor([tokens]))[0, -1]), -1)
            assert token == chances.index_fill(0, forbidden, -torch.inf).argmax()
            total += float(chances[token])
            tokens.append(token)
        assert first.confidence == pytest.approx(total / (len(first.tokens) + first.finished), abs=1e-3)


def test_what_is_forbidden_is_never_written(model):
    forbidden = torch.arange(len(model.embeddings))[50:]
    texts = model.generate(model.beginning(BEGINNING), ROWS, 8, 6, forbidden, 0)
    assert all(token < 50 for some in texts for text in some for token in text.tokens)


def test_a_new_adapter_changes_nothing_and_what_b_holds_is_added(model):
    ids = torch.tensor([BEGINNING])
    adapter = lora.new(model, 0)
    plain = model.hidden(ids)
    assert torch.equal(model.adapted(adapter, 2.0).hidden(ids), plain)
    a, b = adapter["blk.1.ffn_down"]
    adapter["blk.1.ffn_down"] = a, b + 0.1
    merged = dict(model.weights)
    merged["blk.1.ffn_down.weight"] = merged["blk.1.ffn_down.weight"] + 2.0 * (b + 0.1) @ a
    found = model.adapted(adapter, 2.0).hidden(ids)
    assert torch.allclose(found, type(model)(model.shape, merged).hidden(ids), atol=1e-4)
    assert not torch.allclose(found, plain, atol=1e-2)
