import pytest

from nlp.annotate.phonetics import similarity


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


def test_nothing_to_compare_is_not_alike():
    assert similarity("一", "Aa") == 0.0
    assert similarity("", "Smith") == 0.0


def test_unrelated_names_are_not_alike():
    assert similarity("施洛德", "Bukele") < 0.5
