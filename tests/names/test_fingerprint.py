import pytest

from nlp.names import Entry, Gazetteer, Layer, lexicon
from nlp.names.fingerprint import fingerprint

TEXT = "施洛德周三在台北發言，Chatham House也有人在場。"


def of(*entries, layer=Layer.GLOSSARY, text=TEXT):
    return fingerprint(text, Gazetteer([(layer, lexicon(entries))]).find(text))


BASE = Entry("施洛德", "Schröder", type="PERSON", source="own")


def test_sixteen_bytes_that_stay():
    assert len(of(BASE)) == 16
    assert of(BASE) == of(BASE)


@pytest.mark.parametrize(
    "entries",
    [
        (),
        (Entry("施洛德", "Schroeder", type="PERSON", source="own"),),
        (Entry("施洛德", "Schröder", type="ORG", source="own"),),
        (Entry("施洛德", "Schröder", type="PERSON", source="theirs"),),
        (Entry("施洛德", "Schröder", short="S.", type="PERSON", source="own"),),
        (Entry("施洛德", "Schröder", type="PERSON", source="own", status="forbidden"),),
        (Entry("施洛德", "Schröder", type="PERSON", source="own", needs=("週五",)),),
        (BASE, Entry("施洛德", "Schlöder", type="PERSON", source="own")),
        (BASE, Entry("台北", "Taipei", type="GPE")),
    ],
)
def test_whatever_could_change_the_result_changes_it(entries):
    assert of(*entries) != of(BASE)
    assert of(BASE, layer=Layer.PROJECT) != of(BASE)


@pytest.mark.parametrize(
    "entries",
    [
        (BASE, Entry("巴黎", "Paris", type="GPE")),
        (Entry("施洛德", "Schröder", type="PERSON", source="own", note="checked", checked="2026-01-01", abbr="S"),),
    ],
)
def test_what_cannot_does_not(entries):
    assert of(*entries) == of(BASE)


def test_names_in_latin_script_that_ship_count(monkeypatch):
    from nlp.names import fingerprint as module

    before = of(BASE)
    monkeypatch.setattr(module, "_canonical", lambda: lexicon([Entry("Chatham House", "Chatham House")]))
    known = of(BASE)
    monkeypatch.setattr(module, "_canonical", lambda: lexicon([Entry("Brookings", "Brookings")]))
    assert known != of(BASE)
    assert before == known
