"""How many sentences a brief has where nobody says so: the longer the article, the more."""

from __future__ import annotations

from nlp.types import Article

STEPS = ((120, 2), (250, 3), (2_500, 5), (6_000, 6), (15_000, 7))
"""Up to so many characters of article text, so many sentences."""
MOST = 8
"""The sentences of a brief of a long feature."""


def length_for(article: Article) -> int:
    """The number of sentences for an article: two for a flash of a paragraph, five for most news, eight for a feature."""
    return next((sentences for characters, sentences in STEPS if len(article.text) <= characters), MOST)
