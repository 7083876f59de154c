"""Pipelines for workers of Ray: they note what they run, and the first that comes to a record of a given name may hang or die there."""

import os
import signal
import time
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from nlp.pipeline import Pipeline
from nlp.types import Warning
from tests.fakes import FakeEngine


@dataclass
class Noting(Pipeline):
    """Writes the name of each record that it runs to ``notes``; what becomes of ``trap`` is told by ``fate``.

    ``hang``: the first worker that comes to it leaves the id of its node in ``victim`` and waits to be killed, a minute; ``die``: every worker
    that comes to it is killed.
    """

    folder: Path = Path()
    trap: str = ""
    fate: str = "hang"

    def annotated(self, record):
        self._note("notes", record.record or Path(record.path).name)
        if record.record == self.trap and self.options.task != "brief":
            self._trapped()
        result, matched = super().annotated(record)
        return replace(result, warnings=(*result.warnings, Warning("w", "careful"))), matched

    def completed(self, record, result):
        if self.options.task == "brief":
            self._note("nodes", node())
            if record.record == self.trap:
                self._trapped()
        return super().completed(record, result)

    @cached_property
    def engine(self):
        return FakeEngine(lambda request: "The Federal Reserve raised its rate by 25 basis points on Wednesday.")

    def _note(self, file, line):
        with (self.folder / file).open("a") as notes:
            notes.write(f"{line}\n")

    def _trapped(self):
        if self.fate == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        victim = self.folder / "victim"
        try:
            with victim.open("x") as first:
                first.write(node())
        except FileExistsError:
            return
        time.sleep(60)


def node():
    """The id of the node on which this runs, if it does on one."""
    import ray

    return ray.get_runtime_context().get_node_id() if ray.is_initialized() else ""


def noted(folder, file="notes"):
    path = folder / file
    return path.read_text().split() if path.exists() else []
