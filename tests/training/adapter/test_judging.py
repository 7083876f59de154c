from collections import Counter
from dataclasses import replace

import pytest

from nlp.types import Entity, Mention
from training.adapter.judging import agreement, all_judged, holding, judged


def test_what_the_product_would_refuse_does_not_hold(source):
    assert holding(source(), "Central banks are still buying gold") == ("Central banks are still buying gold.", True)
    assert not holding(source(), "Central banks bought 36 tonnes of gold.")[1]
    assert not holding(source(), "Xi Jinping is still buying gold.")[1]


def test_where_the_model_spells_names_they_are_not_held_against_it(source):
    text = "森寶利仍在買進黃金。"
    unknown = Entity("e1", None, None, "PERSON", "unresolved", None, (Mention(0, 3, "森寶利"),))
    told = source(text)
    told = replace(told, evidence=replace(told.evidence, entities=(unknown,)))
    left = replace(told, guess=True)
    assert not holding(told, "Sembori is still buying gold.")[1]
    assert holding(left, "Sembori is still buying gold.")[1]
    assert not holding(left, "Sembori bought 36 tonnes of gold.")[1]


def test_the_text_that_is_most_like_the_others_agrees_most():
    texts = Counter(["Banks are buying gold.", "Banks are buying silver.", "It rains."])
    first, second, third = agreement(texts)
    assert min(first, second) > third


def test_a_text_drawn_twice_agrees_with_itself():
    assert agreement(Counter({"Gold is bought.": 2})) == [1.0]
    assert agreement(Counter(["Gold is bought."])) == [1.0]
    assert agreement(Counter({"aaaa": 2, "bbbb": 1})) == pytest.approx([0.5, 0.0])


def test_all_cores_judge_as_one_does(source):
    texts = [Counter(["Banks buy gold.", "Banks buy 36 tonnes of gold."]), Counter()]
    assert all_judged([source(), source()], texts) == [judged(source(), t) for t in texts]
