import numpy as np

from nlp.annotate.ner.features import PLACES, TAGS, read
from nlp.annotate.ner.lac import WIDTH as LAC_WIDTH
from nlp.annotate.ner.recogniser import recogniser


def test_every_character_has_its_features():
    f = read(["總統在台北。", "好"])
    assert f.lengths.tolist() == [6, 1]
    assert f.chars.shape == f.words.shape == (2, 6)
    assert f.lac.shape == (2, 6, LAC_WIDTH)
    ns = (TAGS.index("ns") + 1) * PLACES
    assert f.words[0, 3:5].tolist() == [ns + 1, ns + 3]


def test_scripts_are_read_alike():
    a, b = read(["台灣總統"]), read(["臺灣总统"])
    assert np.array_equal(a.chars, b.chars)


def test_each_character_knows_its_piece():
    tokenizer = recogniser("accurate")._tokenizer
    text = "研究員Patrick在皇家研究所"
    f = read([text], tokenizer)
    assert f.places.shape == (1, len(text))
    assert f.places[0, 0] == 1
    assert np.all(np.diff(f.places[0]) >= 0)
    assert f.pieces[0, 0] == 0
    assert f.places.max() < f.pieces.shape[1] - 1
