"""Grammars held token by token: a vocabulary of single bytes and a few words, and nothing random."""

import pytest

from nlp.brief.grammar import grammar_for
from nlp.brief.ground import Grounded
from nlp.engines.llamacpp import NO_CHINESE
from nlp.errors import EngineError
from nlp.types import Span

torch = pytest.importorskip("torch")

from nlp.engines.constraint import Constraint, Grammars  # noqa: E402


@pytest.fixture(scope="module")
def words():
    from tokenizers import ByteLevelBPETokenizer
    from transformers import PreTrainedTokenizerFast

    bpe = ByteLevelBPETokenizer()
    bpe.train_from_iterator(["Gold rose 36% to US$12,000 央行"] * 3, vocab_size=290, special_tokens=["<end>"])
    return PreTrainedTokenizerFast(tokenizer_object=bpe._tokenizer, eos_token="<end>", pad_token="<end>")


@pytest.fixture(scope="module")
def grammars(words):
    return Grammars(words, len(words) + 5, [words.eos_token_id])


FIGURES = grammar_for(Grounded(Span(0, 1), "", "Gold rose 36% to US$12,000", ()))


def allowed(held, rows, words):
    """The tokens that may follow each row."""
    scores = held(torch.tensor(rows, dtype=torch.long), torch.zeros(len(rows), len(words) + 5))
    return [set((row == 0).nonzero().flatten().tolist()) for row in scores]


def accepted(grammars, words, gbnf, text):
    """How much of ``text`` the grammar lets be written, and whether it may end there."""
    held = Constraint(grammars, [gbnf], 0)
    for n, token in enumerate(tokens := words.encode(text)):
        if token not in allowed(held, [tokens[:n]], words)[0]:
            return words.decode(tokens[:n])
    may_end = words.eos_token_id in allowed(held, [tokens], words)[0]
    return words.decode(tokens) + ("" if may_end else "…")


@pytest.mark.parametrize(
    ("gbnf", "text", "written"),
    [
        (FIGURES, "Gold rose 36%, he said — “fine”.", "Gold rose 36%, he said — “fine”."),
        (FIGURES, "US$12,000 é Ж", "US$12,000 é "),
        (FIGURES, "Gold rose 37%", "Gold rose 3"),
        (FIGURES, "Gold rose 36", "Gold rose 36…"),
        (FIGURES, "央", ""),
        (NO_CHINESE, "Schröder — €5\n央行", "Schröder — €5\n"),
        ('root ::= "yes" | "no"', "yesno", "yes"),
    ],
)
def test_only_what_the_grammar_has_is_written(grammars, words, gbnf, text, written):
    got = accepted(grammars, words, gbnf, text)
    # A token may be cut inside a character: bytes that begin a forbidden one are not written either.
    assert got.replace("\ufffd", "") == written


@pytest.mark.parametrize("broken", ["root ::= [a-", "root ::= nowhere", "nonsense", 'start ::= "a"'])
def test_a_grammar_with_a_fault(grammars, broken):
    with pytest.raises(EngineError, match="the grammar cannot be read") as e:
        grammars.matcher(broken)
    assert "\n" not in str(e.value)


def test_rows_have_grammars_of_their_own_and_beams_may_change_places(grammars, words):
    yes, no = (words.encode(w) for w in ("yes", "no"))
    held = Constraint(grammars, ['root ::= "yes" | "no"', None], 1)
    rows = [[9, yes[0]], [9, no[0]], [9, 3], [9, 4]]
    before = allowed(held, rows, words)
    assert yes[1] in before[0] - before[1]
    assert no[1] in before[1] - before[0]
    assert before[2] == before[3] == set(range(len(words) + 5))
    assert allowed(held, [rows[1], rows[0], *rows[2:]], words) == [before[1], before[0], *before[2:]]


def test_where_nothing_may_follow_the_text_ends_and_what_has_ended_is_left_alone(grammars, words):
    held = Constraint(grammars, ['root ::= "a"'], 0)
    (a,) = words.encode("a")
    assert allowed(held, [[a]], words) == [{words.eos_token_id}]
    assert allowed(held, [[a, words.eos_token_id, 5]], words) == [set(range(len(words) + 5))]


def test_rows_of_a_batch_are_held_together_as_they_are_alone(grammars, words):
    texts = ['root ::= "yes" | "no"', FIGURES, None, NO_CHINESE]
    rows = [words.encode(t)[:1] for t in ("yes", "36", "a", "央")]
    alone = [allowed(Constraint(grammars, [t], 0), [row], words)[0] for t, row in zip(texts, rows, strict=True)]
    assert allowed(Constraint(grammars, texts, 0), rows, words) == alone
