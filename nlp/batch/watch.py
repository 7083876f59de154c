"""How a run is seen on standard error: a bar at a terminal, else a line now and then, or a line of JSON for each event.

Events of ``--log-json`` have ``time`` (ISO 8601, UTC) and ``event``: ``progress``, ``failed`` (a record, with ``path``, ``record`` and
``error``), ``metrics``, ``summary`` or ``error``; the rest are counts and rates by plain names, null where unknown.
"""

from __future__ import annotations

import datetime
import json
import sys
import time
from collections import deque
from typing import Any, Literal

from nlp.batch.inputs import Meter
from nlp.batch.tally import Tally
from nlp.pipeline import Record
from nlp.render.safe import safe

Form = Literal["quiet", "bar", "lines", "json"]
EVERY = 30.0
"""Seconds between two lines."""
WINDOW = 60.0
"""Rates are those of so many seconds past."""


class Watch:
    """Tells of a run; called as :data:`nlp.batch.run.Told` is."""

    def __init__(self, tally: Tally, meter: Meter, form: Form) -> None:
        self._tally, self._meter, self._form = tally, meter, form
        self._seen: deque[tuple[float, int, int, int]] = deque(maxlen=10_000)
        self._next = time.monotonic() + EVERY
        self._bar: Any = None

    def __call__(self, record: Record | None, error: str | None) -> None:
        """Take note of what the tally says now, and of a record that failed."""
        if record is not None:
            if self._form == "json":
                self.event("failed", path=record.path, record=record.record, error=error)
            return
        now = time.monotonic()
        self._seen.append((now, self._tally.records, self._tally.position, self._tally.tokens))
        while self._seen[0][0] < now - WINDOW:
            self._seen.popleft()
        if self._form == "bar":
            self._draw()
        elif now >= self._next:
            self._next = now + EVERY
            if self._form == "lines":
                self.say(self.line())
            elif self._form == "json":
                self.event("progress", **self._counts(), **self._rates())

    def line(self) -> str:
        """How far it is, on one line."""
        tally, rates = self._tally, self._rates()
        parts = [f"{tally.records:,} records"]
        parts += [f"{tally.failed:,} failed"] if tally.failed else []
        parts += [f"{tally.skipped:,} done before"] if tally.skipped else []
        for name, unit in (("records_per_second", "/s"), ("tokens_per_second", " tokens/s")):
            parts += [f"{rates[name]:,.1f}{unit}"] if rates[name] else []
        left = rates["seconds_left"]
        return " · ".join([*parts, *([f"{_time(left)} left"] if left is not None else [])])

    def summary(self) -> None:
        """Tell how it ended."""
        tally = self._tally
        self.close()
        if self._form == "json":
            self.event("summary", **self._counts(), **self._totals(), warnings=dict(tally.warnings))
        elif self._form != "quiet":
            counts = f"{tally.done:,} done, {tally.failed:,} failed"
            counts += f", {tally.skipped:,} done before" if tally.skipped else ""
            totals = self._totals()
            speeds = f" · {totals['characters_per_second']:,.0f} characters/s" if tally.characters else ""
            speeds += f" · {totals['tokens_per_second']:,.1f} tokens/s" if tally.tokens else ""
            speeds += f" · model busy {totals['model_busy']:.0%}" if tally.generating else ""
            self.say(f"{tally.records:,} records in {_time(tally.seconds)}: {counts}{speeds}")
            if tally.warnings:
                self.say("warnings: " + ", ".join(f"{n:,} {code}" for code, n in tally.warnings.most_common()))
            if tally.failure:
                self.say(f"the first that failed: {tally.failure}")

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def say(self, message: str) -> None:
        """A line for people."""
        print(f"zhbrief: {safe(message)}", file=sys.stderr, flush=True)

    def event(self, event: str, **about: Any) -> None:
        """A line for programs."""
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")
        plain = {name: round(value, 2) if isinstance(value, float) else value for name, value in about.items()}
        print(json.dumps({"time": now, "event": event, **plain}), file=sys.stderr, flush=True)

    def _counts(self) -> dict[str, Any]:
        t = self._tally
        counts = {"records": t.records, "done": t.done, "failed": t.failed, "skipped": t.skipped}
        return {**counts, "bytes_read": t.position, "bytes_total": self._meter.total or None}

    def _rates(self) -> dict[str, Any]:
        """Rates of the last minute, and the seconds that are left at this rate."""
        first, last = (self._seen[0], self._seen[-1]) if self._seen else ((0.0,) * 4, (0.0,) * 4)
        seconds = last[0] - first[0]
        records, read, tokens = (
            (b - a) / seconds if seconds > 0 else None for a, b in zip(first[1:], last[1:], strict=True)
        )
        left = max(0, self._meter.total - last[2]) / read if read and self._meter.total else None
        return {"records_per_second": records, "tokens_per_second": tokens, "seconds_left": left}

    def _totals(self) -> dict[str, Any]:
        t, seconds = self._tally, self._tally.seconds
        speeds = {"characters_per_second": t.characters / seconds, "tokens_per_second": t.tokens / seconds}
        model = {"model_seconds": t.generating, "model_busy": t.generating / seconds}
        return {"seconds": seconds, "characters": t.characters, "tokens": t.tokens, **speeds, **model}

    def _draw(self) -> None:
        if self._bar is None:
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TextColumn
            from rich.table import Column

            columns = (
                BarColumn(),
                TextColumn("{task.percentage:>3.0f}%"),
                TextColumn("{task.fields[told]}", markup=False, table_column=Column(no_wrap=True)),
            )
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._task = self._bar.add_task("", total=self._meter.total or None, told="")
            self._bar.start()
        self._bar.update(self._task, completed=self._tally.position, told=self.line())


def form_of(quiet: bool, log_json: bool, results_shown: bool = False) -> Form:
    """What standard error is shown: no bar among ``results_shown`` at the same terminal."""
    terminal = sys.stderr.isatty() and not (results_shown and sys.stdout.isatty())
    return "json" if log_json else "quiet" if quiet else "bar" if terminal else "lines"


def _time(seconds: float) -> str:
    """2.1 s, 4:05 min, 3:10 h."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes = round(seconds) // 60
    return f"{minutes}:{round(seconds) % 60:02} min" if minutes < 60 else f"{minutes // 60}:{minutes % 60:02} h"
