"""Brief: choose the sentences that carry the news, ground them, let an engine write, and make what it wrote true."""

from nlp.brief.write import Written, write_brief

__all__ = ["Written", "write_brief"]
