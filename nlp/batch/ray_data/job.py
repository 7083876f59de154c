"""The job: which stage runs where, and how many at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from nlp.batch.ray_data.cluster import Nodes
from nlp.batch.ray_data.pulse import beat, watch
from nlp.batch.ray_data.reading import Unit
from nlp.batch.ray_data.stages import Done, Engine, Job, annotate, annotate_and_finish, packed, read, unpacked
from nlp.engines.registry import engine_name
from nlp.errors import ZhbriefError
from nlp.pipeline import Options

if TYPE_CHECKING:
    from nlp.batch.ray_data.reading import Marks

READERS = 2
"""Units that are read at once for each node: reading is a hundredth of the work."""


@dataclass(frozen=True)
class Layout:
    """How many engines run and what of a GPU each has, how many of them compute at once on a node without GPUs, and what CPUs an annotator takes.

    Readers and engines take no CPUs.
    """

    annotator_cpus: int
    engines: int = 0
    gpus: float = 0
    seats: int = 0


def layout(options: Options, nodes: Nodes, workers: int | None) -> Layout:
    """One engine for each GPU, where it is of a kind that uses them, else for each node; or ``workers`` engines.

    Beside engines on CPUs a node annotates one group at a time, which is faster than they write.
    """
    if options.task not in ("brief", "translate"):
        return Layout(1)
    if nodes.gpus and engine_name(options.engine, options.model) not in ("llamacpp", "openvino"):
        engines = workers or nodes.gpus
        return Layout(1, engines, min(1.0, nodes.gpus / engines))
    engines = workers or nodes.count
    return Layout(nodes.cpus_each, engines, seats=-(-engines // nodes.count))


def results(job: Job, todo: Sequence[Unit], marks: Marks, nodes: Nodes, workers: int | None) -> Iterator[Done]:
    """Run the job; what became of each group, as they are done. Raises :class:`nlp.errors.ZhbriefError`."""
    import ray
    import ray.data

    context = ray.data.DataContext.get_current()
    context.target_max_block_size = 1  # a group is a block of its own, so that it is worked on as soon as it is there
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    context.custom_execution_callback_classes = [watch(job.parts)]
    plan = layout(job.pipeline.options, nodes, workers)
    job = replace(job, seats=plan.seats)
    rows = ray.data.from_items([packed(unit) for unit in todo], override_num_blocks=len(todo))
    # What asks for no CPU would be sent to nodes that have none to give too, such as a head that is to do nothing else.
    elsewhere = {"ray.io/node-id": f"!in({','.join(nodes.others)})"} if nodes.others else None
    rows = rows.flat_map(
        partial(read, job=job, finished=ray.put(marks)),
        num_cpus=0,
        concurrency=min(len(todo), READERS * nodes.count),
        label_selector=elsewhere,
    )
    if plan.engines == 0:
        rows = rows.map(partial(annotate_and_finish, job=job), num_cpus=plan.annotator_cpus, concurrency=workers)
    else:
        rows = rows.map(partial(annotate, job=job), num_cpus=plan.annotator_cpus)
        rows = rows.map(
            Engine,
            fn_constructor_args=(job,),
            num_cpus=0,
            num_gpus=plan.gpus or None,
            memory=1,  # byte: what asks for nothing at all Ray puts anywhere, often all of it on one node
            label_selector=elsewhere,
            concurrency=plan.engines,
        )
    try:
        for row in rows.iter_rows():
            beat(job.parts)
            done = unpacked(row)
            if isinstance(done, ZhbriefError):
                raise done
            yield done
    except (ray.exceptions.RayError, ray.data.exceptions.RayDataUserCodeException) as e:
        raise ZhbriefError(f"Ray gave up: {_told(e)}; what is finished is kept, start again to go on") from e


def _told(error: BaseException) -> str:
    """The last line of what Ray says, which is the cause."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[-1] if lines else type(error).__name__
