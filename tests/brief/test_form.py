import pytest

from nlp.brief.form import strange

PLAIN = [
    'The "AAA" rating (from S&P) fell 1.5% to US$12,000—down €3/£2 or ¥5; Schröder’s view…',
    "⟦Huodesi⟧ said the U.S. firm OpenAI.",
    "Lower rates. The bank said so.Then it was over.",
    "It was 30°C in St. Louis, No. 1 of A.B.C. Inc.",
]


@pytest.mark.parametrize("sentence", PLAIN)
def test_running_text_has_nothing_strange(sentence):
    assert strange(sentence, "") is None


@pytest.mark.parametrize(
    ("sentence", "piece"),
    [
        ("The bank <b>raised</b> rates.", "<"),
        ("The bank **raised** rates.", "**"),
        ("The bank [raised](x) rates.", "["),
        ("Rates rose.<|im_end|>", "<|"),
        ("Rates rose, see www.evil.example for more.", "www.evil.example"),
        ("Rates rose (http://evil.example/x).", "http://evil.example/x)."),
        ("Write to me@evil.example.", "me@evil.example."),
        ("Rates rose at evil.com.", "evil.com."),
        ("Rates rose \U0001f389.", "\U0001f389"),
        ("Rates\u200b rose.", "\u200b"),
        ("\x1b[31mRates rose.", "\x1b["),
        ("Rates rose.\U000e0041\U000e0042", "\U000e0041\U000e0042"),
    ],
)
def test_what_no_running_text_has(sentence, piece):
    assert strange(sentence, "利率上升。") == piece


@pytest.mark.parametrize("piece", ["C#", "example.com", "#MeToo", "@potus", "A*STAR"])
def test_what_stands_in_the_source_may_stand(piece):
    assert strange(f"The {piece} account fell.", f"{piece} 的帳號下滑。") is None
