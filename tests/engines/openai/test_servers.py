import pytest

from nlp.engines.openai.servers import Server, at_most


@pytest.mark.parametrize(
    ("text", "real"), [("", 0), ("利率", 6), ("rates", 5), ("\ufdfa", 33), ("\ud800", 3)]
)  # an Arabic ligature is eighteen characters once a tokenizer has normalised it
def test_no_tokenizer_makes_more_tokens_than_bytes(text, real):
    assert at_most(text) == real + 1


@pytest.mark.parametrize(
    ("version", "field"),
    [
        ("0.10.2", "guided_grammar"),
        ("0.11.0", "structured_outputs"),
        ("0.13.1+cu129", "structured_outputs"),
        ("dev", "structured_outputs"),
        ("", "structured_outputs"),
    ],
)
def test_the_field_for_a_grammar_by_the_version_of_vllm(version, field):
    assert set(Server("vllm", version, "m", 1).constrained("root ::= x")) == {field}


def test_a_file_of_the_servers_machine_is_shown_by_its_name():
    assert Server("llama.cpp", "", "/srv/secret/m.gguf", 1).shown == "m.gguf"
    assert Server("vllm", "", "org/model", 1).shown == "org/model"
