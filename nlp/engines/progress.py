"""How long work is told on standard error."""

from __future__ import annotations

import sys


class Bar:
    """A :data:`nlp.engines.Progress`: one line written over at a terminal, else a line for every tenth."""

    def __init__(self) -> None:
        self._told: tuple[str, int] = ("", -1)
        self._terminal = sys.stderr.isatty()

    def __call__(self, what: str, done: int, total: int | None) -> None:
        """Tell that ``done`` of ``total`` bytes of ``what`` are done."""
        if not total:
            self._write(f"{what}…", last=False)
            return
        part = (100 if self._terminal else 10) * done // total
        if (what, part) != self._told:
            self._told = (what, part)
            filled = "█" * (20 * done // total)
            bar = f"[{filled:·<20}] " if self._terminal else ""
            self._write(f"{what}: {bar}{done / 1e6:,.0f} of {total / 1e6:,.0f} MB", last=done >= total)

    def _write(self, line: str, last: bool) -> None:
        sys.stderr.write(f"\r\x1b[K{line}" + ("\n" if last else "") if self._terminal else f"{line}\n")
        sys.stderr.flush()
