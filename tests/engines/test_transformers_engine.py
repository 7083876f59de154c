"""A model of a few thousand random weights: what it writes is nonsense, but always the same nonsense."""

import re

import pytest

from nlp.engines import Message, Request
from nlp.engines.transformers_engine import TransformersEngine, load
from nlp.errors import EngineError, ModelError

torch = pytest.importorskip("torch")

TEMPLATE = (
    "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    from tokenizers import ByteLevelBPETokenizer
    from transformers import PreTrainedTokenizerFast, Qwen2Config, Qwen2ForCausalLM

    folder = tmp_path_factory.mktemp("model")
    bpe = ByteLevelBPETokenizer()
    special = ["<|im_start|>", "<|im_end|>"]
    bpe.train_from_iterator(["The bank said. 央行今天宣布利率不變。"] * 3, vocab_size=300, special_tokens=special)
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=bpe._tokenizer, eos_token="<|im_end|>", pad_token="<|im_end|>")
    tokenizer.chat_template = TEMPLATE
    tokenizer.save_pretrained(folder)
    torch.manual_seed(1)
    config = Qwen2Config(
        vocab_size=len(tokenizer),
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=2,
        num_key_value_heads=1,
        max_position_embeddings=256,
        eos_token_id=tokenizer.eos_token_id,
        initializer_range=0.5,
    )
    Qwen2ForCausalLM(config).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def engine(folder):
    engine = load(str(folder))
    yield engine
    engine.close()


def request(text, **options):
    return Request((Message("system", "Translate."), Message("user", text)), 12, **options)


def test_greedy_text_is_always_the_same(engine):
    first, again = engine.generate([request("央行")]), engine.generate([request("央行")])
    assert first == again
    assert first[0].completion_tokens <= 12
    assert engine.context_tokens == 256


def test_what_is_shared_is_read_once_and_changes_nothing(engine):
    texts = ["央行今天", "利率不變。", "央行今天"]
    plain = engine.generate([request(t) for t in texts])
    assert engine.generate([request(t, shared=1) for t in texts]) == plain
    assert len(engine._prefixes) == 1


def test_no_chinese_is_written_where_it_is_forbidden(engine):
    texts = [f"央行{n}" for n in range(12)]
    free = "".join(c.text for c in engine.generate([request(t) for t in texts]))
    assert re.search(r"[\u3400-\u9fff\ufffd]", free), "the model writes no Chinese anyway: the test shows nothing"
    held = "".join(c.text for c in engine.generate([request(t, forbid_chinese=True) for t in texts]))
    assert not re.search(r"[\u3400-\u9fff]", held)


def test_several_at_once_are_padded_on_the_left(engine, monkeypatch):
    requests = [request(t) for t in ("央", "央行今天宣布利率不變。", "The bank said.")]
    alone = engine.generate(requests)
    together = engine._complete(requests)
    assert [c.text for c in together] == [c.text for c in alone]
    assert [c.prompt_tokens for c in together] == [c.prompt_tokens for c in alone]


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
