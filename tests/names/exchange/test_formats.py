"""Every format: what is written is read again, alike; what is broken is refused, never half read."""

import csv
import io
import random
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.errors import GlossaryError
from nlp.names import Entry
from nlp.names.exchange import FORMATS, format_of, losses, read, write
from nlp.names.glossary_file import COLUMNS, row_of

FULL = [f for f in FORMATS.values() if f.written and f.carries == frozenset(COLUMNS)]
PAIRS = [f for f in FORMATS.values() if f.written and f not in FULL]
WORD = (
    st.text(alphabet="甲乙丙·A b'=+-@\"é,;()&<>", min_size=1, max_size=8)
    .map(lambda s: " ".join(s.split()))
    .filter(bool)
)
TERM = WORD.filter(lambda s: not s.startswith("#"))
MAYBE = st.one_of(st.just(""), WORD)


@st.composite
def entries(draw):
    forms = draw(st.lists(TERM.filter(lambda s: "|" not in s), min_size=1, max_size=3, unique=True))
    return Entry(
        forms[0],
        draw(WORD),
        tuple(forms[1:]),
        draw(MAYBE) or None,
        draw(st.sampled_from([None, "PERSON", "ORG", "LAW"])),
        draw(st.sampled_from([None, "tw", "hk", "cn"])),
        draw(st.sampled_from(["", "preferred", "admitted", "forbidden"])),
        draw(MAYBE),
        draw(WORD),
        draw(MAYBE) or None,
        draw(st.sampled_from(["", "2026-11-23"])),
    )


def through(tmp_path_factory, form, given_entries):
    path = tmp_path_factory.mktemp("exchange") / f"x{(form.suffixes or ('.csv',))[0]}"
    path.write_bytes(write(given_entries, form))
    return read(path, form)


@pytest.mark.parametrize("form", FULL, ids=lambda f: f.name)
@settings(max_examples=40)
@given(st.lists(entries(), min_size=1, max_size=4))
def test_a_full_format_loses_nothing(tmp_path_factory, form, given_entries):
    found = through(tmp_path_factory, form, given_entries)
    key = lambda row: sorted(row.items())  # noqa: E731
    assert sorted(map(row_of, found), key=key) == sorted(map(row_of, given_entries), key=key)
    assert losses(given_entries, form) == []


@pytest.mark.parametrize("form", PAIRS, ids=lambda f: f.name)
@settings(max_examples=40)
@given(st.lists(entries().filter(lambda e: e.status != "forbidden"), min_size=1, max_size=4))
def test_a_pair_stands_for_each_form(tmp_path_factory, form, given_entries):
    found = through(tmp_path_factory, form, given_entries)
    assert [(e.term, e.name) for e in found] == [(f, e.name) for e in given_entries for f in e.forms]


def test_losses_are_told():
    given_entries = [Entry("甲", "A", short="a", type="ORG"), Entry("乙", "B", status="forbidden")]
    told = losses(given_entries, FORMATS["deepl"])
    assert any("short: 1 of 2" in line for line in told)
    assert any("forbidden: 1 of 2" in line for line in told)
    assert b"B" not in write(given_entries, FORMATS["deepl"])


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "'=1"])
def test_no_cell_starts_a_formula(tmp_path, cell):
    entry = Entry("甲", cell, note=cell)
    text = write([entry], FORMATS["csv"]).decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text, newline="")):
        assert not any(c.startswith(("=", "+", "-", "@")) for c in row)
    path = tmp_path / "a.xlsx"
    path.write_bytes(write([entry], FORMATS["xlsx"]))
    for row in openpyxl.load_workbook(path).active.iter_rows():
        assert all(c.data_type != "f" for c in row)
    assert read(path, FORMATS["xlsx"])[0].name == cell


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.csv", b"", "empty"),
        ("a.csv", "term,english\n甲,A\n".encode(), r"a\.csv:1: the header"),
        ("a.csv", "term,name\n甲,A,B\n".encode(), r"a\.csv:2: 3 columns"),
        ("a.csv", 'term,name\n甲,"A\n'.encode(), r"a\.csv:2"),
        ("a.csv", "term,name\n甲,A\n".encode("cp950"), "not UTF-8"),
        ("a.utx", b"term\tname\n", "opens with its version"),
        ("a.utx", b"#UTX 1.20; en/fr; 2026\n#src\ttgt\n", "neither language is Chinese"),
        ("a.utf8", "甲\n".encode(), r"a\.utf8:1: 1 columns"),
        ("a.xlsx", b"PK no zip", "not a sound XLSX"),
        ("a.tbx", b"<tbx><body>", "no sound XML"),
        ("a.tbx", b"<tbx><body/></tbx>", "no entry"),
        ("a.lua", b"return {}", "nothing found"),
        ("a.foo", b"x", "tells no format"),
    ],
)
def test_a_fault_is_named(tmp_path, name, data, says):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(GlossaryError, match=says):
        read(path, format_of(None, path))


@pytest.mark.parametrize(
    "dtd",
    [
        '<!DOCTYPE t [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE t [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_entities_are_not_read(tmp_path, dtd):
    path = tmp_path / "a.tbx"
    path.write_text(f'<?xml version="1.0"?>{dtd}<tbx><body>&b;</body></tbx>', encoding="utf-8")
    with pytest.raises(GlossaryError, match="entities"):
        read(path, FORMATS["tbx"])


def test_what_unpacks_to_too_much_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("nlp.names.exchange.xlsx.LARGEST", 1000)
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"0" * 5000)
    with pytest.raises(GlossaryError, match="unpacks"):
        read(path, FORMATS["xlsx"])


def test_a_formula_cell_is_refused(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["term", "name"])
    book.active.append(["甲", "=1+1"])
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(GlossaryError, match=r"a\.xlsx:2: a formula"):
        read(tmp_path / "a.xlsx", FORMATS["xlsx"])


def test_other_shapes_are_read(tmp_path):
    def of(name, text, form):
        path = tmp_path / name
        path.write_bytes(text.encode("utf-8-sig"))
        return [(e.term, e.name, e.variants) for e in read(path, FORMATS[form])]

    assert of("a", "Nvidia,輝達,EN,ZH\r\n", "deepl") == [("輝達", "Nvidia", ())]
    assert of("b", "en,zh-TW,pos\nNvidia,輝達,noun\n", "google") == [("輝達", "Nvidia", ())]
    assert of("c", "#UTX 1.11; en/zh; 2011-01-01\n#src\ttgt\tsrc:pos\nNvidia\t輝達\tnoun\n", "utx") == [
        ("輝達", "Nvidia", ())
    ]
    assert of("d", '序號,英文名稱,中文名稱\n1,"Aachen","亞琛；阿亨"\n', "naer") == [("亞琛", "Aachen", ("阿亨",))]
    rule = "{ type = 'item', original = 'Donald Trump', rule = 'zh-cn:特朗普; zh-tw:川普; zh-hk:特朗普;' },\n"
    assert of("e", rule, "zhwiki") == [("川普", "Donald Trump", ("特朗普",))]
    names = "1\t7\ten\tSeoul\t1\n2\t7\tzh-TW\t首爾\n3\t7\tzh\t漢城\n"
    assert of("f", names, "geonames") == [("首爾", "Seoul", ("漢城",))]


def test_five_thousand_broken_files_are_refused_or_read(tmp_path):
    rng = random.Random(4)
    good = [Entry("甲乙", "Alpha", ("丙",), "A", "ORG", "tw", "preferred", "remark", "desk"), Entry("丁", "=Beta")]
    seeds = {f.name: write(good, f) for f in FORMATS.values() if f.written}
    path = tmp_path / "broken"
    complaints = []
    for i in range(5000):
        name = list(seeds)[i % len(seeds)]
        data = bytearray(seeds[name])
        for _ in range(rng.choice([1, 2, 8])):
            at = rng.randrange(len(data) + 1)
            match rng.randrange(4):
                case 0:
                    data[at : at + 1] = bytes([rng.randrange(256)])
                case 1:
                    del data[at : at + rng.randrange(1, 40)]
                case 2:
                    data[at:at] = rng.choice(
                        [b"\t", b"\n", b'"', b"\x00", b"&x;", b"\r", b"<", "甲".encode()[:2], b","]
                    )
                case 3:
                    data = data[:at] or bytearray(b" ")
        path.write_bytes(bytes(data))
        try:
            read(path, FORMATS[name])
        except GlossaryError as e:
            complaints.append(str(e))
    assert len(complaints) > 1000
    assert all(str(path) in complaint for complaint in complaints)


def test_termbases_and_glossaries_are_read_by_another_reader():
    from translate.storage.omegat import OmegaTFile
    from translate.storage.tbx import tbxfile
    from translate.storage.utx import UtxFile

    given_entries = [Entry("輝達", "Nvidia", type="ORG", note="chips"), Entry("銻", "antimony", ("銻礦",))]
    pairs = [("輝達", "Nvidia"), ("銻", "antimony"), ("銻礦", "antimony")]
    read_back = OmegaTFile.parsestring(write(given_entries, FORMATS["omegat"]))
    assert [(u.source, u.target) for u in read_back.units] == pairs
    read_back = UtxFile.parsestring(write(given_entries, FORMATS["utx"]))
    assert [(u.source, u.target) for u in read_back.units] == pairs
    termbase = tbxfile.parsestring(write(given_entries, FORMATS["tbx2"]))
    termbase.setsourcelanguage("zh-TW")
    termbase.settargetlanguage("en")
    assert [(u.source, u.target) for u in termbase.units] == [("輝達", "Nvidia"), ("銻", "antimony")]


def test_suffixes_tell_one_format_each():
    told = [s for f in FORMATS.values() for s in f.suffixes]
    assert len(told) == len(set(told))
    assert format_of(None, Path("x.TBX")).name == "tbx"
