import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from nlp.annotate.ner.labels import CLASSES, LABELS, decode, encode


@st.composite
def spans(draw):
    edges = sorted(draw(st.sets(st.integers(0, 30), max_size=10)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return [(a, b, draw(st.sampled_from(CLASSES))) for a, b in pairs]


@given(spans())
def test_what_is_encoded_is_decoded(wanted):
    sure = np.log(np.full((1, 30, len(LABELS)), 1e-6, dtype=np.float32))
    sure[0, np.arange(30), encode(30, wanted)] = 0.0
    assert decode(sure, np.array([30])) == [wanted]


@given(st.integers(0, 2**32 - 1), st.lists(st.integers(1, 12), min_size=1, max_size=4))
def test_whatever_the_scores_spans_are_whole_and_within_the_text(seed, lengths):
    scores = np.random.default_rng(seed).normal(size=(len(lengths), 12, len(LABELS))).astype(np.float32)
    for length, found in zip(lengths, decode(scores, np.array(lengths)), strict=True):
        assert all(0 <= start < end <= length for start, end, _ in found)
        assert encode(length, found).sum() >= len(found)
