"""Where a long grounded sentence is divided: a small model mixes up who does what in a long sentence, and less so in two."""

from __future__ import annotations

import re

LONG, PART = 42, 12
"""Code points that a grounded sentence that is divided has at least, and each part of it."""
_SAYS = re.compile(
    "(?:說|表示|指出|認為|寫道|稱|強調|透露|宣布|宣告|報導|指|規定|顯示|估算|預期|預料|認定|發文|announce|declare|rule that)$|[後時前]$|之際$"
)
_COMMA = re.compile(r"(?:，|,(?![\s\d]))(?!以及|並|和|與|或)")
_LEADS_ON = re.compile("依|據|根據|除了|隨著|由於|因|當|如|若|為|在|受|雖|儘管|即使|自|比|以[^及]|buoyed|affected")


def divided(grounded: str) -> str | None:
    """A long grounded sentence as two, divided at the comma nearest to its middle; None where it cannot be.

    A small model mixes up who does what in a long sentence, and less so in two. What somebody says is not parted from who
    says it, nor a condition or a reason from what follows it, and nothing is divided within quotation marks or brackets.
    """
    cuts = [m.start() for m in _COMMA.finditer(grounded) if _may_part(grounded[: m.start()])]
    cuts = [c for c in cuts if min(c, len(grounded) - c) >= PART]
    if len(grounded) < LONG or not cuts:
        return None
    cut = min(cuts, key=lambda c: abs(2 * c - len(grounded)))
    return f"{grounded[:cut]}。{grounded[cut + 1 :]}"


def _may_part(before: str) -> bool:
    inside = any(before.count(a) != before.count(b) for a, b in ("「」", "『』", "（）", "()", "《》"))
    last = _COMMA.split(before)[-1]
    return not inside and not _SAYS.search(before) and not _LEADS_ON.match(last)
