import datetime

import pytest

from nlp.annotate.language import annotate, build
from nlp.translate import translate
from nlp.types import Article, Result, Source
from tests.fakes import FakeEngine

TEXT = "澳洲1月宣布投入8億美元。\n作家齊布爾卡認為，計畫「太慢」。齊布爾卡沒有多談。"
ENGLISH = {
    "US$800": "Australia said in January it would spend US$800 million.",
    "太慢": 'The writer Qibuerka said the plan was "too slow."',
    "多談": "Qibuerka did not say more.",
}


def read(text):
    article = Article(text, published=datetime.date(2026, 2, 25))
    doc = annotate(build(ner="accurate"), article)
    return Result(
        Source(None, None, "utf-8", ""), article, tuple(doc._.entities), tuple(doc._.terms), tuple(doc._.quantities)
    )


@pytest.fixture(scope="module")
def result():
    return read(TEXT)


def english(change=lambda text: text, together=1):
    def answer(request):
        source = "\n".join(m.content for m in request.messages[-3:])
        return change(next(v for k, v in reversed(ENGLISH.items()) if k in source))

    return FakeEngine(answer, together)


def test_mr_stands_before_the_name_and_a_century_in_figures():
    done = read("川普先生說，那裡在五世紀時是城市。")
    engine = FakeEngine(lambda request: "Mr. Trump said there was a city in the 5th century.")
    assert (
        translate(done, engine, False, lambda _: None).translation.text
        == "Mr. Trump said there was a city in the 5th century."
    )
    source = engine.asked[0].messages[-1].content
    assert source.startswith("Mr. Trump說")
    assert "the 5th century" in source
    assert [q.name for q in done.quantities] == ["the fifth century"]


def test_every_sentence_has_its_translation_and_unknown_names_are_seen(result):
    done = translate(result, english(), False, lambda _: None)
    assert [TEXT[s.start : s.end] for s in done.translation.segments] == [
        "澳洲1月宣布投入8億美元。",
        "作家齊布爾卡認為，計畫「太慢」。",
        "齊布爾卡沒有多談。",
    ]
    assert done.translation.text == (
        "Australia said in January it would spend US$800 million.\n"
        'The writer ⟦Qibuerka⟧ said the plan was "too slow." ⟦Qibuerka⟧ did not say more.'
    )
    assert done.warnings == ()
    assert all(e.name is None for e in done.entities if e.origin == "unresolved")


def test_a_guessed_name_is_marked_and_kept_to(result):
    engine = english(lambda text: text.replace("Qibuerka", "Alex Tsybulka"))
    done = translate(result, engine, True, lambda _: None)
    assert "⟦" not in done.translation.text
    (guessed,) = [e for e in done.entities if e.origin == "guessed"]
    assert (guessed.name, guessed.mentions[0].text) == ("Alex Tsybulka", "齊布爾卡")
    assert "Tsybulka沒有多談" in engine.asked[-1].messages[-1].content


def test_sentences_are_asked_for_together_where_that_serves_the_engine(result):
    alone, two = english(), english(together=2)
    assert (
        translate(result, two, False, lambda _: None).translation
        == translate(result, alone, False, lambda _: None).translation
    )
    assert (alone.calls, two.calls) == ([1, 1, 1], [2, 1])


def test_what_follows_a_guess_is_asked_for_after_it(result):
    engine = english(lambda text: text.replace("Qibuerka", "Alex Tsybulka"), together=8)
    translate(result, engine, True, lambda _: None)
    assert set(engine.calls) == {1}
    assert "Tsybulka沒有多談" in engine.asked[-1].messages[-1].content


def test_a_name_of_the_models_own_is_not_let_through_unless_asked_for(result):
    done = translate(result, english(lambda text: text.replace("Qibuerka", "Alex Tsybulka")), False, lambda _: None)
    assert [bool(s.text) for s in done.translation.segments] == [True, False, False]
    assert [w.code for w in done.warnings] == ["segment-left-out"] * 2


def test_names_of_the_models_own_are_told_where_they_are_nobodys(result):
    engine = english(lambda text: text.replace("Australia", "Austria").replace("Qibuerka", "Tsybulka of Normandy"))
    done = translate(result, engine, True, lambda _: None)
    assert all(s.text for s in done.translation.segments)
    (tsybulka,) = [e for e in done.entities if e.origin == "guessed"]
    assert tsybulka.name == "Tsybulka"
    assert [w.code for w in done.warnings] == ["segment-doubtful"] * 3
    assert "missing: Australia; the model's own names: Austria" in done.warnings[0].message
    assert "the model's own names: Normandy" in done.warnings[1].message


def test_a_person_whom_nobody_knows_reaches_the_model_in_chinese_where_names_are_its_own(result):
    engine = english(lambda text: text.replace("Qibuerka", "Tsybulka"))
    translate(result, engine, True, lambda _: None)
    assert any("齊布爾卡認為" in r.messages[-1].content for r in engine.asked)


def test_a_segment_that_leaves_out_most_is_kept_and_told(result):
    done = translate(result, english(lambda text: text.replace("Australia said in January it", "It")), False, print)
    assert done.translation.segments[0].text == "It would spend US$800 million."
    assert done.warnings[0].code == "segment-doubtful"
    assert "missing: Australia, January" in done.warnings[0].message


def test_an_answer_that_talks_about_the_sentence_never_comes_before_a_rendering(result):
    def answer(request):
        told = request.messages[-1].role == "user" and "wrong" in request.messages[-1].content
        return ('That sentence is wrong about "Austria".', -0.01) if told else ("Austria would spend it all.", -0.3)

    done = translate(result, FakeEngine(answer), True, print)
    assert done.translation.segments[0].text == "Austria would spend it all."


def test_a_wrong_number_is_left_out_and_a_lost_negation_told(result):
    def change(text):
        return text.replace("800", "80").replace("did not say", "said")

    done = translate(result, english(change), False, lambda _: None)
    assert [bool(s.text) for s in done.translation.segments] == [False, True, True]
    assert [w.code for w in done.warnings] == ["segment-left-out", "segment-doubtful"]


def test_a_sentence_longer_than_the_context_is_left_out_and_told(result):
    engine = english()
    engine.context_tokens = 500
    done = translate(result, engine, False, lambda _: None)
    assert [s.text for s in done.translation.segments] == ["", "", ""]
    assert {w.code for w in done.warnings} == {"segment-left-out"}
    assert engine.asked == []


def test_a_person_whose_name_is_mostly_spelt_in_one_way_is_guessed_so():
    article = Article("作家布魯克斯認為，計畫「太慢」。")
    doc = annotate(build(ner="accurate"), article)
    known = Result(Source(None, None, "utf-8", ""), article, tuple(doc._.entities), (), ())
    engine = FakeEngine(lambda _: 'The writer Brooks said the plan was "too slow."')
    done = translate(known, engine, True, lambda _: None)
    assert "作家Brooks認為" in engine.asked[0].messages[-1].content
    assert [(e.name, e.origin) for e in done.entities] == [("Brooks", "guessed")]
    assert done.warnings == ()
