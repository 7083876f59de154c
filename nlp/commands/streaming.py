"""``brief --stream``: each sentence on standard output as soon as it has passed its checks, and in the end the text as without."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable

from nlp.pipeline import Pipeline
from nlp.render import RULE, render
from nlp.render.as_text import briefs_text
from nlp.render.shape import Shape
from nlp.types import Brief, Result


def streaming(
    pipeline: Pipeline, inputs: Iterable[tuple[bytes, str | None]], shape: Shape, clear: Callable[[], None]
) -> list[Result]:
    """The results of ``inputs``, shown as they grow; ``clear`` takes the progress line away before something is shown."""
    results: list[Result] = []
    for data, path in inputs:
        written = 0
        if results:
            sys.stdout.write(RULE)

        def show(text: str) -> None:
            nonlocal written
            clear()
            sys.stdout.write(text[written:])
            sys.stdout.flush()
            written = len(text)

        def grown(briefs: tuple[Brief, ...]) -> None:
            show(briefs_text(briefs, shape.bullets) + "\n")

        pipeline.shown = grown
        results.append(pipeline(data, path))
        show(render(results[-1:], shape))
    return results
