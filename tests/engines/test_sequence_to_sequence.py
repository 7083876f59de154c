"""Models of the shapes of NLLB, Marian and mT5, built here from random weights: the way through, not what they write."""

import re

import pytest

from nlp.engines import Message, Request, load_engine
from nlp.errors import EngineError

torch = pytest.importorskip("torch")

SOURCE = "Australia in January宣布投入US$800 million。"
GRAMMAR = 'root ::= piece+\npiece ::= char | "800" char\nchar ::= [ A-Za-z.,$]\n'
TEXTS = ["Australia in January said it would spend US$800 million.", "央行今天宣布利率不變。", SOURCE] * 4
SMALL = {
    "d_model": 16, "encoder_layers": 1, "decoder_layers": 1, "encoder_attention_heads": 2, "decoder_attention_heads": 2,
    "encoder_ffn_dim": 32, "decoder_ffn_dim": 32, "max_position_embeddings": 64, "init_std": 0.9,
}  # fmt: skip


def unigram(special):
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

    words = Tokenizer(models.Unigram())
    words.pre_tokenizer = pre_tokenizers.Metaspace()
    words.decoder = decoders.Metaspace()
    words.train_from_iterator(TEXTS, trainers.UnigramTrainer(vocab_size=200, special_tokens=special, unk_token="<unk>"))
    return words


def nllb(folder):
    from transformers import M2M100Config, M2M100ForConditionalGeneration, NllbTokenizer

    special = ["<s>", "<pad>", "</s>", "<unk>", "eng_Latn", "zho_Hant"]
    trained = unigram(special)
    trained.save(str(folder / "tokenizer.json"))
    words = NllbTokenizer.from_pretrained(folder)
    words.save_pretrained(folder)
    ends = {"bos_token_id": 0, "pad_token_id": 1, "eos_token_id": 2, "decoder_start_token_id": 2}
    config = M2M100Config(vocab_size=len(words) + 3, **SMALL, **ends)
    return M2M100ForConditionalGeneration(config), words


def marian(folder):
    import json

    import sentencepiece
    from transformers import MarianConfig, MarianMTModel, MarianTokenizer

    (folder / "texts").write_text("\n".join(TEXTS))
    sentencepiece.SentencePieceTrainer.train(
        input=str(folder / "texts"), model_prefix=str(folder / "source"), vocab_size=45, minloglevel=2
    )
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(folder / "source.model"))
    vocabulary = [
        "</s>",
        "<unk>",
        *(p for p in (pieces.id_to_piece(n) for n in range(len(pieces))) if "<" not in p),
        "<pad>",
    ]
    (folder / "vocab.json").write_text(json.dumps({p: n for n, p in enumerate(dict.fromkeys(vocabulary))}))
    model = str(folder / "source.model")
    words = MarianTokenizer(source_spm=model, target_spm=model, vocab=str(folder / "vocab.json"))
    pad = words.pad_token_id
    config = MarianConfig(
        vocab_size=len(words),
        **SMALL,
        pad_token_id=pad,
        eos_token_id=0,
        decoder_start_token_id=pad,
        forced_eos_token_id=0,
    )
    return MarianMTModel(config), words


def mt5(folder):
    from transformers import MT5Config, MT5ForConditionalGeneration, PreTrainedTokenizerFast

    words = PreTrainedTokenizerFast(
        tokenizer_object=unigram(["<pad>", "</s>", "<unk>", "<extra_id_57>"]),
        pad_token="<pad>",
        eos_token="</s>",
        unk_token="<unk>",
    )
    config = MT5Config(
        vocab_size=len(words) + 20, d_model=16, d_kv=8, d_ff=32, num_layers=1, num_heads=2, decoder_start_token_id=0,
        pad_token_id=0, eos_token_id=1, initializer_factor=9.0,
        task_specific_params={"langid_map": {"english": [3, "<extra_id_57>"]}},
    )  # fmt: skip
    return MT5ForConditionalGeneration(config), words


def loud(model, words):
    """Make a model say figures and Chinese rather than anything else."""
    forbidden = [
        n for token, n in words.get_vocab().items() if re.search(r"[0-9\u3400-\u9fff]", token) and "_" not in token
    ]
    with torch.no_grad():
        model.get_output_embeddings().weight[forbidden] *= 30


@pytest.fixture(scope="module", params=[nllb, marian, mt5], ids=["nllb", "marian", "mt5"])
def engine(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp(request.param.__name__)
    torch.manual_seed(5)
    model, words = request.param(folder)
    loud(model, words)
    model.save_pretrained(folder)
    words.save_pretrained(folder)
    assert not list(folder.glob("*.bin"))
    engine = load_engine("transformers", str(folder))
    engine.shape = request.param.__name__
    yield engine
    engine.close()


def request(source=SOURCE, chat=None, **options):
    messages = chat or (Message("system", "Translate."), Message("user", source or ""))
    return Request(messages, 20, source=source, **options)


def test_the_source_alone_is_read_and_the_same_text_written(engine):
    plain = engine.generate([request()])
    prompted = Request((Message("system", "Write pirate talk. " * 40), Message("user", SOURCE)), 20, source=SOURCE)
    assert engine.generate([prompted]) == plain
    # What is counted is the sentence and what the model wants around it, never the prompt.
    assert engine.count_tokens(SOURCE) <= plain[0].prompt_tokens <= engine.count_tokens(SOURCE) + 2


def test_the_languages_are_told_in_the_models_own_way(engine):
    known = engine._loaded.tokenizer.get_vocab()
    read = engine._loaded.tokenizer(SOURCE)["input_ids"]
    if engine.shape == "nllb":
        assert engine._opening == [2, known["eng_Latn"]]
        assert known["zho_Hant"] in read
    elif engine.shape == "mt5":
        assert engine._opening == [known["<extra_id_57>"]]
    else:
        assert engine._opening == [known["<pad>"]]


def whole(completion):
    """The text without a figure that the last token allowed has cut."""
    return re.sub(r"\d+$", "", completion.text) if completion.finish == "length" else completion.text


def test_figures_are_those_of_the_grammar_and_nothing_is_chinese(engine):
    sources = [SOURCE.replace("800", f"{n}00") for n in range(1, 9)]
    free = "".join(c.text for c in engine.generate([request(s) for s in sources]))
    assert re.search(r"[0-9\u3400-\u9fff]", free), "the model writes no figures anyway: the test shows nothing"
    held = " ".join(map(whole, engine.generate([request(s, grammar=GRAMMAR, forbid_chinese=True) for s in sources])))
    assert not re.search(r"[\u3400-\u9fff]", held)
    assert {*re.findall(r"\d+", held)} <= {"800"}


def test_another_try_follows_several_beams_under_the_same_grammar(engine):
    told = (Message("user", SOURCE), Message("assistant", "x"), Message("user", "That sentence is wrong."))
    again = engine.generate([request(chat=told, grammar=GRAMMAR, forbid_chinese=True)])
    assert again == engine.generate([request(chat=told, grammar=GRAMMAR, forbid_chinese=True)])
    assert re.fullmatch(r"(?:[ A-Za-z.,$]|800)*", whole(again[0]))


def test_a_sentence_too_long_and_a_request_without_one(engine):
    with pytest.raises(EngineError, match="more than the model's"):
        engine.generate([request("央行今天" * 300)])
    with pytest.raises(EngineError, match="use a chat model"):
        engine.generate([request(None)])


def test_a_closed_engine_says_so(tmp_path):
    torch.manual_seed(3)
    model, words = mt5(tmp_path)
    model.save_pretrained(tmp_path)
    words.save_pretrained(tmp_path)
    engine = load_engine("transformers", str(tmp_path))
    engine.close()
    engine.close()
    with pytest.raises(EngineError, match="closed"):
        engine.generate([request()])
