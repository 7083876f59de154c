import datetime

import pytest

from nlp.batch.keys import Keys, names_version
from nlp.brief import prompts
from nlp.names.sources import NameSources
from nlp.pipeline import Options, Record

ARTICLE = Record("央行今天升息半碼。", "in.jsonl", "7")


def key(record=ARTICLE, **options):
    return Keys(Options(**options)).of(record)


def test_a_key_is_of_the_text_and_not_of_its_place():
    assert len(key()) == 32
    assert key(Record(ARTICLE.data, "moved.jsonl", "8")) == key()
    assert key(Record(ARTICLE.data.encode(), "a.txt.gz", "a")) == key()
    assert key(Record(ARTICLE.data + "。", "in.jsonl", "7")) != key()


def test_the_suffix_counts_where_it_says_how_the_text_is_read():
    texts = [Record("文", name) for name in ("a.txt", "a.html", "a.md", "a.unknown")]
    assert len({key(r) for r in texts}) == 4
    assert key(Record("文", "b.v2.HTML")) == key(Record("文", "a.html"))
    assert key(Record("文", "x.html", "7")) == key(Record("文", "a.unknown"))


def test_no_text_is_another_with_its_head_elsewhere():
    assert key(Record("txt\0文", "a")) != key(Record("文", "a.txt"))
    assert key(Record("\ud800", "a")) != key(Record("\ud801", "a"))


@pytest.mark.parametrize(
    "options",
    [
        {"task": "entities"},
        {"task": "clean"},
        {"plain": True},
        {"published": datetime.date(2026, 2, 25)},
        {"ner": "fast"},
        {"engine": "transformers"},
        {"model": "some/model"},
        {"seed": 1},
        {"sentences": 4},
        {"to": ("zh",)},
        {"style": "bullets"},
        {"case": "title"},
    ],
)
def test_what_a_brief_depends_on_is_in_its_key(options):
    assert key(**options) != key()


def test_a_chinese_brief_depends_on_no_model():
    assert key(to=("zh",), model="some/model", seed=1) == key(to=("zh",))
    assert key(to=("zh", "en")) == key(to=("en", "zh"))


def test_what_is_the_same_by_another_name_has_the_same_key():
    assert key(ner="accurate") == key() == key(engine="llamacpp")
    assert key(task="entities", ner="fast") == key(task="entities")


@pytest.mark.parametrize("task", ["entities", "clean"])
def test_what_a_task_does_not_depend_on_is_not_in_its_key(task):
    assert key(task=task, seed=1, sentences=4, engine="transformers", model="some/model") == key(task=task)
    assert (key(task=task, ner="accurate") == key(task=task)) == (task == "clean")


def test_another_prompt_or_other_weights_are_another_run(monkeypatch, tmp_path):
    before = key()
    monkeypatch.setitem(prompts.VERSIONS, "sentence", "v99")
    assert key() != before
    weights = tmp_path / "m.gguf"
    weights.write_bytes(b"one")
    first = key(model=str(weights))
    weights.write_bytes(b"two")
    assert key(model=str(weights)) != first


def test_a_desks_prompt_is_in_the_key_by_what_it_says(tmp_path):
    prompt = tmp_path / "desk.v1.txt"
    prompt.write_text("== user ==\n{source}\n")
    first = key(prompt=prompt)
    assert first != key()
    assert key(prompt=prompt, trace=tmp_path / "trace.jsonl") == first
    prompt.write_text("== user ==\nBriefly: {source}\n")
    assert key(prompt=prompt) not in (first, key())


def test_a_servers_model_is_known_by_its_address_and_name(monkeypatch):
    keys = set()
    for url in ("http://localhost:1/v1", "http://localhost:2/v1"):
        monkeypatch.setenv("ZHBRIEF_OPENAI_BASE_URL", url)
        keys |= {key(engine="openai"), key(engine="openai", model="a"), key(engine="openai", model="b"), key()}
    assert len(keys) == 7


def test_the_version_of_the_names(tmp_path):
    own = tmp_path / "own.tsv"
    own.write_text("term\tname\n甲\tA\n")

    def of(**sources):
        return names_version(Options(task="entities", names=NameSources(**sources)))

    versions = [of(), of(given={"甲": "A"}), of(glossary=(own,)), of(project=(own,)), of(user=(tmp_path,))]
    assert len(set(versions)) == 5
    assert of(glossary=(own,)) == versions[2]
    own.write_text("term\tname\n甲\tB\n")
    assert of(glossary=(own,)) != versions[2]
    assert of(user=(tmp_path,)) != versions[4]
    assert names_version(Options(task="clean", names=NameSources({"甲": "A"}))) == names_version(Options(task="clean"))
