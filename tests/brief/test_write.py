import datetime
from dataclasses import replace
from itertools import pairwise

import pytest

from nlp.annotate.language import annotate, build
from nlp.brief import Style, write_brief
from nlp.brief.naming import SOMEBODY
from nlp.brief.select import Sentence
from nlp.brief.write import _next
from nlp.types import Article, Entity, Mention, Result, Source, Span
from tests.fakes import FakeEngine

TEXT = (
    "澳洲1月宣布投入8億美元，建立關鍵礦產儲備。\n"
    "高盛指出，黃金需求激增36%，各國央行仍在買進。\n"
    "英國首相施紀賢24日訪問印度，雙方簽署12項協議。"
)
RIGHT = {
    "Australia": "Australia said in January it would spend US$800 million on a critical minerals reserve.",
    "Goldman": "Goldman Sachs said demand for gold jumped 36% and central banks are still buying.",
    "Starmer": "British Prime Minister Keir Starmer visited India on Feb. 24, and 12 agreements were signed.",
}


@pytest.fixture(scope="module")
def result():
    article = Article(TEXT, published=datetime.date(2026, 2, 25))
    doc = annotate(build(), article)
    return Result(
        Source(None, None, "utf-8", ""), article, tuple(doc._.entities), tuple(doc._.terms), tuple(doc._.quantities)
    )


def right(request) -> str:
    source = request.messages[-1].content
    return next((v for k, v in RIGHT.items() if k in source), "Australia to build a reserve")


def brief(result, answer, sentences=5, together=1, **more):
    engine = FakeEngine(answer, together)
    return write_brief(result, engine, sentences, lambda _: None, **more), engine


def read(text):
    article = Article(text, published=datetime.date(2026, 2, 25))
    doc = annotate(build(), article)
    return Result(
        Source(None, None, "", ""), article, tuple(doc._.entities), tuple(doc._.terms), tuple(doc._.quantities)
    )


def test_a_brief_keeps_the_order_of_the_article_and_points_at_its_evidence(result):
    written, _ = brief(result, right)
    assert [s.text for s in written.brief.sentences] == list(RIGHT.values())
    for sentence in written.brief.sentences:
        (span,) = sentence.evidence
        assert TEXT[span.start : span.end].endswith("。")
        assert sentence.how == "draft"
        assert sentence.entities
        assert sentence.quantities
    assert written.warnings == []


def test_the_engine_reads_english_names_and_amounts_in_place(result):
    _, engine = brief(result, right)
    sources = [r.messages[-1].content for r in engine.asked]
    assert any("US$800 million" in s and "Australia" in s and "in January" in s for s in sources)
    assert all(r.forbid_chinese and r.grammar for r in engine.asked)


def test_a_wrong_number_is_told_once_and_written_again(result):
    def answer(request):
        told = "wrong about" in request.messages[-1].content
        source = request.messages[-3].content if told else request.messages[-1].content
        text = next((v for k, v in RIGHT.items() if k in source), "Australia to build a reserve")
        return text if told else text.replace("800 million", "80 million")

    written, engine = brief(result, answer)
    assert [s.how for s in written.brief.sentences] == ["retry", "draft", "draft"]
    (mended,) = written.warnings
    assert mended.code == "mended"
    assert mended.message == "sentences by how they were made: draft 2, retry 1, translated 0, left out 0"
    assert any('"US$80 million"' in r.messages[-1].content for r in engine.asked)


def test_what_never_holds_is_left_out_with_a_warning(result):
    def answer(request):
        return right(request).replace("36%", "63%")

    written, _ = brief(result, answer)
    assert len(written.brief.sentences) == 2
    codes = {w.code for w in written.warnings}
    assert codes == {"sentence-left-out", "short-brief", "mended"}
    assert any("63%" in w.message for w in written.warnings)


def test_an_engine_that_only_invents_gives_no_brief(result):
    written, _ = brief(result, lambda r: "Angela Merkel gave 99 cats to Bolivia.")
    assert written.brief is None
    assert "no-brief" in {w.code for w in written.warnings}


def test_no_more_sentences_than_asked_for(result):
    written, _ = brief(result, right, sentences=2)
    assert len(written.brief.sentences) == 2


def test_a_person_goes_by_the_surname_once_named(result):
    text = "英國首相施紀賢訪問印度。施紀賢說，協議價值8億美元。澳洲也派代表出席。"
    article = Article(text)
    doc = annotate(build(), article)
    two = Result(result.source, article, tuple(doc._.entities), tuple(doc._.terms), tuple(doc._.quantities))

    def both(request):
        source = request.messages[-1].content
        if "US$800" in source:
            return "Keir Starmer said the agreements are worth US$800 million."
        return (
            "British Prime Minister Keir Starmer visited India."
            if "India" in source
            else "Australia also sent delegates."
        )

    written, _ = brief(two, both)
    assert written.brief.sentences[1].text == "Starmer said the agreements are worth US$800 million."


def test_a_body_is_named_in_full_once_unless_it_goes_by_its_acronym(result):
    text = "歐洲央行（ECB）升息一碼。北約對此沒有評論。歐洲央行總裁說，OPEC+將開會。"
    article = Article(text)
    doc = annotate(build(), article)
    three = Result(result.source, article, tuple(doc._.entities), tuple(doc._.terms), tuple(doc._.quantities))
    said = {
        "25 basis": "The European Central Bank raised rates by 25 basis points.",
        "NATO": "NATO did not comment.",
        "OPEC+": "The European Central Bank president said OPEC+ would meet.",
    }

    def answer(request):
        return next(v for k, v in said.items() if k in request.messages[-1].content)

    written, _ = brief(three, answer)
    assert [s.text for s in written.brief.sentences] == [
        "The European Central Bank raised rates by 25 basis points.",
        "NATO did not comment.",
        "The ECB president said OPEC+ would meet.",
    ]


def test_what_the_engine_is_not_sure_of_gives_way_to_the_next_sentence(result):
    doubted = {"Australia": -0.4, "Goldman": -0.1, "Starmer": -0.5}

    def answer(request):
        source = request.messages[-1].content
        key = next(k for k in RIGHT if k in source)
        return RIGHT[key], doubted[key]

    written, _ = brief(result, answer, sentences=2)
    assert [s.text for s in written.brief.sentences] == [RIGHT["Australia"], RIGHT["Goldman"]]
    assert any("may well be untrue" in w.message for w in written.warnings)
    written, _ = brief(result, answer)
    assert [s.text for s in written.brief.sentences] == [RIGHT["Australia"], RIGHT["Goldman"]]
    assert "short-brief" in {w.code for w in written.warnings}
    doubted["Starmer"] = -0.38
    written, _ = brief(result, answer)
    assert len(written.brief.sentences) == 3


def test_where_an_article_has_no_other_sentence_what_is_rather_true_stands():
    four = read(TEXT + "\n日本央行2月維持利率不變，符合市場預期。")
    said = RIGHT | {
        "Bank of Japan": "The Bank of Japan left its rate unchanged in February, as the market had expected."
    }

    def answer(request):
        return next(v for k, v in said.items() if k in request.messages[-1].content), -0.38

    written, _ = brief(four, answer)
    assert [s.text for s in written.brief.sentences] == list(said.values())
    written, _ = brief(four, answer, sentences=3)
    assert len(written.brief.sentences) == 3


def test_a_brief_is_shown_as_it_grows_and_what_was_shown_stays(result):
    shown = []
    written, _ = brief(result, right, shown=shown.append)
    assert [len(b.sentences) for b in shown] == [1, 2, 3]
    for before, after in pairwise(shown):
        assert after.headline == before.headline
        assert after.sentences[: len(before.sentences)] == before.sentences
    assert shown[-1] == written.brief


def test_whoever_waits_gets_the_first_sentence_before_the_others_are_begun(result):
    _, engine = brief(result, right, together=4, shown=lambda _: None)
    assert engine.calls == [1, 2]
    _, engine = brief(result, right, together=4)
    assert engine.calls == [3]


def test_what_has_lost_a_name_or_leaves_much_to_render_gives_way(result):
    lost = RIGHT | {"Starmer": "British Prime Minister Keir Starmer signed 12 agreements on Feb. 24."}

    def answer(request):
        return next((v for k, v in lost.items() if k in request.messages[-1].content), lost["Starmer"])

    written, _ = brief(result, answer, sentences=2)
    assert [s.text for s in written.brief.sentences] == [RIGHT["Australia"], RIGHT["Goldman"]]
    assert any("may well be untrue" in w.message for w in written.warnings)
    much = "訪問印度，" + "兩地的銀樓門口天天都有人大排長龍等著進去買金飾送給親友當作嫁妝，" * 2
    article = read(TEXT.replace("訪問印度，", much))
    written, _ = brief(article, right, sentences=2)
    assert [s.text for s in written.brief.sentences] == [RIGHT["Australia"], RIGHT["Goldman"]]
    written, _ = brief(article, right)
    assert [s.text for s in written.brief.sentences] == [RIGHT["Australia"], RIGHT["Goldman"]]
    written, _ = brief(
        article, lambda r: RIGHT["Starmer"] if "Starmer" in r.messages[-1].content else "Austria said so."
    )
    assert [s.text for s in written.brief.sentences] == [RIGHT["Starmer"]]


def test_words_of_i_and_we_that_are_nobodys_give_way(result):
    said = RIGHT | {"Starmer": "When Keir Starmer visited India on Feb. 24, we signed 12 agreements."}

    def answer(request):
        return next((v for k, v in said.items() if k in request.messages[-1].content), said["Starmer"])

    written, _ = brief(result, answer, sentences=2)
    assert [s.text for s in written.brief.sentences] == [RIGHT["Australia"], RIGHT["Goldman"]]
    said["Starmer"] = "British leader Keir Starmer visited India's coal mine on Feb. 24, and 12 agreements were signed."
    written, _ = brief(result, answer)
    assert [s.text for s in written.brief.sentences] == [RIGHT["Australia"], RIGHT["Goldman"], said["Starmer"]]
    said["Starmer"] = (
        'British leader Keir Starmer in India on Feb. 24 said of 12 agreements: "We signed them for you and me."'
    )
    written, _ = brief(result, answer)
    assert written.brief.sentences[-1].text == said["Starmer"]


def test_somebody_of_whom_nothing_is_known_gives_way(result):
    nobody = read(TEXT.replace("英國首相施紀賢24日", "齊布爾卡24日"))
    entity = Entity("e9", None, None, "PERSON", "unresolved", None, (Mention(48, 52, "齊布爾卡"),))
    assert nobody.article.text[48:52] == "齊布爾卡"
    others = (e for e in nobody.entities if all(m.end <= 48 for m in e.mentions) or e.name == "India")
    nobody = replace(nobody, entities=(*others, entity))
    said = RIGHT | {"24": "The person visited India on Feb. 24, and 12 agreements were signed."}

    def answer(request):
        return next((v for k, v in said.items() if k in request.messages[-1].content), "")

    written, engine = brief(nobody, answer, sentences=3)
    assert not any(SOMEBODY in r.messages[-1].content for r in engine.asked)
    assert [s.text for s in written.brief.sentences] == [RIGHT["Australia"], RIGHT["Goldman"]]
    said |= {"Australia": "Austria said so.", "Goldman": "Silverman said so."}
    written, engine = brief(nobody, answer, sentences=3)
    assert any(SOMEBODY in r.messages[-1].content for r in engine.asked)
    assert [s.text for s in written.brief.sentences] == [said["24"]]


def test_nothing_is_shown_before_there_is_a_headline(result):
    def answer(request):
        return right(request).replace("Australia said in January it", "It")

    shown = []
    brief(result, answer, shown=shown.append)
    assert shown
    assert all(b.headline for b in shown)
    assert len(shown[0].sentences) == 2


def test_a_sentence_that_fails_gives_way_to_the_next_in_rank(result):
    chosen = [s.text for s in brief(result, right, 2)[0].brief.sentences]
    for failing in chosen:

        def answer(request, failing=failing):
            source = "\n".join(m.content for m in request.messages[-3:])
            said = next(v for k, v in RIGHT.items() if k in source)
            return "Narnia did it." if said == failing else said

        written, _ = brief(result, answer, 2)
        assert {s.text for s in written.brief.sentences} == set(RIGHT.values()) - {failing}


def test_the_order_is_that_of_the_article_where_nobody_looks_on(result):
    def answer(request):
        return "Narnia did it." if "Starmer" in request.messages[-1].content else right(request)

    seen = [[s.text for s in brief(result, answer, 2, shown=shown)[0].brief.sentences] for shown in (None, print)]
    assert seen[0] == [RIGHT["Australia"], RIGHT["Goldman"]]
    assert sorted(seen[1]) == sorted(seen[0])


def test_the_next_in_rank_stands_further_down_if_it_can():
    at = {n: Sentence(Span(n, n + 1), "", 0, False, (), (), 0) for n in (1, 2, 5, 7)}
    queue, passed = iter([at[1], at[5], at[2], at[7]]), []
    assert [_next(queue, passed, after) for after in (3, 6, 8, 8, 8)] == [at[5], at[7], at[1], at[2], None]


def test_sentences_are_asked_for_together_where_that_serves_the_engine(result):
    alone, one = brief(result, right)
    two, engine = brief(result, right, together=2)
    assert two.brief == alone.brief
    assert (set(one.calls), engine.calls[0]) == ({1}, 2)


def test_a_sentence_longer_than_the_context_is_left_out(result):
    class Small(FakeEngine):
        context_tokens = 500

    written = write_brief(result, Small(right), 5, lambda _: None)
    assert written.brief is None
    assert [w.code for w in written.warnings] == ["sentence-left-out"] * 3 + ["no-brief"]
    assert "longer than the model can read" in written.warnings[0].message


def test_points_name_everybody_in_full_and_headlines_may_have_title_case():
    two = read("英國首相施紀賢訪問印度。施紀賢說，協議價值8億美元。")

    def both(request):
        worth = "US$800" in request.messages[-1].content
        return (
            "Keir Starmer said the agreements are worth US$800 million."
            if worth
            else "British Prime Minister Keir Starmer visited India."
        )

    written, _ = brief(two, both, style=Style(bullets=True, title_case=True))
    assert [s.text.count("Keir Starmer") for s in written.brief.sentences] == [1, 1]
    assert written.brief.headline.text == "British Prime Minister Keir Starmer Visited India"
