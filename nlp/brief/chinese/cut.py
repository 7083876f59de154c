"""Where a Chinese sentence may be cut without saying anything else.

A sentence keeps its beginning and may end early: before an addition (，並…, ，也…, ；…), where what stays is a whole statement and
what goes takes no limit, denial or speaker with it. Nothing but a connective is cut out of the middle, nothing inside quotation marks or
brackets, and nothing of an attribution.
"""

from __future__ import annotations

import re

from nlp.types import Span

SHORTEST = 12
"""Fewest code points that a cut may leave."""
_OPEN, _CLOSE = "「『（(《〈【“", "」』）)》〉】”"
_SAYS = "說|表示|指出|認為|強調|稱|預測|預期|預估|警告|補充|坦言|透露|直言|主張|宣稱|報導|回應|質疑|批評"
_CONNECTIVE = re.compile(
    "(?:(?:不過|但是|但|然而|此外|另外|除此之外|另一方面|同時|與此同時|對此|其中|事實上|值得注意的是|換句話說|相較之下|因此|所以|於是|而且|另|而)，|但是?(?!書|丁)|不過(?=[^是，]))"
)
"""What ties a sentence to the one before; without it the sentence says the same."""
_ADDS = re.compile(
    "並(?!非|不|沒|未)且?|也(?!不是|不會|許)|同時|而且|且|另外|另|此外|還(?!不|沒|未)|包括|包含|例如|比如|像是|甚至|更(?!不)|而(?!是|非|不|言)|"
    "讓|使(?!用|者|館)|導致|造成|以致|用[於來以]|藉[此以]|希望|盼(?!望)|優於|高於|低於|符合|以(?=[^\\d，][^，]{3,24}。$)"
)
"""How an addition begins: a further deed, an example, what comes of it, what it is for or compared with."""
_LIMITS = re.compile(
    "但|卻|不過|然而|除非|否則|前提|條件|如果|倘若|假如|只要|若|一旦|僅限|才能|才會|為限|不實|謠言|並非|否認|而已|反而|其實"
)
"""What may take back or limit the statement before it."""
_SPEAKER = re.compile(rf"(?:{_SAYS}|消息人士|傳出|傳聞|據了解)[^，]{{0,1}}[。！？」』]*$|據[^，]{{0,12}}(?:{_SAYS})")
_PAIRED = re.compile(
    "不僅|不但|不只|不單|不光|非但|除了?|既(?!有|定|得)|一方面|一邊|與其|寧可|先(?=[^前生進後])|首先|或(?!許|將)|無論|不論|不管|越(?!南|共|軍)|愈|又"
)
"""Halves of a pair: what follows is the other half."""
_CONDITION = re.compile(
    "若(?!干)|如果|倘若|假如|一旦|只要|除非|當(?=[^地局前時天年日選事然晚中])|雖然?|儘管|即使|即便|由於|因為|為了|隨著|根據|至於|針對|對於|面對|在[^，]{0,20}(?:下|後|時|前|上|中|之際)$|(?:之後|之際|以來|的話|時候|期間)$"
)
"""What no statement may end in: a condition or circumstance whose statement is still to come."""
_TOPIC = re.compile(rf"^[^，]{{0,24}}(?:{_SAYS})$")


_TIED = re.compile(
    "(?:(?!若|如果|既然)[^，。；「」]){1,16}?(?P<tie>因此|(?<![規原否法準守細總附通罰雖一二三兩四五六七八九十0-9])則(?=[^，]))"
)


def ties(text: str, span: Span) -> Span:
    """The word in the first clause that ties it to the sentence before (印度則…, 油國因此…); an empty span where there is none."""
    found = _TIED.match(text, span.start, span.end)
    return Span(*found.span("tie")) if found else Span(span.start, span.start)


def beginning(text: str, span: Span) -> int:
    """Where the sentence at ``span`` begins without what ties it to the one before it."""
    found = _CONNECTIVE.match(text, span.start, span.end)
    return found.end() if found and span.end - found.end() >= SHORTEST else span.start


def ends(text: str, span: Span) -> list[int]:
    """Where the sentence at ``span`` may end, first to last: early ends that are safe, and its own end."""
    found = [at for at in _boundaries(text, span) if _safe(text, span, at)]
    return [*found, span.end]


def _boundaries(text: str, span: Span) -> list[int]:
    """Offsets of commas and semicolons outside quotation marks and brackets."""
    depth, found = 0, []
    for i in range(span.start, span.end):
        depth += (text[i] in _OPEN) - (text[i] in _CLOSE)
        if depth == 0 and text[i] in "，；":
            found.append(i)
    return found


def _safe(text: str, span: Span, at: int) -> bool:
    """Whether what stands before ``at`` is a whole statement that means the same without the rest."""
    kept, left = text[span.start : at], text[at + 1 : span.end]
    last = re.split("[，；：]", kept)[-1]
    if len(kept) < SHORTEST or _CONDITION.search(last) or _TOPIC.match(last) or _PAIRED.search(kept):
        return False
    limited = left.split("，")[0] if text[at] == "；" else left
    if _LIMITS.search(limited) or (_SPEAKER.search(left) and not re.search(_SAYS, kept)):
        return False
    listed = "：" in kept or re.search("分別|依序|依次", kept) is not None
    return (text[at] == "；" and not listed) or _ADDS.match(left) is not None
