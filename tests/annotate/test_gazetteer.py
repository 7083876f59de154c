"""Of several things with one name, the one whose kind was recognised."""

import pytest
import spacy

from nlp.annotate.evidence import Recognised


@pytest.fixture
def gazetteer(tmp_path):
    own = tmp_path / "own.tsv"
    own.write_text(
        "term\tname\ttype\tstatus\tnote\n"
        "華盛頓\tWashington\tGPE\t\t\n"
        "華盛頓\tGeorge Washington\tPERSON\t\t\n"
        "鮑爾\tAlan Ball\tPERSON\t\tneeds: 編劇\n"
        "鮑爾\tJerome Powell\tPERSON\tpreferred\t\n",
        encoding="utf-8",
    )
    own_sources = {"given": {}, "glossary": [str(own)], "project_names": {}, "project": [], "user": []}
    language = spacy.blank("zh")
    component = language.add_pipe("zhbrief_gazetteer", config={"sources": own_sources})

    def names(text, *recognised):
        doc = language.make_doc(text)
        doc._.recognised = recognised
        return [m.entry.name for m in component(doc)._.matches]

    return names


def test_the_kind_that_was_recognised_tells(gazetteer):
    assert gazetteer("華盛頓下雪") == ["Washington"]
    assert gazetteer("華盛頓渡河", Recognised(0, 3, "PERSON")) == ["George Washington"]
    assert gazetteer("華盛頓下雪", Recognised(0, 3, "LOC")) == ["Washington"]


def test_neighbours_tell_and_else_the_preferred_counts(gazetteer):
    assert gazetteer("鮑爾表示") == ["Jerome Powell"]
    assert gazetteer("編劇鮑爾表示") == ["Alan Ball"]
