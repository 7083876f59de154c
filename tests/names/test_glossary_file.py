import pytest

from nlp.errors import GlossaryError
from nlp.names import load
from nlp.names.glossary_file import dump


def write(tmp_path, text, name="a.tsv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_columns_may_stand_in_any_order_and_only_two_are_needed(tmp_path):
    (entry,) = load(write(tmp_path, "# 註\nname\tterm\tvariants\nNvidia\t輝達\t英偉達|辉达\n"))
    assert (entry.term, entry.name, entry.variants, entry.source) == ("輝達", "Nvidia", ("英偉達", "辉达"), "a")


def test_guards_are_read_from_the_note(tmp_path):
    (entry,) = load(write(tmp_path, "term\tname\tnote\n水手\tMariners\tneeds: 大聯盟|MLB; unless: 水手服\n"))
    assert entry.needs == ("大聯盟", "MLB")
    assert entry.unless == ("水手服",)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        ("term\tenglish\n", r"a\.tsv:1: the header"),
        ("甲\tA\n", r"a\.tsv:1: the header"),
        ("term\tname\n\tA\n", r"a\.tsv:2: no term"),
        ("term\tname\n甲\t\n", r"a\.tsv:2: 甲 has no name"),
        ("term\tname\ttype\n甲\tA\tTHING\n", r"a\.tsv:2: THING is no type"),
        ("term\tname\tstatus\n甲\tA\tgood\n", r"a\.tsv:2: good is no status"),
        ("term\tname\n甲\tA\tB\n", r"a\.tsv:2: 3 columns"),
        ("term\tname\tchecked\n甲\tA\ttoday\n", r"a\.tsv:2: checked is today"),
    ],
)
def test_a_fault_is_named_with_file_and_line(tmp_path, text, says):
    with pytest.raises(GlossaryError, match=says):
        load(write(tmp_path, text))


def test_a_file_in_another_encoding_says_so(tmp_path):
    path = tmp_path / "a.tsv"
    path.write_bytes("term\tname\n甲\tA\n".encode("cp950"))
    with pytest.raises(GlossaryError, match="not UTF-8"):
        load(path)


def test_what_is_dumped_is_loaded(tmp_path):
    entries = load(write(tmp_path, "term\tname\tnote\tabbr\tchecked\n乙\tB\tneeds: 丙\tb.\t2026-11-23\n甲\tA\t\t\t\n"))
    text = dump(entries, {"topic": "test", "licence": "none"})
    assert text.startswith("# topic: test\n# licence: none\nterm\tvariants\tname")
    assert sorted(load(write(tmp_path, text)), key=lambda e: e.term) == sorted(entries, key=lambda e: e.term)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_endings(tmp_path, ending):
    path = tmp_path / "a.tsv"
    path.write_bytes(f"\ufeff# 註{ending}term\tname{ending}甲\tA{ending}".encode())
    assert [(e.term, e.name) for e in load(path)] == [("甲", "A")]
