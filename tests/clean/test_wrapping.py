import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.clean import clean
from nlp.clean.wrapping import unwrap

PARAGRAPHS = [
    "蒙古東部連日大雪，政府今天宣布進入雪災警戒，估計約有140萬頭牲畜可能因缺糧凍死，聯合國已撥款450萬美元採購飼料，"
    "首批草料預計周末運抵東方省，優先發給積雪超過六十公分的村落。",
    "農牧部官員巴特爾（Bold Bator）指出，這種災害十年內已發生四次，牧民來不及恢復畜群，只能把羊皮賤賣給收購商，"
    "再到首都打零工維生，市郊的蒙古包聚落因此越來越大。",
    "氣象局預報，下周還有兩波冷空氣南下，最低溫恐降到攝氏零下四十度，當局呼籲牧民盡快把幼畜移進圈舍。",
]


def wrapped(paragraphs: list[str], columns: int) -> str:
    def lines(text: str) -> str:
        out, width = "", 0
        for c in text:
            size = 1 if c.isascii() else 2
            if width + size > columns and c not in "，。、）":
                out, width = out + "\n", 0
            out, width = out + c, width + size
        return out

    return "\n\n".join(map(lines, paragraphs))


@pytest.mark.parametrize("columns", [40, 60, 72, 80])
def test_hard_wrapped_paragraphs_are_joined(columns: int) -> None:
    text = wrapped(PARAGRAPHS, columns)
    assert text.count("\n") > 6
    assert [line for line in unwrap(text) if line] == PARAGRAPHS
    assert clean("雪災下的蒙古 牧民一夜少了半群羊\n\n" + text).text.split("\n") == PARAGRAPHS


def test_latin_words_keep_their_space() -> None:
    text = "\n".join(["這一行很長很長很長很長很長很長很長很長很長 the", "World Bank說明了一切。"] * 6)
    assert "the World Bank" in "\n".join(unwrap(text))


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(PARAGRAPHS),
        "\n".join("春季旅展下月登場 住宿券買一送一" for _ in range(12)),
        "\n".join(f"「第{i}條。」" for i in range(12)),
        "短。",
    ],
    ids=["paragraphs", "headlines", "short sentences", "one line"],
)
def test_what_is_not_wrapped_stays(text: str) -> None:
    assert unwrap(text) == text.splitlines()


@given(st.lists(st.text(alphabet="中文字，。「」 ab\t", max_size=50), max_size=30).map("\n".join))
def test_no_character_is_lost_or_invented(text: str) -> None:
    assert "".join("".join(unwrap(text)).split()) == "".join(text.split())
