"""The counts of a run, for whoever shows them."""

from __future__ import annotations

import json
import time
from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Tally:
    """What a run has done so far.

    ``done`` were run now, ``skipped`` had been finished before, ``failed`` have an error, whenever they were run. ``characters`` are
    code points of the articles that were run now, ``tokens`` what the model wrote for them in ``generating`` seconds, ``position`` how far in the input the
    last of the records lies (bytes on disk). ``warnings`` counts codes over all results. ``failure`` is the first error.
    """

    done: int = 0
    skipped: int = 0
    failed: int = 0
    characters: int = 0
    tokens: int = 0
    generating: float = 0.0
    position: int = 0
    warnings: Counter[str] = field(default_factory=Counter)
    failure: str | None = None
    started: float = field(default_factory=time.monotonic)

    @property
    def records(self) -> int:
        """All results so far."""
        return self.done + self.skipped + self.failed

    @property
    def seconds(self) -> float:
        """Since the start."""
        return max(1e-9, time.monotonic() - self.started)

    def kept(self) -> str:
        """What a later run has to know of the results so far, as JSON."""
        return json.dumps([self.records, self.failed, self.warnings, self.failure])

    def restore(self, kept: str) -> None:
        """Begin with the results of an earlier run (:meth:`kept`), or with none."""
        records, self.failed, warnings, self.failure = json.loads(kept or "[0, 0, {}, null]")
        self.skipped, self.warnings = records - self.failed, Counter(warnings)
