import pytest

from nlp.engines.vocabulary import _byte_letters, written

LETTERS = {byte: letter for letter, byte in _byte_letters().items()}


def test_every_byte_has_a_letter_of_its_own():
    assert sorted(LETTERS) == list(range(256))
    assert len(set(LETTERS.values())) == 256


@pytest.mark.parametrize("raw", [b" caf\xc3\xa9", "央行".encode(), b"\xe4", b"\x80\x94", "𠮷".encode(), b"\n", b"\xad"])
def test_byte_level_vocabularies(raw):
    token = "".join(LETTERS[b] for b in raw)
    assert written({"Ġthe": 0, token: 5}) == {0: b" the", 5: raw}


def test_added_tokens_stand_as_they_are():
    assert written({"Ġthe": 0, "<|im_end|>": 1, "｜end｜": 2})[2] == "｜end｜".encode()


@pytest.mark.parametrize(
    ("token", "raw"),
    [
        ("▁café", " café".encode()),
        ("中", "中".encode()),
        ("<0xE4>", b"\xe4"),
        ("▁—", " —".encode()),
        ("<0xZZ>", b"<0xZZ>"),
    ],
)
def test_sentencepiece_vocabularies(token, raw):
    assert written({"▁the": 0, token: 5}) == {0: b" the", 5: raw}
