"""What a person has decided about candidates, kept so that nothing is lost when the power goes.

An accepted entry is put into the glossary first and its decision written down after: if anything stops in between, the
candidate is asked again and the entry is not put twice. Decisions stand in a file of their own, a line each, the last one
for a candidate counts; a harvest made anew finds them there.
"""

from __future__ import annotations

import datetime
import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, cast, get_args

from nlp.errors import GlossaryError
from nlp.names.glossary_file import Entry
from nlp.names.harvest.accepted import REVIEWED, add, remove
from nlp.names.harvest.candidates_file import Candidate
from nlp.names.spelling import plain

Decision = Literal["accept", "reject", "skip"]
_Key = tuple[str, str]
_HEADER = "term\tname\tdecision\taccepted_term\taccepted_name\tday\n"


@dataclass(slots=True)
class Review:
    """The review of ``candidates`` into ``glossary``; ``decisions`` is the file that remembers them.

    ``at`` is the index of the candidate in question, None when none is left. Not asked is what the glossaries have, by the same
    name or by a full one where the gloss is an acronym.
    Raises :class:`nlp.errors.GlossaryError` where a file cannot be read or written.
    """

    candidates: Sequence[Candidate]
    glossary: Path
    decisions: Path
    at: int | None = None
    _made: dict[_Key, tuple[Decision, _Key]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read what was decided before, and go to the first candidate that was not."""
        self.candidates = [c for c in self.candidates if not _is_known(c)]
        self._made = _read(self.decisions)
        self.at = self._next(-1)

    @property
    def current(self) -> Candidate | None:
        """The candidate in question."""
        return None if self.at is None else self.candidates[self.at]

    def decided(self, candidate: Candidate) -> Decision | None:
        """What was decided about a candidate."""
        made = self._made.get((candidate.term, candidate.name))
        return made[0] if made else None

    def counts(self) -> Counter[str]:
        """How many of the candidates were accepted, rejected, skipped; ``open``: how many are left."""
        return Counter(self.decided(c) or "open" for c in self.candidates)

    def decide(self, decision: Decision, entry: Entry | None = None) -> None:
        """Decide about the current candidate and go on to the next that is open. ``entry``: what is accepted.

        A decision that was made before is taken back.
        """
        candidate = self.current
        if candidate is None:
            return
        key = (candidate.term, candidate.name)
        before = self._made.get(key)
        taken = (entry.term, entry.name) if decision == "accept" and entry else key
        if before and before[0] == "accept" and (decision != "accept" or before[1] != taken):
            remove(self.glossary, Entry(*before[1]))
        if decision == "accept" and entry:
            add(self.glossary, entry, {"topic": "names accepted from a harvest", "licence": "unknown"})
        _append(self.decisions, "\t".join((*key, decision, *taken, _today())))
        self._made[key] = (decision, taken)
        self.at = self._next(cast("int", self.at))

    def back(self) -> bool:
        """Go to the candidate before, decided or not. False where there is none."""
        at = len(self.candidates) if self.at is None else self.at
        if at == 0:
            return False
        self.at = at - 1
        return True

    def _next(self, at: int) -> int | None:
        """The first open candidate after ``at``, or else the first of all."""
        left = [i for i, c in enumerate(self.candidates) if self.decided(c) is None]
        return next((i for i in left if i > at), left[0] if left else None)


def entry_of(candidate: Candidate, term: str, name: str, kind: str | None) -> Entry:
    """The entry that accepting a candidate makes: with where it was glossed as ``source`` and today as ``checked``."""
    records = sorted({context.split(": ", 1)[0] for context in candidate.contexts})
    told = f"{REVIEWED} in {', '.join(records)}" if records else REVIEWED
    more = candidate.records - len(records)
    short = candidate.short if name == candidate.name else None
    return Entry(
        term,
        name,
        short=short,
        type=kind,  # type: ignore[arg-type]
        source=f"{told} and {more} more" if records and more > 0 else told,
        checked=_today(),
    )


def _is_known(candidate: Candidate) -> bool:
    acronym = candidate.name.isupper() and " " not in candidate.name
    return candidate.known is not None and (acronym or plain(candidate.known) == plain(candidate.name))


def _today() -> str:
    return datetime.datetime.now(datetime.UTC).date().isoformat()


def _read(path: Path) -> dict[_Key, tuple[Decision, _Key]]:
    """The decisions of a file; a last line that was not written to its end is left out."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")[1:-1]
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as e:
        raise GlossaryError(f"{path}: {e}; it should hold the decisions of a review") from e
    made: dict[_Key, tuple[Decision, _Key]] = {}
    for number, line in enumerate(lines, 2):
        cells = line.split("\t")
        if len(cells) != _HEADER.count("\t") + 1 or cells[2] not in get_args(Decision):
            raise GlossaryError(f"{path}:{number}: no decision of a review")
        made[cells[0], cells[1]] = (cast("Decision", cells[2]), (cells[3], cells[4]))
    return made


def _append(path: Path, line: str) -> None:
    """Write a line and see it onto the disk; one that an interruption cut off before is dropped."""
    try:
        with path.open("a+b") as out:
            out.seek(0)
            kept = out.read()
            whole = kept.rfind(b"\n") + 1
            if whole < len(kept):
                out.truncate(whole)
            out.write((("" if whole else _HEADER) + line + "\n").encode("utf-8"))
            out.flush()
            os.fsync(out.fileno())
    except OSError as e:
        raise GlossaryError(f"{path}: {e.strerror or e}") from e
