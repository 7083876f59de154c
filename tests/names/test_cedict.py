"""Names out of CC-CEDICT: what is taken, and where it stands."""

import pytest

from nlp.annotate.language import build
from nlp.names import fold
from nlp.names.cedict import _entry, cedict


@pytest.mark.parametrize(
    ("term", "definition", "name", "kind"),
    [
        ("布爾諾", "Brno, city in Czech Republic", "Brno", "GPE"),
        ("喬治·奧威爾", "George Orwell (1903-1950), British novelist", "George Orwell", "PERSON"),
        ("哈蘇", "Hasselblad (camera manufacturer)", "Hasselblad", "ORG"),
        ("西澳大利亞", "Western Australia, Australian state", "Western Australia", "GPE"),
        ("波托馬克河", "Potomac River", "Potomac River", "LOC"),
        ("奧斯曼帝國", "the Ottoman Empire", "Ottoman Empire", "GPE"),
        ("羅格斯大學", "Rutgers University (New Jersey)", "Rutgers University", "ORG"),
    ],
)
def test_what_is_described_is_taken(term, definition, name, kind):
    entry = _entry(term, [definition])
    assert (entry.name, entry.type, entry.source) == (name, kind, "CC-CEDICT")


@pytest.mark.parametrize(
    "definitions",
    [
        ["Mario (name)"],
        ["Mike Pence (1959-), US Republican politician"],
        ["to succeed"],
        ["Paul"],
        ["Salt Lake Plateau (old name)"],
        ["Richmond (place name or surname)"],
        ["Dadu (1271-1368), capital of Yuan China"],
        ["TOMONAGA Shin'ichirō (1906-1979), Japanese physicist"],
        ["Brno, city in Czech Republic", "another thing"],
    ],
)
def test_what_is_no_name_of_one_thing_is_left(definitions):
    assert _entry("甲乙", definitions) is None


def test_it_stands_where_a_name_of_its_kind_was_recognised_and_nowhere_else():
    language = build(ner="accurate")
    names = {e._.name: e._.source for e in language("比賽在德國菲爾特舉行，列車開往安特衛普。").ents}
    assert names.get("Fürth") == "CC-CEDICT"
    assert "CC-CEDICT" not in {e._.source for e in language("日照充足，光線良好。").ents}


def test_the_dictionary_is_read_once(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    key = fold("喬治·奧威爾")
    made = [e.name for _, found in cedict().at(key, 0) for e in found]
    assert "George Orwell" in made
    monkeypatch.setattr("nlp.names.cedict.entries", lambda: pytest.fail("read again"))
    assert [e.name for _, found in cedict().at(key, 0) for e in found] == made
