import pytest

from nlp.brief.repeats import Repetition

POST = "中央氣象署上午發布海上颱風警報，預計明日凌晨登陸東部沿海地區。"


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("中央氣象署上午11時發布海上颱風警報，預計明日凌晨登陸東部沿海地區。", True),
        ("氣象署上午發布海上颱風警報。", True),
        ("颱風警報解除後，東部鐵路下午恢復全線通車。", False),
        ("。", False),
    ],
)
def test_what_says_nearly_the_same(text, same):
    assert Repetition(POST).by(text) is same
