"""Lint of what ships: a wrong name printed once costs a desk its trust."""

import pytest

from nlp.names import load, shipped, shipped_folder
from nlp.names.glossary_file import COLUMNS
from nlp.names.lint import lint

FILES = sorted(shipped_folder().glob("*.tsv"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_a_file_is_in_form(path):
    data = path.read_bytes()
    lines = data.decode("utf-8").split("\n")
    assert b"\r" not in data
    assert lines[-1] == ""
    header = next(line for line in lines if not line.startswith("#"))
    assert [c for c in COLUMNS if c in header.split("\t")] == header.split("\t")
    assert {line.split(":")[0] for line in lines if line.startswith("#")} >= {
        "# topic",
        "# licence",
        "# source",
        "# checked",
    }


def test_there_are_enough_entries_to_meet_the_news():
    assert len(shipped()) >= 600


def test_what_ships_is_without_findings():
    assert [f"{f.path.name}:{f.line}: {f.code}: {f.message}" for f in lint([shipped_folder()])] == []


def test_a_folder_is_all_its_files():
    assert len(load(shipped_folder())) == len(shipped())
