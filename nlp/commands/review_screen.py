"""One candidate a screen, one key a decision."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import get_args

import click

from nlp.names.harvest import Candidate, Review, entry_of
from nlp.render.safe import safe
from nlp.types import EntityType

_KEYS = "a accept · e edit English · c edit Chinese · t type · s skip · r reject · b back · q quit"
_TYPES: tuple[str | None, ...] = (None, *get_args(EntityType))
_DECIDED = {"accept": "accepted", "reject": "rejected", "skip": "skipped"}


@dataclass(slots=True)
class _Draft:
    """What accepting would put into the glossary, as edited so far."""

    term: str
    name: str
    type: str | None


def run(review: Review, key: Callable[[], str] = click.getchar, edit: Callable[[str, str], str] | None = None) -> None:
    """Ask about one candidate after the other until none is left, or the reviewer quits (q, or an end of input).

    ``key`` reads one key, ``edit`` a line, given a label and what stands there.
    """
    edit = edit or _edit
    while (candidate := review.current) is not None:
        draft = _Draft(candidate.term, candidate.name, candidate.type)
        while review.current is candidate:
            click.clear()
            click.echo("\n".join(_screen(review, candidate, draft)))
            try:
                pressed = key().casefold()
            except EOFError:
                return
            if pressed == "q":
                return
            _act(pressed, review, candidate, draft, edit)


def _act(pressed: str, review: Review, candidate: Candidate, draft: _Draft, edit: Callable[[str, str], str]) -> None:
    if pressed == "a":
        review.decide("accept", entry_of(candidate, draft.term, draft.name, draft.type))
    elif pressed == "r":
        review.decide("reject")
    elif pressed == "s":
        review.decide("skip")
    elif pressed == "b":
        review.back()
    elif pressed == "e":
        draft.name = edit("English", draft.name) or draft.name
    elif pressed == "c":
        draft.term = edit("Chinese", draft.term) or draft.term
    elif pressed == "t":
        draft.type = _TYPES[(_TYPES.index(draft.type) + 1) % len(_TYPES)]


def _screen(review: Review, c: Candidate, draft: _Draft) -> Iterator[str]:
    counts = review.counts()
    place = review.candidates.index(c) + 1
    yield f"{place} of {len(review.candidates)} · " + " · ".join(
        f"{counts[word]} {told}" for word, told in (*_DECIDED.items(), ("open", "left"))
    )
    yield ""
    yield f"  {_bold(draft.term)}   {_bold(draft.name)}   {draft.type or 'term'}"
    decided = review.decided(c)
    if decided:
        yield f"  {_DECIDED[decided]} before"
    yield ""
    span = f", {c.first}" + f" to {c.last}" * (c.last != c.first) if c.first else ""
    sure = "sure" if c.sure else "not sure"
    yield f"  glossed {_times(c.count)} in {c.records} record{'s' * (c.records > 1)}{span}; where the name begins: {sure} ({c.confidence:.2f})"
    if c.known:
        yield f"  the glossaries have: {safe(c.known)}"
    if c.terms:
        yield f"  also in Chinese: {safe(', '.join(c.terms))}"
    if c.names:
        yield f"  also in English: {safe(', '.join(c.names))}"
    yield ""
    for context in c.contexts:
        yield f"  {_marked(context)}"
        yield ""
    yield _KEYS


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _bold(text: str) -> str:
    return click.style(safe(text), bold=True)


def _marked(context: str) -> str:
    """A context with what stands between « and » set off."""
    return re.sub("«([^»]*)»", lambda m: click.style(m[1], reverse=True), safe(context))


def _edit(label: str, text: str) -> str:
    """A line edited at the terminal, beginning with ``text``."""
    import readline

    readline.set_startup_hook(lambda: readline.insert_text(text))
    try:
        return " ".join(safe(input(f"{label}: ")).split())
    except EOFError:
        return ""
    finally:
        readline.set_startup_hook()
