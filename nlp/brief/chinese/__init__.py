"""Chinese briefs: the article's own sentences, chosen, cut where that is safe, in Traditional script. No model writes here."""

from nlp.brief.chinese.title import Title
from nlp.brief.chinese.write import write_chinese

__all__ = ["Title", "write_chinese"]
