import pytest

from nlp.annotate import language
from nlp.errors import GlossaryError
from nlp.names.sources import NameSources
from nlp.pipeline import Options, Pipeline, Record
from nlp.types import Article


@pytest.fixture
def entities():
    return Pipeline(Options(task="entities", ner="fast"))


def test_an_article_that_nobody_thought_of_costs_itself_alone(entities, monkeypatch):
    annotate = language.annotate

    def failing(pipeline, article):
        if "壞" in article.text:
            raise IndexError("list index\nout of range")
        return annotate(pipeline, article)

    monkeypatch.setattr(language, "annotate", failing)
    records = [Record("澳洲。"), Record("壞了。", "in.jsonl", "7"), Record("日本。")]
    first, bad, third = entities.stream(records)
    assert [e.name for r in (first, third) for e in r.entities] == ["Australia", "Japan"]
    assert (
        bad.error
        == "in.jsonl (record 7): zhbrief failed on it (IndexError: list index out of range); please report this"
    )


def test_a_text_that_is_none(entities):
    (bad,) = entities.stream([Record("甲\ud800", "in.jsonl", "7")])
    assert "in.jsonl (record 7): half a surrogate pair at character 1" in bad.error


def test_what_concerns_all_records_is_raised(tmp_path):
    (tmp_path / "bad.tsv").write_text("no header\n")
    names = NameSources(glossary=(tmp_path / "bad.tsv",))
    with pytest.raises(GlossaryError):
        list(Pipeline(Options(task="entities", ner="fast", names=names)).stream([Record("澳洲。")]))


def test_records_are_taken_one_at_a_time():
    taken = []

    def records():
        for n in range(4):
            taken.append(n)
            yield Record("甲。")

    for n, _ in enumerate(Pipeline(Options(task="clean")).stream(records()), 1):
        assert len(taken) == n


def test_words_of_earlier_articles_are_let_go(entities):
    list(entities.stream([Record("澳洲。")]))
    before = len(entities.language.vocab.strings)
    list(entities.stream([Record("銻鎵鍺砷周三齊揚。"), Record("施洛德與穆勒赴蒙特維多。")]))
    assert len(entities.language.vocab.strings) == before


def test_the_article_is_not_judged_where_it_is_only_cleaned():
    (found,) = Pipeline(Options(task="clean")).fingerprinted([Record("澳洲。")])
    assert found[0].article == Article("澳洲。")
    assert found[1] == b""
