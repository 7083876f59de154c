"""What a model thinks aloud before it answers, taken out of the answer."""

from __future__ import annotations

import re

_MARK = r"(?:think|thinking|thought|reasoning)"
_ALOUD = re.compile(rf"<({_MARK})>(.*?)(?:</\1>|\Z)\s*", re.S)
_OPENED_BEFORE = re.compile(rf"\A(.*?)</{_MARK}>\s*", re.S)
"""The chat templates of some models open the thinking themselves, so that the text has its end alone."""


def without_thinking(text: str) -> tuple[str, str]:
    """``text`` without what stands in ``<think>…</think>`` (cut off or not), and what stood there."""
    thoughts = [m[2].strip() for m in _ALOUD.finditer(text)]
    answer = _ALOUD.sub("", text)
    opened = _OPENED_BEFORE.match(answer)
    if opened:
        thoughts.insert(0, opened[1].strip())
        answer = answer[opened.end() :]
    return answer, "\n".join(filter(None, thoughts))
