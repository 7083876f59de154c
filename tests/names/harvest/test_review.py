"""Decisions: kept at once, resumed, taken back."""

import pytest

from nlp.errors import GlossaryError
from nlp.names import load
from nlp.names.harvest import Candidate, Review, entry_of

ALL = [Candidate(f"{c}城", f"City {n}", type="GPE", contexts=(f"r{n}: «{c}城»",)) for n, c in enumerate("甲乙丙丁")]


@pytest.fixture
def review(tmp_path):
    return lambda candidates=ALL: Review(candidates, tmp_path / "g.tsv", tmp_path / "d.tsv")


def accept(state, term=None, name=None):
    c = state.current
    state.decide("accept", entry_of(c, term or c.term, name or c.name, c.type))


def names(state):
    return [(e.term, e.name) for e in load(state.glossary)]


def test_a_review_goes_on_where_it_stopped(review):
    first = review()
    accept(first)
    first.decide("reject")
    second = review()
    assert second.current.term == "丙城"
    second.decide("skip")
    accept(second)
    assert second.current is None
    assert second.counts() == {"accept": 2, "reject": 1, "skip": 1}
    assert names(second) == [("丁城", "City 3"), ("甲城", "City 0")]


def test_an_accepted_entry_says_where_it_is_from_and_when_it_was_checked(review):
    state = review()
    accept(state)
    (entry,) = load(state.glossary)
    assert (entry.source, entry.type) == ("gloss in r0", "GPE")
    assert len(entry.checked) == 10


def test_a_decision_is_taken_back(review):
    state = review()
    accept(state, name="Citty 0")
    assert state.back()
    assert state.decided(state.current) == "accept"
    accept(state, name="City 0")
    assert names(state) == [("甲城", "City 0")]
    assert state.current.term == "乙城"
    assert state.back()
    state.decide("reject")
    assert names(state) == []
    assert not (review().back() and review().current is None)


def test_there_is_nothing_before_the_first_and_the_last_can_be_gone_back_to(review):
    state = review(ALL[:1])
    assert not state.back()
    state.decide("skip")
    assert state.current is None
    assert state.back()
    assert state.current.term == "甲城"


def test_a_new_harvest_finds_the_decisions(review):
    review().decide("reject")
    assert review([Candidate("新城", "New City"), *ALL]).current.term == "新城"
    assert review([ALL[1], ALL[0]]).counts() == {"open": 1, "reject": 1}


def test_what_the_glossaries_have_is_not_asked(review):
    same = Candidate("子城", "Jorgensen", known="Jørgensen")
    other = Candidate("丑城", "Jorgensen", known="Johansen")
    acronym = Candidate("寅行", "ECB", known="European Central Bank")
    assert [c.term for c in review([same, other, acronym, Candidate("卯行", "BOJ")]).candidates] == ["丑城", "卯行"]


def test_a_decision_cut_off_in_writing_is_asked_again(review):
    state = review()
    accept(state)
    kept = state.decisions.read_bytes()
    for cut in range(len(kept) - 1, 0, -7):
        state.decisions.write_bytes(kept[:cut])
        again = review()
        assert again.current.term == "甲城"
        accept(again)
        assert names(again) == [("甲城", "City 0")]
        assert review().current.term == "乙城"


def test_another_file_in_the_place_of_the_decisions_is_not_touched(review):
    state = review()
    state.decisions.write_text("term\tname\n甲\tA\n", encoding="utf-8")
    with pytest.raises(GlossaryError, match=r"d\.tsv:2"):
        review()
