"""Small mends of form that need no judgement: quotes, spaces, a label that a chat model puts first."""

from __future__ import annotations

import re

_LABEL = re.compile(r"^\s*(?:English|Translation|Headline|Sentence|Answer|Output|Brief)\s*:\s*", re.I)
_FULLWIDTH = str.maketrans("，。：；！？（）％＄", ",.:;!?()%$")


_ON_MONTH = re.compile(
    r"\b([Oo])n (January|February|March|April|May|June|July|August|September|October|November|December)(?! \d{1,2}\b)"
)

_BELONGING = (
    "officials?|governments?|lawmakers?|senators?|representatives?|ambassadors?|diplomats?|embass(?:y|ies)|presidents?|presidential|politicians?|"
    "elections?|military|troops?|soldiers?|navy|army|warships?|aircraft|intelligence|police|courts?|laws?|citizens?|nationals|"
    "viewers?|audiences?|students?|tourists?|investors?|scientists?|researchers?|actors?|actress(?:es)?|singers?|writers?|athletes?|"
    "compan(?:y|ies)|firms?|stocks?|economy|dollars?|tariffs?|goods|products?|media|newspapers?|comed(?:y|ies)|dramas?|science|universit(?:y|ies)"
)
_ATTRIBUTIVE = re.compile(rf"(?<!\b(?:in|to|of) the )(?<!\bfrom the )\bUnited (States|Kingdom) (?=(?:{_BELONGING})\b)")
_ADJECTIVE = {"States": "U.S.", "Kingdom": "British"}


def tidy(text: str) -> str:
    """The first line of what an engine wrote, without labels, wrapping quotes and doubled spaces; ends in a stop.

    A bare dollar is the U.S. dollar, which is printed US$; ``on January`` without a day is ``in January``, ``in the end of last year`` ``at the end``,
    ``United Kingdom viewers`` ``British viewers``.
    """
    line = next((part for part in text.strip().split("\n") if part.strip()), "")
    line = _LABEL.sub("", line.translate(_FULLWIDTH)).strip()
    line = re.sub(r"\s+", " ", line)
    line = re.sub(r"\s+([,.;:!?%)])", r"\1", line)
    line = re.sub(r"\bU\. ?S\.? ?(?=[A-Z])|\bU\. S\. (?=[a-z])", "U.S. ", line)
    line = _ATTRIBUTIVE.sub(lambda m: f"{_ADJECTIVE[m[1]]} ", line)
    line = re.sub(r"(US\$|NT\$|[$€£¥])\s+(?=\d)", r"\1", line)
    line = re.sub(
        r"\b([Ii])n the end of (?=[A-Zlt])", lambda m: "At the end of " if m[1] == "I" else "at the end of ", line
    )
    line = _ON_MONTH.sub(lambda m: ("I" if m[1] == "O" else "i") + f"n {m[2]}", line)
    line = re.sub(r"(?<![A-Z$])\$(?=\d)", "US$", line)
    line = re.sub(r"\b([Aa])n (?=US\$)", r"\1 ", line)
    if len(line) > 1 and line[0] in '"“' and line[-1] in '"”' and not re.search(r"[\"“”]", line[1:-1]):
        line = line[1:-1].strip()
    if line and line[-1] not in '.!?"”':
        line += "."
    return line[:1].upper() + line[1:]
