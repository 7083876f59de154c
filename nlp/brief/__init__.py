"""Brief: choose the sentences that carry the news, ground them, let an engine write, and make what it wrote true."""

from nlp.brief.length import length_for
from nlp.brief.style import Style
from nlp.brief.write import write_brief
from nlp.brief.written import Written

__all__ = ["Style", "Written", "length_for", "write_brief"]
