from nlp.brief.chinese.check import check_chinese
from nlp.types import Mention, Span

SOURCE = "華府1月宣布投入120億美元，比去年多三成。"


WHOLE = ((0, len(SOURCE)),)


def faults(written, kept=WHOLE, whole=()):
    return [(f.problem, f.what) for f in check_chinese(written, SOURCE, [Span(*k) for k in kept], whole, None)]


def test_what_stands_in_the_source_holds():
    assert faults(SOURCE) == []
    assert faults("華府1月宣布投入120億美元。") == []


def test_a_figure_of_another_value_or_unit_does_not():
    assert faults("華府1月宣布投入20億美元。") == [("number", "20億美元")]
    assert faults("華府1月宣布投入120億歐元。") == [("number", "120億歐元")]
    assert faults("華府1月宣布投入逾120億美元。") == [("number", "逾120億美元")]


def test_a_name_must_not_be_cut_in_two():
    whole = [Mention(0, 2, "華府")]
    assert faults("府1月宣布投入120億美元。", [(1, 15)], whole) == [("name", "華府")]


def test_simplified_script_and_nothing_at_all():
    assert faults("华府宣布。") == [("chinese", "华")]
    assert faults("。") == [("form", "nothing is left")]
