from io import BytesIO

from translate.storage.tmx import tmxfile
from translate.storage.xliff import xlifffile
from translate.storage.xliff2 import Xliff2File

from nlp.render import Shape, render
from nlp.types import Article, Result, Segment, Source, Translation

TEXT = "他說：「A<B」。\n第二句。第三\x1b[31m句。"
RESULT = Result(
    Source("a&b.txt", None, "utf-8", ""),
    Article(TEXT),
    translation=Translation(
        "", (Segment(0, 9, 'He said: "A<B & C".'), Segment(10, 14, ""), Segment(14, 23, "The third."))
    ),
)


def test_a_translators_tool_reads_the_memory():
    memory = tmxfile.parsefile(BytesIO(render([RESULT, RESULT], Shape("tmx")).encode()))
    units = [(u.source, u.target) for u in memory.units if not u.isheader()]
    assert units == [("他說：「A<B」。", 'He said: "A<B & C".'), ("第三[31m句。", "The third.")] * 2


def test_a_translators_tool_reads_the_draft_and_sees_what_is_missing():
    draft = xlifffile.parsefile(BytesIO(render([RESULT], Shape("xliff")).encode()))
    assert [(u.source, u.target or "") for u in draft.units] == [
        ("他說：「A<B」。", 'He said: "A<B & C".'),
        ("第二句。", ""),
        ("第三[31m句。", "The third."),
    ]
    assert all(u.isfuzzy() for u in draft.units if u.target)


def test_both_languages_stand_side_by_side_for_a_reader():
    for form in ("md", "html"):
        page = render([RESULT], Shape(form))
        assert page.index("第二句") < page.index("The third")
        assert "A<B" not in page


def test_the_draft_in_xliff_2():
    page = render([RESULT, RESULT], Shape("xliff2"))
    draft = Xliff2File.parsestring(page.encode())
    assert [(u.source, u.target or "") for u in draft.units] == [
        ("他說：「A<B」。", 'He said: "A<B & C".'),
        ("第二句。", ""),
        ("第三[31m句。", "The third."),
    ] * 2
    assert page.count('version="2.0"') == 1
    assert page.count('state="initial"') == 2
