from dataclasses import replace

import pytest

from nlp.brief.draft import BRIEF, LEAD, Drafting, Standard, draft_of
from nlp.types import Article, Entity, Mention, Result, Source, Span
from tests.fakes import FakeEngine

SHORT = "各國央行仍在買進黃金。"
LONG = "這支球隊苦戰了很久才贏得冠軍，相隔許多年以後重返總決賽，對手是去年由同一位教練帶領的衛冕球隊。"


def drafted(text, answer):
    """What is written from ``text``, and the kinds of renderings that were asked for."""
    engine = FakeEngine(answer)
    result = Result(Source(None, None, "utf-8", ""), Article(text))
    (written,) = Drafting(engine, lambda _: None).written([draft_of(result, (), Span(0, len(text)))])
    return written, [kind(r) for r in engine.asked]


def kind(request):
    if "word for word" in request.messages[0].content:
        return "literal"
    return "divided" if request.messages[-1].content.count("。") == 2 else "draft"


def test_a_draft_that_the_engine_is_sure_of_stands():
    written, asked = drafted(SHORT, lambda r: ("Central banks are still buying gold.", -0.1))
    assert (written.how, asked) == ("draft", ["draft"])
    assert not written.doubtful


@pytest.mark.parametrize(("literal", "stands"), [(-0.25, "translated"), (-0.35, "draft")])
def test_of_two_renderings_the_surer_one_stands(literal, stands):
    sure = {"draft": -0.3, "literal": literal}
    written, asked = drafted(SHORT, lambda r: (f"Banks buy gold, says the {kind(r)}.", sure[kind(r)]))
    assert (written.how, asked) == (stands, ["draft", "literal"])


def test_a_long_sentence_that_no_rendering_is_sure_of_is_divided():
    sure = {"draft": -0.5, "literal": -0.4, "divided": -0.3}
    written, asked = drafted(LONG, lambda r: (f"The team won, says the {kind(r)}.", sure[kind(r)]))
    assert (written.how, asked) == ("retry", ["draft", "literal", "divided"])
    assert written.text == "The team won, says the divided."


def test_no_other_rendering_is_asked_for_where_the_engine_is_at_sea():
    written, asked = drafted(LONG, lambda r: ("The team won.", -0.7))
    assert asked == ["draft"]
    assert written.doubtful


def test_what_holds_comes_before_what_the_engine_is_sure_of():
    answers = {"draft": ("They hold 36 tonnes of gold.", -0.05), "literal": ("Banks are buying gold.", -0.9)}
    written, _ = drafted(SHORT, lambda r: answers[kind(r)])
    assert written.text == "Banks are buying gold."
    assert written.doubtful


def test_a_model_that_was_taught_our_prompt_is_asked_without_examples_and_held_to_its_own_bounds():
    engine = FakeEngine(lambda r: ("Central banks are still buying gold.", -0.38))
    engine.taught = True
    result = Result(Source(None, None, "utf-8", ""), Article(SHORT))
    (written,) = Drafting(engine, lambda _: None).written([draft_of(result, (), Span(0, len(SHORT)))])
    assert len(engine.asked[0].messages) == 2
    assert written.doubtful
    assert not replace(written, confidence=-0.35).doubtful
    assert not replace(written, standard=LEAD).doubtful


def test_only_what_nothing_can_take_the_place_of_is_divided_for_doubt():
    engine = FakeEngine(lambda r: ("Central banks are still buying gold, and nobody knows for how long.", -0.43))
    engine.taught = True
    long = "各國央行仍在買進黃金，沒有人知道他們還要買多久才會停下來，市場也在等著看他們接下來怎麼做決定。"
    result = Result(Source(None, None, "utf-8", ""), Article(long))
    for standard, rounds in ((BRIEF, 1), (LEAD, 2)):
        engine.asked.clear()
        Drafting(engine, lambda _: None).written([draft_of(result, (), Span(0, len(long)), standard)])
        assert len(engine.asked) == rounds


def test_a_name_that_a_doubtful_translation_lacks_is_asked_for_again():
    engine = FakeEngine(
        lambda r: ("Australia raised rates." if kind(r) == "literal" else "The central bank raised rates.", -0.45)
    )
    engine.taught = True
    text = "澳洲央行升息。"
    bank = Entity("e1", "Australia", None, "GPE", "glossary", None, (Mention(0, 2, "澳洲"),))
    result = Result(Source(None, None, "utf-8", ""), Article(text))
    standard = Standard(complete=True, needed=True)
    (written,) = Drafting(engine, lambda _: None).written([draft_of(result, (bank,), Span(0, len(text)), standard)])
    assert written.text == "Australia raised rates."
