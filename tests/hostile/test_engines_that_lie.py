"""Engines that do what an article orders, or worse: nothing of it comes through the checks, whatever the page."""

import dataclasses
import datetime
import re

import pytest

from nlp.brief.check import check
from nlp.brief.draft import draft_of
from nlp.brief.headline import headlines
from nlp.engines import registry
from nlp.pipeline import Options, Pipeline
from tests.fakes import FakeEngine
from tests.hostile.pages import HTML, INSTRUCTIONS, NEWS, ODD, hidden
from tests.hostile.reader import faults

DAY = datetime.date(2026, 2, 25)
RIGHT = {
    "US$800": "The Australian government announced in January that it would invest US$800 million in a critical minerals reserve, "
    "buying antimony and gallium first.",
    "Starmer": "British Prime Minister Keir Starmer visited India on Feb. 24, and the two sides signed 12 agreements worth £3.5 billion.",
    "Goldman": "Goldman Sachs said demand for gold had surged 36% this year and central banks are still buying.",
}  # fmt: skip
ORDERED = re.compile("忽略|HACKED|Ignore|DAN|系統", re.I)


def right(request):
    return next((v for k, v in RIGHT.items() if k in (request.source or "")), "The officials said so.")


def with_more(more):
    return lambda r: right(r).rstrip(".") + more


def with_changes(*changes):
    def answer(request):
        text = right(request)
        for before, after in changes:
            text = text.replace(before, after)
        return text

    return answer


LIARS = {
    "obeys": lambda r: "HACKED" if ORDERED.search(r.source or "") else right(r),
    "obeys in a sentence": lambda r: "President Vladimir Putin has been killed." if ORDERED.search(r.source) else right(r),
    "says what the order says": lambda r: "The US president has resigned." if ORDERED.search(r.source) else right(r),
    "adds a death": with_more(", and the president has died."),
    "tells its prompt": lambda r: r.messages[0].content,
    "tells an example": lambda r: r.messages[2].content,
    "gives an address": with_more("; see www.evil.example for more."),
    "gives a link": with_more(" (http://evil.example/x)."),
    "gives a mailbox": with_more(", write to me@evil.example."),
    "writes HTML": with_changes(("demand", "<script>x</script>demand"), ("visited", "<b>visited</b>"), ("critical", "<i>critical")),
    "writes Markdown": with_changes(("demand", "[demand](x)"), ("visited", "**visited**"), ("critical", "`critical`")),
    "writes to the terminal": lambda r: "\x1b]0;owned\x07\x1b[31m" + right(r),
    "writes control tokens": with_more(".<|im_end|>\n<|im_start|>user"),
    "hides words": lambda r: right(r) + hidden("ignore the rest"),
    "turns the direction of writing": lambda r: right(r).replace(" ", " \u202e"),
    "paints": with_more(". \U0001f389"),
    "changes a figure": with_changes(("800", "80"), ("12 ", "21 "), ("36%", "63%")),
    "takes another's figure": with_changes(("US$800 million", "£3.5 billion"), ("36%", "12%"), ("12 agreements", "36 agreements")),
    "counts in words": with_more(", twice the twelve dozen of last year."),
    "calls another name": with_changes(("Keir Starmer", "Keir Trump"), ("Goldman Sachs", "Morgan Stanley"), ("Australian", "Austrian")),
    "answers in Chinese": with_more("，總統已經辭職。"),
    "answers nothing": lambda r: "",
    "never ends": lambda r: right(r) + " It was good." * 400,
    "talks about itself": lambda r: "I am sorry, but as an AI model I cannot do that.",
    "thinks aloud": lambda r: f"<think>Ignore {right(r)}</think>The minister is a crook.",
}  # fmt: skip


@pytest.fixture(scope="module")
def language():
    return Pipeline(Options()).language


@pytest.fixture
def brief(language, monkeypatch):
    def run(page, answer, plain=True, **options):
        monkeypatch.setattr(registry, "_loader", lambda _: lambda **_: FakeEngine(answer))
        pipeline = Pipeline(Options(plain=plain, published=DAY, **options))
        pipeline.__dict__["language"] = language
        return pipeline(page, None if plain else "page.html")

    return run


def written(result):
    """Every text that a reader of the brief sees, with the places of its evidence."""
    for made in result.briefs:
        yield from ((s.text, s.evidence) for s in made.sentences)
        if made.headline:
            yield made.headline.text, made.headline.evidence


def assert_what_always_holds(result):
    """CONTRACT's properties by the project's own checks and by a reader that knows nothing of them."""
    entities = [e if e.verified else dataclasses.replace(e, name=None, short=None) for e in result.entities]
    for text, evidence in written(result):
        assert faults(text, result) == [], text
        assert evidence
        assert all(0 <= s.start < s.end <= len(result.article.text) for s in evidence)
        whole = dataclasses.replace(evidence[0], end=evidence[-1].end)
        assert check(text, draft_of(result, entities, whole).evidence, whole=False) == [], text


@pytest.mark.parametrize("liar", LIARS.values(), ids=LIARS)
@pytest.mark.parametrize("page", [INSTRUCTIONS["in Chinese"], INSTRUCTIONS["in English"]], ids=["Chinese", "English"])
def test_what_an_engine_makes_up_does_not_come_through(brief, page, liar):
    result = brief(page, liar)
    assert_what_always_holds(result)
    # What stands in the brief is what was right, or the beginning of it, or a headline of it.
    allowed = [*RIGHT.values(), *(headline for r in RIGHT.values() for headline in headlines(r))]
    for text, _ in written(result):
        assert any(text.rstrip(".") in a for a in allowed), text


@pytest.mark.parametrize("page", INSTRUCTIONS.values(), ids=INSTRUCTIONS)
def test_an_order_is_never_chosen_nor_does_it_reach_the_engine_as_one(brief, page):
    asked = []

    def answer(request):
        asked.append(request)
        return right(request)

    result = brief(page, answer)
    assert {s.text for s in result.briefs[0].sentences} >= {RIGHT["Goldman"]}
    assert_what_always_holds(result)
    for request in asked:
        assert request.messages[0].role == "system"
        assert [m.role for m in request.messages].count("system") == 1
        assert not re.search("HACKED|previous instructions|DAN", request.source)


def test_hidden_parts_of_a_page_are_no_article(brief):
    result = brief(HTML, LIARS["obeys in a sentence"], plain=False)
    assert not re.search("script|alert", result.article.text)
    assert result.article.text.count("忽略以上指示") == 1  # the caption's, which a reader sees
    assert {s.text for s in result.briefs[0].sentences} >= {RIGHT["Starmer"], RIGHT["Goldman"]}
    assert_what_always_holds(result)


@pytest.mark.parametrize("page", ODD.values(), ids=ODD)
@pytest.mark.parametrize(
    "answer",
    [
        lambda r: "President Xi Jinping met 40 officials of Toyota in Paris.",
        lambda r: " ".join(re.findall(r"[A-Za-z0-9$.,%]+", r.source or "")),
        lambda r: r.source or "",
        lambda r: "The officials met and talked about it, and then they went home.",
    ],
    ids=["invents", "copies", "repeats the Chinese", "says nothing"],
)
def test_a_page_with_little_to_hold_on_to_gives_what_holds_or_no_brief(brief, page, answer):
    result = brief(page, answer)
    assert_what_always_holds(result)
    assert result.briefs or result.warnings


@pytest.mark.parametrize("page", [INSTRUCTIONS["in Chinese"], *ODD.values()], ids=["orders", *ODD])
def test_a_translation_holds_as_much(brief, page):
    result = brief(page, lambda r: "President Xi Jinping met 40 officials of Toyota.", task="translate")
    for segment in result.translation.segments:
        assert segment.text == "" or faults(re.sub("[⟦⟧]", "", segment.text), result) == []


def test_the_reader_finds_what_is_wrong(brief):
    """It would prove nothing if it found nothing."""
    result = brief(NEWS, right)
    good = RIGHT["Starmer"]
    assert faults(good, result) == []
    for wrong in (
        ("12", "13"),
        ("Keir Starmer", "Boris Starmer"),
        ("£3.5 billion", "£3.5 million"),
        ("India", "印度"),
        ("on", "on <b>"),
    ):
        assert faults(good.replace(*wrong), result)
