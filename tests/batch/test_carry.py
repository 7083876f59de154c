import json
from dataclasses import replace

import pytest

from nlp.batch.carry import carried, repeated
from nlp.batch.journal import Finished
from nlp.pipeline import Options, Pipeline
from nlp.render.as_json import to_dict
from nlp.types import Brief, BriefSentence, Headline, Span

LEAD = "歐盟周三宣布投入12億美元，支持澳洲開採關鍵礦產。"
SECOND = "歐盟執委會表示，澳洲將在2月24日前決定。"
OTHER = "央行理事會同日維持利率不變。"


@pytest.fixture(scope="module")
def annotated():
    pipeline = Pipeline(Options(task="entities", ner="fast", plain=True))
    return lambda *sentences: pipeline("".join(sentences))


def named(result, span, name):
    return next(
        e.id for e in result.entities if e.name == name and any(span.start <= m.start < span.end for m in e.mentions)
    )


def briefed(result):
    """``result`` with a brief of its first two sentences, as JSON."""
    lead = Span(0, len(LEAD))
    second = Span(len(LEAD), len(LEAD) + len(SECOND))
    money = next(q.id for q in result.quantities if q.kind == "money")
    eu, australia = named(result, lead, "European Union"), named(result, second, "Australia")
    sentences = (
        BriefSentence("The European Union will spend US$12 billion.", (lead,), (eu,), (money,), "draft"),
        BriefSentence("Australia will decide.", (lead, second), (australia,), (), "retry"),
    )
    brief = Brief("en", Headline("The European Union will spend", (lead,)), sentences)
    return json.loads(json.dumps(to_dict(replace(result, briefs=(brief,)))))


def test_a_brief_stands_where_its_evidence_stands(annotated):
    original = briefed(annotated(LEAD, SECOND))
    result = annotated("美國另有消息。", LEAD, OTHER, SECOND)
    (brief,) = carried(original, result)
    text = result.article.text
    first, second = brief.sentences
    assert [text[s.start : s.end] for s in first.evidence] == [LEAD]
    assert [text[s.start : s.end] for s in second.evidence] == [LEAD, SECOND]
    assert brief.headline.evidence == first.evidence
    entities, quantities = ({e.id: e for e in found} for found in (result.entities, result.quantities))
    assert [entities[i].name for s in brief.sentences for i in s.entities] == ["European Union", "Australia"]
    assert [quantities[i].name for i in first.quantities] == ["US$1.2 billion"]
    assert original["briefs"][0]["sentences"][0]["entities"] != list(first.entities)
    assert [s.how for s in brief.sentences] == ["draft", "retry"]


def test_an_article_is_carried_onto_itself(annotated):
    result = annotated(LEAD, SECOND)
    original = briefed(result)
    assert to_dict(replace(result, briefs=carried(original, result)))["briefs"] == original["briefs"]


@pytest.mark.parametrize(
    "sentences",
    [
        (LEAD, OTHER),
        (LEAD.replace("12億", "13億"), SECOND),
        (SECOND, LEAD),
        (LEAD.replace("。", "；"), SECOND),
        (f"沒有人再說{LEAD}", SECOND),
    ],
    ids=["one is gone", "another figure", "another order", "one sentence of two", "more before it"],
)
def test_a_brief_that_does_not_hold_is_not_carried(annotated, sentences):
    assert carried(briefed(annotated(LEAD, SECOND)), annotated(*sentences)) == ()


def test_evidence_that_is_part_of_a_sentence_stands_in_the_same_sentence(annotated):
    original = briefed(annotated(LEAD, SECOND))
    part = {"start": LEAD.index("支持"), "end": len(LEAD)}
    original["briefs"][0]["headline"]["evidence"] = [part]
    result = annotated(OTHER, LEAD, SECOND)
    (brief,) = carried(original, result)
    (span,) = brief.headline.evidence
    assert result.article.text[span.start : span.end] == LEAD[part["start"] :]


def test_evidence_across_sentences_is_not_carried(annotated):
    original = briefed(annotated(LEAD, SECOND))
    original["briefs"][0]["headline"]["evidence"] = [{"start": 3, "end": len(LEAD) + 3}]
    assert carried(original, annotated(LEAD, SECOND)) == ()


def test_a_brief_made_without_a_model_stands_without_one(annotated):
    result = annotated(LEAD, SECOND)
    line = json.dumps(briefed(result)).encode()
    found = repeated(result, "in.jsonl (record a)", [Finished(b"", "", b"", b"", False, (), line)])
    assert (found.engine, len(found.briefs), found.warnings[-1].code) == (None, 1, "duplicate-of")


def test_the_same_words_may_be_of_another(annotated):
    original, result = briefed(annotated(LEAD, SECOND)), annotated(LEAD, SECOND)
    other = tuple(replace(e, name="Austria") if e.name == "Australia" else e for e in result.entities)
    assert carried(original, replace(result, entities=other)) == ()


def test_two_that_the_original_holds_for_one(annotated):
    result = annotated(LEAD, SECOND)
    original = briefed(result)
    one = next(e for e in result.entities if e.name == "Australia")
    apart = tuple(replace(one, id=f"e9{n}", mentions=(m,)) for n, m in enumerate(one.mentions))
    assert len(apart) == 2
    others = tuple(e for e in result.entities if e is not one)
    assert carried(original, replace(result, entities=(*others, *apart))) == ()


def test_without_a_brief_there_is_nothing_to_carry(annotated):
    result = annotated(LEAD)
    assert carried(to_dict(result), result) == ()
