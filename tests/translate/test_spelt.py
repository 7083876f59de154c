from nlp.brief.check import Evidence
from nlp.translate.spelt import attributed, spelt_names
from nlp.types import Entity, Mention


def entity(number, kind, text, name=None):
    return Entity(f"e{number}", name, None, kind, "unresolved", None, (Mention(0, len(text), text),))


FALLON, SCHULMAN = entity(1, "PERSON", "邁克爾·法倫"), entity(2, "PERSON", "科瑞·舒爾曼")
SCHOOL, UNION = entity(3, "ORG", "北卡羅來納大學"), entity(4, "ORG", "汽車工會")


def test_names_of_the_evidence_are_not_spelt_by_the_model_and_of_joins_one_name():
    evidence = Evidence("", (entity(1, "GPE", "英國", "Britain"),), (), (), None)
    sentence = "In Britain, Michael Fallon's friends met Kori Schulman of the University of North Carolina."
    assert spelt_names(sentence, evidence) == ["Michael Fallon", "Kori Schulman", "University of North Carolina"]


def test_what_the_evidence_has_may_be_part_of_a_name():
    known = (entity(1, "PERSON", "特朗普", "Trump"), entity(2, "ORG", "CBC", "CBC"))
    evidence = Evidence("", known, (), (), None)
    sentence = "Melania Trump told CBC News that Auto Workers Union President Joe Sutton lied."
    assert spelt_names(sentence, evidence) == ["Melania Trump", "CBC News", "Auto Workers Union", "Joe Sutton"]


def test_the_sound_tells_whose_name_is_whose():
    names = ["Kori Schulman", "Michael Fallon"]
    assert dict(attributed_texts([FALLON, SCHULMAN], names)) == {
        "邁克爾·法倫": "Michael Fallon",
        "科瑞·舒爾曼": "Kori Schulman",
    }


def test_a_body_that_is_left_has_the_name_that_is_left():
    names = ["Michael Fallon", "Auto Workers Union"]
    assert dict(attributed_texts([FALLON, UNION], names))["汽車工會"] == "Auto Workers Union"


def test_what_sounds_like_nobody_is_nobodys():
    assert attributed([FALLON], ["Normandy City"]) == []
    assert attributed([SCHOOL, UNION], ["Royal Society", "High Court"]) == []


def attributed_texts(nameless, names):
    return [(e.mentions[0].text, name) for e, name in attributed(nameless, names)]
