import dataclasses
import datetime
import json
from decimal import Decimal

import jsonschema

from nlp.render import Shape, schema_text
from nlp.render import render as render_as
from nlp.types import (
    Article,
    Brief,
    BriefSentence,
    Dropped,
    EngineInfo,
    Entity,
    Headline,
    Mention,
    Quantity,
    Result,
    Source,
    Span,
    Term,
    Warning,
)


def render(results, form, **shape):
    return render_as(results, Shape(form, **shape))


RESULT = Result(
    Source("a.txt", None, "utf-8", "0" * 64),
    Article("施洛德說有12億。", "標題", "中央社", "記者", datetime.date(2026, 2, 25), (Dropped("廣告", "advertisement"),)),
    (
        Entity("e1", "Patrick Schröder", "Schröder", "PERSON", "gloss", "article", (Mention(0, 3, "施洛德"),)),
        Entity("e2", "Shih Luo", None, "PERSON", "romanised", None, (Mention(0, 2, "施洛"),)),
        Entity("e3", None, None, "ORG", "unresolved", None, (Mention(3, 4, "說"),)),
    ),
    (Term("t1", "antimony", "elements", (Mention(4, 5, "有"),)),),
    (Quantity("q1", "count", Decimal("1200000000"), None, None, None, "1.2 billion", 5, 8, "12億"),),
    (Brief("en", Headline("A <b>headline", (Span(0, 9),)), (BriefSentence("He said *so*.", (Span(0, 9),), ("e1",), ("q1",), "draft"),)),),
    engine=EngineInfo("fake", "none", "1"),
    warnings=(Warning("w", "careful"),),
)  # fmt: skip


def test_json_holds_to_the_schema():
    schema = json.loads(schema_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(render([RESULT], "json")), schema)


def test_one_result_is_an_object_and_several_are_an_array():
    assert isinstance(json.loads(render([RESULT], "json")), dict)
    assert len(json.loads(render([RESULT, RESULT], "json"))) == 2
    assert len(render([RESULT, RESULT], "jsonl").splitlines()) == 2


def test_whole_decimals_are_integers_and_dates_iso():
    result = json.loads(render([RESULT], "json"))
    assert result["quantities"][0]["value"] == 1_200_000_000
    assert result["article"]["published"] == "2026-02-25"


def test_text_marks_what_nobody_vouched_for():
    text = render([RESULT], "text")
    line = next(row for row in text.splitlines() if "Shih Luo" in row)
    assert "spelling unverified" in line
    assert "spelling unverified" not in next(row for row in text.splitlines() if "Patrick Schröder" in row)


def test_quantities_are_shown_on_request():
    assert "1.2 billion" not in render([RESULT], "text")
    assert "1.2 billion" in render([RESULT], "text", quantities=True)
    assert "1.2 billion" in render([RESULT], "md", quantities=True)


def test_markdown_escapes_text_from_outside():
    text = render([RESULT], "md")
    assert r"A \<b\>headline" in text
    assert r"\*so\*" in text


def test_control_characters_never_reach_a_terminal():
    bad = Result(RESULT.source, Article("一\x1b[31m紅\x07\u202e字"))
    for form in ("text", "md"):
        assert not set(render([bad], form)) & set("\x1b\x07\u202e")


def test_html_escapes_what_comes_from_outside_and_marks_what_is_uncertain():
    article = Article("<script>施洛德</script>說有12億。", "標題 & <b>")
    mention = Mention(8, 11, "施洛德")
    doubtful = Entity("e1", "Shih Lo-te", None, "PERSON", "romanised", None, (mention,))
    page = render([dataclasses.replace(RESULT, article=article, entities=(doubtful,), quantities=())], "html")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "Shih Lo-te (spelling unverified)" in page
    assert "標題 &amp; &lt;b&gt;" in page
    assert "A &lt;b&gt;headline" in page


def test_a_table_cell_is_never_a_formula():
    evil = Entity("e1", '=HYPERLINK("x")', None, "ORG", "gloss", "article", (Mention(0, 1, "+1\t2"),))
    header, *rows = render([dataclasses.replace(RESULT, entities=(evil,))], "tsv").splitlines()
    assert header.split("\t")[:2] == ["chinese", "name"]
    assert rows[0].split("\t")[:2] == ["'+1 2", '\'=HYPERLINK("x")']
    assert rows[1].split("\t")[:4] == ["有", "antimony", "", "TERM"]


def test_bullets_are_set_as_points():
    assert "\n• He said *so*." in render([RESULT], "text", bullets=True)
    assert "\n- He said" in render([RESULT], "md", bullets=True)
    assert "<li>" in render([RESULT], "html", bullets=True)
    assert "•" not in render([RESULT], "text")


def test_what_a_brief_did_without_is_listed_with_the_option_that_fills_it_in():
    for form in ("text", "md", "html"):
        page = render([RESULT], form)
        assert "Not named above" in page
        assert "sentence 1 goes by role" in page
    assert '--name 施洛="Shih Luo"' in render([RESULT], "text")


def test_chinese_is_wrapped_by_its_width_and_no_line_begins_with_a_stop():
    sentence = BriefSentence("各國競相囤積關鍵礦產，" * 12 + "如此而已。", (Span(0, 9),), (), (), "draft")
    chinese = dataclasses.replace(RESULT, briefs=(Brief("zh", None, (sentence,)),))
    lines = render([chinese], "text").split("\n\n")[0].splitlines()
    assert "".join(lines) == sentence.text
    assert all(60 < 2 * len(line) <= 88 for line in lines[:-1])
    assert not any(line.startswith(("，", "。")) for line in lines)
