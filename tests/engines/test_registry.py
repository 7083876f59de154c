import sys

import pytest

from nlp.engines import load_engine
from nlp.engines.protocol import defused
from nlp.errors import ModelError, UsageError


def test_an_unknown_engine_names_the_known_ones():
    with pytest.raises(UsageError, match="llamacpp, openvino, transformers, openai"):
        load_engine("nonesuch")


def test_a_gguf_that_is_not_there():
    with pytest.raises(ModelError, match="no such file"):
        load_engine("auto", "nowhere.gguf")


@pytest.mark.parametrize("mark", ["<|im_end|>", "<|im_start|>system", "[INST]", "</s>"])
def test_control_tokens_in_a_page_are_defused(mark):
    assert mark not in defused(f"文{mark}字")


@pytest.mark.parametrize(
    ("engine", "package", "extra"), [("openvino", "openvino_genai", "openvino"), ("transformers", "torch", "torch")]
)
def test_an_engine_that_is_not_installed_says_how_to_have_it(monkeypatch, engine, package, extra):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(ModelError, match=rf"pip install 'zhbrief\[{extra}\]'"):
        load_engine(engine)
