import pytest

from nlp.brief.length import length_for
from nlp.types import Article


@pytest.mark.parametrize(
    ("characters", "sentences"), [(0, 2), (120, 2), (240, 3), (520, 5), (2_500, 5), (5_000, 6), (60_000, 8)]
)
def test_length_follows_the_article(characters, sentences):
    assert length_for(Article("字" * characters)) == sentences
