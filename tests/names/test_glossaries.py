"""Lint of what ships: a wrong name printed once costs a desk its trust."""

import re

import pytest

from nlp.names import fold, load, shipped, shipped_folder
from nlp.names.glossary_file import COLUMNS

FILES = sorted(shipped_folder().glob("*.tsv"))
CJK = re.compile(r"[\u3400-\u9fff]")


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_a_file_is_in_form(path):
    data = path.read_bytes()
    lines = data.decode("utf-8").split("\n")
    assert b"\r" not in data
    assert lines[-1] == ""
    header = next(line for line in lines if not line.startswith("#"))
    assert tuple(header.split("\t")) == COLUMNS
    terms = [line.split("\t")[0] for line in lines[lines.index(header) + 1 : -1]]
    assert terms == sorted(terms)
    assert {line.split(":")[0] for line in lines if line.startswith("#")} >= {
        "# topic",
        "# licence",
        "# source",
        "# checked",
    }


def test_there_are_enough_entries_to_meet_the_news():
    assert len(shipped()) >= 600


def test_english_holds_no_chinese():
    assert [e.term for e in shipped() if CJK.search(e.name + (e.short or ""))] == []


def test_no_form_has_two_names_unless_guards_tell_them_apart():
    names: dict[str, set[str]] = {}
    for entry in shipped():
        if not entry.needs:
            for form in entry.forms:
                names.setdefault(fold(form), set()).add(entry.name)
    assert {form: n for form, n in names.items() if len(n) > 1} == {}


def test_one_character_terms_are_terms_and_not_names():
    assert [e.term for e in shipped() if any(len(f) == 1 for f in e.forms) and e.type and not e.needs] == []


def test_a_folder_is_all_its_files():
    assert len(load(shipped_folder())) == len(shipped())
