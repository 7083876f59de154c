"""Joining glosses: counts, dates, competing forms, contexts."""

import datetime

from nlp.names.harvest import Seen, gather

SURE = 0.85


def seen(term, name, confidence=0.9, record="r1", date=None, kind="PERSON"):
    return Seen(term, name, None, kind, confidence, record, date, f"…«{term}（{name}）»…")


def gathered(*glosses, known=lambda _: None):
    return {(c.term, c.name): c for c in gather(glosses, SURE, known)}


def test_counts_records_and_dates():
    days = [datetime.date(2026, 2, day) for day in (9, 3, 5)]
    (c,) = gathered(*(seen("洛昂", "Loan", record=f"r{d.day % 2}", date=d) for d in days)).values()
    assert (c.count, c.records, c.first, c.last) == (3, 1, days[1], days[0])
    assert c.sure


def test_contexts_are_of_different_records_first():
    (c,) = gathered(*(seen("洛昂", "Loan", record=r) for r in ("a", "a", "a", "b", "c", "d"))).values()
    assert [context[0] for context in c.contexts] == ["a", "b", "c"]
    (c,) = gathered(*(seen("洛昂", "Loan", record=r) for r in ("a", "a"))).values()
    assert [context[0] for context in c.contexts] == ["a", "a"]


def test_one_name_in_other_scripts_and_spellings_is_one_candidate():
    (c,) = gathered(seen("台北", "Jorgensen"), seen("臺北", "Jørgensen"), seen("臺北", "Jørgensen")).values()
    assert (c.term, c.name, c.count) == ("臺北", "Jørgensen", 3)


def test_competing_forms_are_told_on_both_sides():
    found = gathered(seen("普丁", "Putin"), seen("普京", "Putin"), seen("普京", "Putin"), seen("普京", "Pukin"))
    assert found["普丁", "Putin"].terms == ("普京 2",)
    assert found["普京", "Putin"].terms == ("普丁 1",)
    assert found["普京", "Putin"].names == ("Pukin 1",)


def test_an_unsure_edge_gives_way_to_a_sure_one_within():
    found = gathered(seen("到洛昂", "Loan", 0.4, "r2"), seen("洛昂", "Loan"), seen("到洛昂", "Other", 0.4))
    assert set(found) == {("洛昂", "Loan"), ("到洛昂", "Other")}
    assert (found["洛昂", "Loan"].count, found["洛昂", "Loan"].records) == (2, 2)


def test_a_full_name_and_its_last_part_stay_two():
    assert len(gathered(seen("艾瑪·洛昂", "Emma Loan", 0.5), seen("洛昂", "Emma Loan"))) == 2


def test_what_the_glossaries_have_and_the_order():
    found = gather([seen("甲城", "A"), seen("乙城", "B"), seen("乙城", "B")], SURE, {"甲城": "City A"}.get)
    assert [(c.term, c.known) for c in found] == [("乙城", None), ("甲城", "City A")]
