import pytest

from nlp.brief.chinese.lean import leans


@pytest.mark.parametrize(
    "sentence",
    [
        "她預期，這波趨勢才剛起步。",
        "該公司股價大漲。",
        "受此激勵，甲骨文股價大漲。",
        "甲骨文對此不予評論。",
        "隨後，三名青少年被捕。",
        "預計明年完工。",
        "並要求對方道歉。",
        "川普卻在演講中表達樂觀。",
        "為什麼川普放棄了？",
        "我們會回來。」",
        "不過，兩國仍在談判。",
    ],
)
def test_what_needs_the_sentence_before_it(sentence):
    assert leans(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "澳洲政府1月公布8億美元的儲備方案。",
        "此外，央行宣布升息半碼。",
        "呂特說：「我們應該自己來。」",
        "再生能源占比首度超過三成。",
        "並購案獲主管機關核准。",
        "政府應該採取行動。",
    ],
)
def test_what_stands_alone(sentence):
    assert not leans(sentence)
