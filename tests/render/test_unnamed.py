import pytest

from nlp.render.unnamed import unnamed
from nlp.types import Article, Brief, BriefSentence, Entity, Mention, Result, Source, Span

TEXT = "分析師霍德斯說會漲。甲公司沒有評論。霍德斯與許家源同意。"


def entity(chinese, name=None, origin="unresolved", kind="PERSON"):
    at = [i for i in range(len(TEXT)) if TEXT.startswith(chinese, i)]
    return Entity(chinese, name, None, kind, origin, None, tuple(Mention(i, i + len(chinese), chinese) for i in at))


def result(*entities):
    sentences = tuple(
        BriefSentence("x.", (Span(a, b),), (), (), "draft") for a, b in ((0, 10), (10, 18), (18, len(TEXT)))
    )
    return Result(Source(None, None, "", ""), Article(TEXT), entities, briefs=(Brief("en", None, sentences),))


def test_the_option_that_fills_a_name_in_and_the_sentences_that_did_without_it():
    found = unnamed(result(entity("評論", "Comment", "gloss"), entity("甲公司", kind="ORG"), entity("霍德斯")))
    assert [(u.option, u.where) for u in found] == [
        ('--name 甲公司="…"', "sentence 2 without it"),
        ('--name 霍德斯="…"', "sentences 1 and 3 go by role"),
    ]


def test_a_spelling_that_nobody_verified_is_offered_and_marked():
    (found,) = unnamed(result(entity("許家源", "Hsu Chia-yuan", "romanised")))
    assert found.option == '--name 許家源="Hsu Chia-yuan"'
    assert found.where == "sentence 3 goes by role; spelling unverified"


@pytest.mark.parametrize("chinese", ["甲 乙", "甲$乙", "甲'乙", "甲`乙`"])
def test_an_option_is_safe_to_paste(chinese):
    import shlex

    broken = Entity("e1", None, None, "ORG", "unresolved", None, (Mention(0, 1, chinese),))
    (found,) = unnamed(result(broken))
    assert shlex.split(found.option) == ["--name", f"{chinese}=…"]
