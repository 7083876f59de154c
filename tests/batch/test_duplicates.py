import random

import pytest

from nlp.batch.duplicates import Duplicates
from nlp.batch.journal import Journal
from nlp.pipeline import Options, Pipeline, Record


@pytest.fixture
def journal(tmp_path):
    found = Journal(tmp_path / "out.jsonl")
    yield found
    found.close()


def article(seed, length=600):
    pick = random.Random(seed)
    return "".join(chr(0x4E00 + pick.randrange(3000)) for _ in range(length))


def originals(journal, *texts):
    opened = []
    pipeline = Pipeline(Options(task="clean", plain=True))
    duplicates = Duplicates(lambda record: opened.append(record) or pipeline.opened(record), journal)
    found = [duplicates.original(Record(t, "a.jsonl", f"{n}"), f"{n}".encode()) for n, t in enumerate(texts)]
    return [o and int(o.record) for o in found], len(opened)


def test_the_first_with_nearly_the_same_article(journal):
    one, two = article(1), article(2)
    texts = [one, two, f"（中央社）{one}", f"{two[:590]}。完", one, article(3)]
    assert originals(journal, *texts)[0] == [None, None, 0, 1, 0, None]


@pytest.mark.parametrize(("changed", "same"), [(20, True), (45, True), (100, False), (300, False)])
def test_how_much_may_differ(journal, changed, same):
    """A run of ``changed`` characters at the end of 600: similarity (597 - n) / (597 + n)."""
    found = [originals(journal, article(n), article(n)[:-changed] + article(-n - 1, changed))[0] for n in range(20)]
    assert found == [[None, 0 if same else None]] * 20


def test_spaces_and_punctuation_do_not_count(journal):
    text = article(1)
    set_otherwise = "\n\n".join(text[i : i + 9] + "，" for i in range(0, 600, 9))
    assert originals(journal, text, set_otherwise)[0] == [None, 0]


@pytest.mark.parametrize("text", ["", "\x00\x01\x02\x03", "\ud800"])
def test_what_cannot_be_read_is_like_nothing(journal, text):
    assert originals(journal, text, text, "甲乙", "甲乙")[0] == [None, None, None, 2]


def test_no_signature_is_made_again(journal):
    texts = [article(n) for n in (1, 2, 1)]
    first = originals(journal, *texts)
    journal.commit()
    assert (first, originals(journal, *texts)) == (([None, None, 0], 3), ([None, None, 0], 0))


def test_the_key_of_a_duplicate_depends_on_its_original(journal):
    duplicates = Duplicates(Pipeline(Options(task="clean", plain=True)).opened, journal)
    keys = set()
    for n, (name, text) in enumerate([("a", article(1)), ("b", article(2)), ("c", article(1)), ("d", article(2))]):
        original = duplicates.original(Record(text, "in", name), bytes([n]))
        keys.add(original.key_of(b"k") if original else b"k")
    assert len(keys) == 3
