from nlp.render.evidence import lines_of, stretches
from nlp.types import Article, Brief, BriefSentence, Headline, Result, Source, Span


def brief(language, *spans):
    sentences = tuple(BriefSentence("x", (span,), (), (), "draft") for span in spans)
    return Brief(language, Headline("x", (spans[0],)), sentences)


def test_what_overlaps_is_one_stretch_and_knows_all_its_lines():
    both = (brief("en", Span(0, 5), Span(20, 30)), brief("zh", Span(3, 10), Span(12, 15)))
    result = Result(Source(None, None, "", ""), Article("字" * 40), briefs=both)
    assert [(s.id, s.start, s.end, [line.label for line in s.lines]) for s in stretches(result)] == [
        ("e1", 0, 10, ["H", "1", "題", "一"]),
        ("e2", 12, 15, ["二"]),
        ("e3", 20, 30, ["2"]),
    ]


def test_lines_are_numbered_in_their_language():
    chinese = lines_of(brief("zh", *(Span(i, i + 1) for i in range(21))))
    assert [chinese[i].label for i in (1, 10, 11, 20, 21)] == ["一", "十", "十一", "二十", "二十一"]
