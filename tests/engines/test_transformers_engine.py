"""A model of a few thousand random weights: what it writes is nonsense, but always the same nonsense."""

import re
from dataclasses import replace

import pytest

from nlp.engines import Message, Request
from nlp.engines.transformers_engine import TransformersEngine, load
from nlp.errors import EngineError, ModelError

torch = pytest.importorskip("torch")

TEMPLATE = (
    "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


SMALL = {
    "hidden_size": 32, "intermediate_size": 64, "num_attention_heads": 2, "num_key_value_heads": 1,
    "max_position_embeddings": 256, "initializer_range": 0.5,
}  # fmt: skip


def words(folder):
    """A small tokenizer, saved in ``folder``; gives how many tokens it has and the number of the one that ends a text."""
    from tokenizers import ByteLevelBPETokenizer
    from transformers import PreTrainedTokenizerFast

    bpe = ByteLevelBPETokenizer()
    special = ["<|im_start|>", "<|im_end|>"]
    bpe.train_from_iterator(["The bank said. 央行今天宣布利率不變。"] * 3, vocab_size=300, special_tokens=special)
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=bpe._tokenizer, eos_token="<|im_end|>", pad_token="<|im_end|>")
    tokenizer.chat_template = TEMPLATE
    tokenizer.save_pretrained(folder)
    return {"vocab_size": len(tokenizer), "eos_token_id": tokenizer.eos_token_id}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    from transformers import Qwen2Config, Qwen2ForCausalLM

    folder = tmp_path_factory.mktemp("model")
    known = words(folder)
    torch.manual_seed(1)
    Qwen2ForCausalLM(Qwen2Config(num_hidden_layers=2, **SMALL, **known)).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def engine(folder):
    engine = load(str(folder))
    yield engine
    engine.close()


def request(text, **options):
    return Request((Message("system", "Translate."), Message("user", text)), 12, **options)


ROUNDED = 0.01
"""How far confidences may differ where processors compute in bfloat16."""


def same(ones, others):
    """Whether completions are the same, but for how a sum is rounded."""
    plain = [[replace(c, confidence=None) for c in cs] for cs in (ones, others)]
    return plain[0] == plain[1] and [c.confidence for c in ones] == pytest.approx(
        [c.confidence for c in others], abs=ROUNDED
    )


def test_greedy_text_is_always_the_same(engine):
    first, again = engine.generate([request("央行")]), engine.generate([request("央行")])
    assert first == again
    assert first[0].completion_tokens <= 12
    assert engine.context_tokens == 256


def test_what_is_shared_is_read_once_and_changes_nothing(engine):
    texts = ["央行今天", "利率不變。", "央行今天"]
    plain = engine.generate([request(t) for t in texts])
    assert same(engine.generate([request(t, shared=1) for t in texts]), plain)
    assert len(engine._beginnings) == 1


def test_no_chinese_is_written_where_it_is_forbidden(engine):
    texts = [f"央行{n}" for n in range(12)]
    free = "".join(c.text for c in engine.generate([request(t) for t in texts]))
    assert re.search(r"[\u3400-\u9fff\ufffd]", free), "the model writes no Chinese anyway: the test shows nothing"
    held = "".join(c.text for c in engine.generate([request(t, forbid_chinese=True) for t in texts]))
    assert not re.search(r"[\u3400-\u9fff]", held)


def batched(engine, monkeypatch):
    """Make the engine what it is on a GPU, but for batches of three; gives the size of each, as they come."""
    sizes = []
    completed = engine._completed
    monkeypatch.setattr(engine, "together", 3)
    monkeypatch.setattr(engine, "_completed", lambda batch: (sizes.append(len(batch)), completed(batch))[1])
    return sizes


SEVERAL = ["央", "央行今天宣布利率不變。", "The bank said.", "央行今天", "The", "利率不變。利率不變。", "bank"]


@pytest.mark.parametrize("options", [{}, {"shared": 1}, {"forbid_chinese": True, "shared": 1}])
def test_several_at_once_are_what_they_are_one_by_one(engine, options, monkeypatch):
    requests = [request(t, **options) for t in SEVERAL]
    alone = engine.generate(requests)
    sizes = batched(engine, monkeypatch)
    assert same(engine.generate(requests), alone)
    assert sizes == [3, 3, 1]


def test_a_model_whose_state_cannot_be_repeated_reads_each_prompt_whole(tmp_path, monkeypatch):
    from transformers import Qwen3NextConfig, Qwen3NextForCausalLM

    known = words(tmp_path)
    torch.manual_seed(1)
    heads = {f"linear_{name}": 2 for name in ("num_key_heads", "num_value_heads")}
    heads |= {"linear_key_head_dim": 16, "linear_value_head_dim": 16, "head_dim": 16}
    config = Qwen3NextConfig(
        num_hidden_layers=4, mlp_only_layers=[0, 1, 2, 3], num_experts=2, **heads, **SMALL, **known
    )
    Qwen3NextForCausalLM(config).save_pretrained(tmp_path)
    engine = load(str(tmp_path))
    requests = [request(t, shared=1) for t in SEVERAL]
    alone = engine.generate([replace(r, shared=0) for r in requests])
    assert same(engine.generate(requests), alone)
    sizes = batched(engine, monkeypatch)
    assert same(engine.generate(requests), alone)
    assert sizes == [3, 3, 1]


def test_what_begins_or_may_grow_otherwise_goes_apart(engine, monkeypatch):
    requests = [request(t, shared=n % 2) for n, t in enumerate(SEVERAL)]
    requests[2] = replace(requests[2], max_tokens=5)
    requests[3] = Request((Message("system", "Write."), Message("user", "央行")), 12, shared=1)
    alone = engine.generate(requests)
    sizes = batched(engine, monkeypatch)
    assert same(engine.generate(requests), alone)
    assert sorted(sizes) == [1, 1, 2, 3]


def test_where_there_is_no_room_for_a_batch_it_is_halved(engine, monkeypatch):
    requests = [request(t, shared=1) for t in SEVERAL]
    alone = engine.generate(requests)
    completed = engine._completed

    def full(batch):
        if len(batch) > 1:
            raise torch.OutOfMemoryError("no room")
        return completed(batch)

    monkeypatch.setattr(engine, "_completed", full)
    sizes = batched(engine, monkeypatch)
    assert same(engine.generate(requests), alone)
    assert sizes == [3, 1, 2, 1, 1, 3, 1, 2, 1, 1, 1]


def scored(engine, monkeypatch, request):
    """A completion, and the logarithms of the probabilities of its tokens, asked of the model itself."""
    new = []
    completion = engine._loaded.completion
    monkeypatch.setattr(
        engine._loaded, "completion", lambda r, n, tokens, sure: (new.extend(tokens), completion(r, n, tokens, sure))[1]
    )
    (done,) = engine.generate([request])
    read = engine._tokens(request.messages, prompt=True)
    logits = engine._loaded.weights(torch.tensor([read + new])).logits[0, len(read) - 1 : -1].float()
    return done, logits.log_softmax(-1).gather(1, torch.tensor([new]).T).flatten().tolist()


def test_confidence_is_of_the_models_own_distribution_without_the_end(engine, monkeypatch):
    long, probable = scored(engine, monkeypatch, request("The bank said.", grammar="root ::= [a-z]*"))
    assert long.finish == "length"
    assert long.confidence == pytest.approx(sum(probable) / 12, abs=ROUNDED)
    short, probable = scored(engine, monkeypatch, request("The bank said.", grammar='root ::= "Z"'))
    assert (short.text, short.finish, len(probable)) == ("Z", "stop", 2)
    assert short.confidence == pytest.approx(probable[0], abs=ROUNDED)
    assert short.confidence < -1


def test_stops_and_lengths(engine):
    texts = [f"央行{n}" for n in range(9)]
    text, full = max(
        zip(texts, engine.generate([request(t) for t in texts]), strict=True), key=lambda p: len(p[1].text)
    )
    stop = full.text[3]
    (cut,) = engine.generate([request(text, stop=(stop,))])
    assert cut.text == full.text.partition(stop)[0]
    assert cut.finish == "stop"


def test_seeds_count_above_temperature_zero(engine):
    one, two = (engine.generate([request("央行", temperature=1.0, seed=s)])[0].text for s in (1, 2))
    assert one == engine.generate([request("央行", temperature=1.0, seed=1)])[0].text
    assert one != two


def test_a_control_token_in_a_page_stays_text(engine):
    assert engine.count_tokens("<|im_end|>") > 1


def test_a_text_too_long_for_the_context(engine):
    with pytest.raises(EngineError, match="more than the model's 256"):
        engine.generate([request("央行" * 300)])


def test_pickled_weights_are_refused(folder, tmp_path):
    for file in folder.iterdir():
        if file.suffix == ".json":
            (tmp_path / file.name).write_bytes(file.read_bytes())
    torch.save({}, tmp_path / "pytorch_model.bin")
    with pytest.raises(ModelError, match="transformers cannot load it"):
        load(str(tmp_path))


def test_a_closed_engine_says_so(folder):
    engine = TransformersEngine(str(folder), "m")
    engine.close()
    engine.close()
    with pytest.raises(EngineError, match="closed"):
        engine.generate([request("央行")])


def test_without_torch_one_line_says_what_to_install(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "torch", None)
    with pytest.raises(ModelError, match=r"pip install 'zhbrief\[torch\]'"):
        load()
