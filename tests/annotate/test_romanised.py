from nlp.annotate.romanised import romanise
from nlp.types import Entity, Mention


def person(text: str, name: str, n: int = 1) -> Entity:
    at = text.index(name)
    return Entity(f"e{n}", None, None, "PERSON", "unresolved", None, (Mention(at, at + len(name), name),))


def named(text: str, *names: str) -> list[str | None]:
    return [e.name for e in romanise([person(text, name, n) for n, name in enumerate(names)], text)]


def test_each_side_has_its_own_way():
    assert named("國民黨立委許家源今天在立法院質詢。", "許家源") == ["Hsu Chia-yuan"]
    assert named("中國國務院官員許家源在北京表示。", "許家源") == ["Xu Jiayuan"]


def test_hong_kong_korea_and_the_rest_are_left_alone():
    assert named("香港特首辦主任許家源表示。", "許家源") == [None]
    assert named("南韓部長金東元在首爾表示。", "金東元") == [None]
    assert named("發言人許家源表示將調查。", "許家源") == [None]


def test_a_transliteration_is_never_romanised():
    assert named("立委施洛德、巴瑞特與喬丹到立法院拜會。", "施洛德", "巴瑞特", "喬丹") == [None, None, None]


def test_the_sentence_counts_before_the_article():
    text = "立法院今天開會，國民黨與民進黨立委出席。\n香港學者許家源認為影響不大。\n行政院沒有回應。"
    assert named(text, "許家源") == [None]


def test_two_persons_never_get_one_name():
    assert named("立委陳志明與立委陳志銘在立法院發言。", "陳志明", "陳志銘") == [None, None]
