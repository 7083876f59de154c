import pytest

from nlp.errors import InputError
from nlp.read.decode import MAX_BYTES, decode

NEWS = "央行昨日宣布利率不變，市場反應平淡。總裁表示，全年經濟成長率將高於去年的預測。"


@pytest.mark.parametrize(
    ("codec", "name"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"), ("cp950", "cp950")],
)
def test_encodings_of_the_region(codec, name):
    text, found = decode(NEWS.encode(codec))
    assert (text.lstrip("\ufeff"), found) == (NEWS, name)


def test_eten_characters_and_hong_kong_ones():
    assert decode("碁峰與恒生銀行，粧點裏外，這是一個會場。".encode("cp950"))[0].startswith("碁峰")
    text, codec = decode("佢哋喺度嘅時候，話咗畀我哋知，呢個係香港人嘅報紙。".encode("big5hkscs"))
    assert codec == "big5hkscs"
    assert text.startswith("佢哋")


@pytest.mark.parametrize("text", ["外交部長今天訪問東京。", "台北", "本報訊"])
def test_short_big5_is_read(text):
    assert decode(text.encode("cp950")) == (text, "cp950")


@pytest.mark.parametrize(
    "text",
    ["中国人民银行昨日宣布降息，市场反应平淡。", "国务院总理今天在北京会见外国客人，双方就经贸合作交换意见。" * 3],
)
def test_mainland_bytes_are_an_error_and_not_mojibake(text):
    with pytest.raises(InputError, match="GB18030"):
        decode(text.encode("gb18030"))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (b"\xef\xbb\xbf\n", "empty"),
        (b"%PDF-1.7 ...", "binary"),
        (b"\x00\x01\x02\x03" * 50, "binary"),
        (b"\xff\xfe\x00", "utf-16"),
        (b"\xff\xff\xff\xff", "neither"),
        (b"a" * (MAX_BYTES + 1), "more than"),
    ],
)
def test_what_cannot_be_read_says_why(data, says):
    with pytest.raises(InputError, match=says):
        decode(data)


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_unmarked_utf16_is_read_where_there_is_no_doubt(codec):
    assert decode("央行升息。\n市場反應平淡。".encode(codec)) == ("央行升息。\n市場反應平淡。", codec)


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("日本銀行は金融政策決定会合で、政策金利を据え置くことを決めた。", "shift_jis"),
        ("日本銀行は金融政策決定会合で、政策金利を据え置くことを決めた。", "euc_jp"),
        ("한국은행은 오늘 기준금리를 동결한다고 발표했다. 정부는 물가 안정에 최선을 다하겠다고 밝혔다.", "euc_kr"),
        ("Café déjà vu, naïve façade à la carte été", "latin-1"),
        ("Центральный банк сохранил ставку без изменений", "koi8-r"),
    ],
)
def test_other_encodings_are_an_error_and_not_mojibake(text, codec):
    with pytest.raises(InputError, match="UTF-8"):
        decode(text.encode(codec))


@pytest.mark.parametrize(
    "text", ["甘聶莉瓦菈", "喜愛百勝餐飲集團", "王小明、陳美麗、林志豪、張雅婷、黃俊傑、吳佩珊", "碁銹裏墻恒粧嫺"]
)
def test_rare_characters_in_short_big5_are_read(text):
    assert decode(text.encode("cp950")) == (text, "cp950")
