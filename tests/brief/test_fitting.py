from nlp.brief.draft import draft_of
from nlp.brief.fitting import fits
from nlp.types import Article, Result, Source, Span
from tests.fakes import FakeEngine


class Engine(FakeEngine):
    """Counts a token a character."""

    def __init__(self, context):
        super().__init__(lambda _: "")
        self.context_tokens = context


def draft(length):
    result = Result(Source(None, None, "", ""), Article("字" * length))
    return draft_of(result, (), Span(0, length))


def test_the_length_is_counted_in_the_models_own_tokens():
    room = next(n for n in range(0, 20_000, 500) if fits(Engine(n), draft(10)))
    assert fits(Engine(room + 1_000), draft(400))
    assert not fits(Engine(room), draft(1_000))


def test_a_model_that_knows_no_chat_reads_the_sentence_alone():
    engine = Engine(512)
    assert not fits(engine, draft(100))
    engine.knows_chat = False
    assert fits(engine, draft(100))
    assert not fits(engine, draft(510))
