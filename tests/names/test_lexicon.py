"""Compiled terms: in memory and kept on disk they find the same."""

import itertools
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.errors import GlossaryError
from nlp.names import Entry, Gazetteer, Layer, fold, lexicon, lexicons
from nlp.names.lexicon import LARGE, derived

kept = sys.modules["nlp.names.lexicon"]
TERMS = st.lists(
    st.text(alphabet="甲乙丙丁戊·A ", min_size=1, max_size=5).map(str.strip).filter(bool), max_size=12, unique=True
)


@given(TERMS, st.text(alphabet="甲乙丙丁戊·A ", max_size=40))
def test_what_is_found_is_what_stands_there(terms, text):
    found = Gazetteer([(Layer.SHIPPED, lexicon(Entry(t, t) for t in terms))]).find(text)
    for m in found:
        assert fold(text[m.start : m.end]) == fold(m.entry.term)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@pytest.fixture
def large(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    path = tmp_path / "large.tsv"
    filler = "".join(f"詞{i:07}\tWord {i}\t\n" for i in range(LARGE // 20))
    path.write_text(
        f"# 註\nterm\tname\ttype\n{filler}華盛頓\tWashington\tGPE\n華盛頓\tGeorge Washington\tPERSON\n",
        encoding="utf-8",
    )
    return path


def names(path, text):
    return [
        [e.name for e in (m.entry, *m.rivals)]
        for m in Gazetteer((Layer.GLOSSARY, x) for x in lexicons(path)).find(text)
    ]


def test_a_large_glossary_is_compiled_once_and_kept(large, tmp_path):
    text = "華盛頓與詞0000007"
    wanted = [["Washington", "George Washington"], ["Word 7"]]
    assert names(large, text) == wanted
    (kept,) = (tmp_path / "cache" / "zhbrief" / "glossaries").iterdir()
    made = (kept / "keys.marisa").stat().st_mtime_ns
    assert names(large, text) == wanted
    assert (kept / "keys.marisa").stat().st_mtime_ns == made


def test_of_several_who_begin_at_once_one_compiles(large, monkeypatch):
    compiled, compile_one = [], kept._compile
    monkeypatch.setattr(kept, "_compile", lambda *of: (compiled.append(of), compile_one(*of)))
    with ThreadPoolExecutor(4) as together:
        found = list(together.map(lambda _: names(large, "詞0000007"), range(4)))
    assert (len(compiled), found) == (1, [[["Word 7"]]] * 4)


def test_a_changed_glossary_is_compiled_anew(large):
    assert names(large, "詞0000007") == [["Word 7"]]
    large.write_text(large.read_text(encoding="utf-8").replace("Word 7\t", "Lucky\t"), encoding="utf-8")
    assert names(large, "詞0000007") == [["Lucky"]]


def test_without_a_place_to_keep_it_it_is_used_all_the_same(large, tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert names(large, "詞0000007") == [["Word 7"]]
    found = derived("babel", Path(__file__), lambda: [Entry("甲乙", "A")])
    assert [e.name for _, entries in found.at(fold("甲乙"), 0) for e in entries] == ["A"]


def test_a_fault_in_a_large_glossary_keeps_nothing(large, tmp_path):
    with large.open("a", encoding="utf-8") as f:
        f.write("甲\tA\tTHING\n")
    with pytest.raises(GlossaryError, match=r"large\.tsv:\d+: THING is no type"):
        lexicons(large)
    kept = tmp_path / "cache" / "zhbrief" / "glossaries"
    assert not kept.is_dir() or list(kept.iterdir()) == []
