"""Past one machine: the records of a batch worked on by a Ray Data job, and the output put together from the journal.

>>> run(nlp.load(task="entities"), ["lake/"], Path("names.parquet"), address="10.0.0.5:6379").failed
0

Files are read in parallel, each group of their records is annotated as a task and, where a model writes, goes on to one of a pool of
engines (:mod:`nlp.batch.ray_data.stages`). Who does the last of it writes the results as a part (:mod:`nlp.batch.parts`), and the
driver has the journal take it. Ray keeps no order, and runs again what a dead worker had; neither matters, since what is finished
is known by its key and not by its place: when nothing is left, the plain run goes over the input once more, finds every record in
the journal, and writes the output that it always writes.
"""

from __future__ import annotations

from nlp.batch.ray_data.driver import run

__all__ = ["run"]
