import pytest

from nlp.engines.chinese import _byte_letters, chinese_tokens

WRITTEN = {byte: letter for letter, byte in _byte_letters().items()}


def byte_level(raw: bytes) -> str:
    return "".join(WRITTEN[b] for b in raw)


ALLOWED = [b" caf\xc3\xa9", "—".encode(), "“".encode(), "€12".encode(), "Schröder".encode(), b"\xe2", b"\x80\x94"]
FORBIDDEN = [
    "央行".encode(),
    "，".encode(),
    "「".encode(),
    "한".encode(),
    "か".encode(),
    b"\xe4",
    b"\xe5\xa4",
    b"\xef\xbc",
    "𠮷".encode(),
]


def test_byte_level_vocabularies():
    vocabulary = {byte_level(raw): n for n, raw in enumerate([*ALLOWED, *FORBIDDEN])}
    vocabulary["Ġthe"] = 99
    assert chinese_tokens(vocabulary) == list(range(len(ALLOWED), len(ALLOWED) + len(FORBIDDEN)))


@pytest.mark.parametrize(
    ("token", "forbidden"),
    [("▁café", False), ("é", False), ("中", True), ("𠮷", True), ("<0xE4>", True), ("<0xC3>", False), ("▁—", False)],
)
def test_sentencepiece_vocabularies(token, forbidden):
    assert chinese_tokens({"▁the": 0, token: 5}) == ([5] if forbidden else [])
