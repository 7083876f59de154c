import pytest

from training.adapter.candidates import Candidate, Preference, preference, worth_learning


def made(text, holds=True, confidence=-0.3, agreement=0.5, reverse=-2.5):
    return Candidate(text, text + ".", holds, confidence, agreement, reverse)


def test_the_best_is_learnt_as_printed_and_the_worst_as_written(source):
    some = [made("dull"), made("good", reverse=-2.0, agreement=0.6), made("bad", reverse=-3.0, agreement=0.4)]
    found = preference(source(), some)
    assert (found.better, found.worse, found.reverse) == ("good.", "bad", -2.0)


def test_a_failed_check_outweighs_the_other_voices(source):
    found = preference(source(), [made("fails", holds=False, reverse=-2.4), made("holds"), made("dull", reverse=-2.6)])
    assert (found.better, found.worse) == ("holds.", "fails")


@pytest.mark.parametrize("some", [[], [made("fails", holds=False)]])
def test_nothing_is_learnt_where_nothing_holds(source, some):
    assert preference(source(), some) is None


def test_of_renderings_that_are_alike_none_is_the_worse_one(source):
    assert preference(source(), [made("one"), made("other")]).worse is None


def test_the_eighth_that_carries_least_is_left_out(source):
    some = [Preference(source(), "x", None, -float(i)) for i in range(16)]
    assert worth_learning(some) == some[:14]
    assert worth_learning([]) == []
