import pytest

from nlp.annotate.phonetics import begins_with_vowel, likeness, similarity, similarity_by_parts


@pytest.mark.parametrize(
    ("run", "latin", "name"),
    [
        ("研究員施洛德", "Patrick Schröder", "施洛德"),
        ("策略師蔓希", "Ewa Manthey", "蔓希"),
        ("分析師甘聶莉瓦菈", "Anushree Ganeriwala", "甘聶莉瓦菈"),
        ("秘書長呂特", "Mark Rutte", "呂特"),
        ("發言人扎哈羅娃", "Maria Zakharova", "扎哈羅娃"),
    ],
)
def test_the_name_sounds_more_like_the_gloss_than_name_and_title(run, latin, name):
    scores = {run[i:]: similarity(run[i:], latin) for i in range(len(run) - 1)}
    longer = [s for r, s in scores.items() if len(r) > len(name)]
    assert scores[name] > max(longer)


def test_likeness_is_of_the_whole_name():
    assert likeness("奧巴馬", "Obama") > likeness("奧巴馬", "Barack Obama")
    assert likeness("習近平", "Xi") < likeness("習近平", "Xi Jinping")
    assert likeness("一", "Aa") == 0.0


def test_nothing_to_compare_is_not_alike():
    assert similarity("一", "Aa") == 0.0
    assert similarity("", "Smith") == 0.0


def test_unrelated_names_are_not_alike():
    assert similarity("施洛德", "Bukele") < 0.5


def test_parts_are_compared_with_parts():
    name, latin = "布雷特·卡瓦諾", "Brett Kavanaugh"
    assert similarity_by_parts(name, latin) > similarity_by_parts(f"人{name}", latin)
    assert similarity_by_parts("洛德", "Schröder") == similarity("洛德", "Schröder")


def test_syllables_without_a_consonant():
    assert all(map(begins_with_vowel, ("艾倫", "歐文", "亞當", "伍德")))
    assert not any(map(begins_with_vowel, ("施洛德", "", "A")))
