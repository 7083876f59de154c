"""A headline, cut out of a sentence that has passed its checks.

A small model that shortens a sentence turns it round: 「如果以為…那是在作夢」 became the very claim it denies. So nothing is
written here. What stands before a safe boundary of the sentence stays as it is, without dates, brackets and the
article before its first word, and a reporting verb goes into the present.
"""

from __future__ import annotations

import re

SHORTEST, LONGEST = 4, 28
"""Fewest and most words of a headline."""
WANTED = 14
"""The longest cut of at most so many words comes first, then the shorter ones, then the longer ones."""

ITEM = 5
"""Fewer words between commas are an item of a list, no statement."""

_MONTH = (
    r"(?:Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec)\.|January|February|March|April|May|June|July|August|September|October|"
    r"November|December"
)
_DAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_WHEN = rf"(?:on|in) (?:(?:{_MONTH})(?: \d{{1,2}}(?:, \d{{4}})?| \d{{4}})?|{_DAY}|\d{{4}})(?=[ .,;]|$)"
_DATE = re.compile(rf", {_WHEN},| {_WHEN}")
_OPENING = re.compile(
    rf"(?:(?:This|Last|Next) (?:year|month|week|quarter)|(?i:{_WHEN})|[A-Z][a-z]+ed by (?:this|that|these|it)), (?=\w)"
)
_BRACKET = re.compile(r" \([^()]*\)")
_SENTENCE = re.compile(r"(?<![A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})[.!?][\"”]? (?=[A-Z\"“])")
_BOUNDARY = re.compile(
    r";|,(?= (?:and|but|while|with|which|who|whose|where|as|after|although|though|including|according|compared|\w+ing)\b)"
)
_NEW_STATEMENT = re.compile(r";|,(?= (?:and|while) )")
"""Where even what somebody says or rules may end: before another statement, never inside one."""
_LEANS = re.compile(
    r"(?:If|When|As|After|Although|Though|While|In|Due|Despite|According|With|For|Since|Because|Before|Under|By|On|At|To|From|"
    r"Another|Others|He|She|It|They|This|That|These|Those|His|Her|Its|Their)\b|(?:\S+ ){0,5}(?:also|later|again|then|earlier|another)\b"
)
_CLAIM = re.compile(r"\b(?:that|whether|if)\b|\b(?:said|says)\b")
_REPORTING = {
    "said": "says", "announced": "announces", "ruled": "rules", "estimated": "estimates", "warned": "warns", "denied": "denies",
    "declared": "declares", "predicted": "predicts", "noted": "notes", "argued": "argues", "urged": "urges",
}  # fmt: skip
_REPORTS = re.compile(rf"(?<!\bwas )(?<!\bwere )(?<!\bhad )(?<!\bhas )(?<!\bhave )\b({'|'.join(_REPORTING)})\b(?! by)")


def headlines(sentence: str) -> list[str]:
    """What of an English ``sentence`` can stand above a brief, the best first: short ones, from the longest down."""
    first = _SENTENCE.split(_BRACKET.sub("", sentence), maxsplit=1)[0]
    first = _OPENING.sub("", first, count=1) if _OPENING.match(first) else first
    first = re.sub(r"\s+", " ", _DATE.sub("", first)).strip().rstrip(".;,")
    if _LEANS.match(first):
        return []
    cuts = [first[:end].rstrip(" ,;") for end in _ends(first)]
    usable = sorted((cut for cut in cuts if SHORTEST <= len(cut.split()) <= LONGEST), key=len)
    short = [cut for cut in usable if len(cut.split()) <= WANTED]
    return [_set(cut) for cut in (*reversed(short), *usable[len(short) :])]


def _ends(first: str) -> list[int]:
    """Where ``first`` may end: at its end, before a new statement, and before an addition outside of what is claimed."""
    claim = _CLAIM.search(first)
    ends = [len(first)]
    for m in _BOUNDARY.finditer(first):
        inside_claim = claim is not None and m.start() > claim.start()
        quoted = first.count('"', 0, m.start()) % 2 == 1
        if (
            not quoted
            and not _in_list(first, m.start())
            and (not inside_claim or _NEW_STATEMENT.match(first, m.start()))
        ):
            ends.append(m.start())
    return ends


def _in_list(first: str, at: int) -> bool:
    """Whether the comma at ``at`` stands before the last item of a list: antimony, gallium, and rare earths."""
    before, after = re.split(r"[,;]", first[:at])[-1], re.split(r"[,;]", first[at + 1 :])[0]
    last = re.match(r" (?:and|or)\b", after) is not None
    return last and "," in first[:at] and (len(before.split()) < ITEM or len(after.split()) < ITEM)


def _set(text: str) -> str:
    """Headline style: no article before the first word, the reporting verb in the present."""
    text = re.sub(r"^(?:The|A|An) (?=\w)", "", text)
    text = _REPORTS.sub(lambda m: _REPORTING[m[1]], text, count=1)
    return text[:1].upper() + text[1:]
