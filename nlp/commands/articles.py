"""``entities`` and ``clean``, and what every command that reads articles does: articles in, results out."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.commands.options import (
    DateOption,
    DebugOption,
    Files,
    FormatOption,
    GlossaryOption,
    NameOption,
    NerOption,
    PlainOption,
    QuantitiesOption,
    QuietOption,
    options_given,
    reporting,
    say,
)
from nlp.errors import InputError, UsageError
from nlp.render.shape import Shape

if TYPE_CHECKING:
    from nlp.pipeline import Options


def entities(
    files: Files = None,
    form: FormatOption = "text",
    glossary: GlossaryOption = None,
    name: NameOption = None,
    plain: PlainOption = False,
    date: DateOption = None,
    ner: NerOption = "auto",
    quantities: QuantitiesOption = False,
    quiet: QuietOption = False,
    debug: DebugOption = False,
) -> None:
    """Find names, terms and figures with their English forms; no language model is loaded."""
    with reporting(debug):
        process(options_given("entities", glossary, name, plain, date, ner), files, Shape(form, quantities), quiet)


def clean(
    files: Files = None,
    form: FormatOption = "text",
    plain: PlainOption = False,
    date: DateOption = None,
    quiet: QuietOption = False,
    debug: DebugOption = False,
) -> None:
    """Take the article alone out of a pasted or crawled page."""
    with reporting(debug):
        process(options_given("clean", None, None, plain, date, "auto"), files, Shape(form), quiet)


def process(options: Options, files: list[str] | None, shape: Shape, quiet: bool, stream: bool = False) -> None:
    """Process every file and write the results; stop at the first that cannot be read. With ``stream`` they are shown as they grow."""
    from nlp.pipeline import Pipeline
    from nlp.render import FORMATS, ONLY_FOR, render

    allowed = [f for f in FORMATS if ONLY_FOR.get(f, options.task) == options.task]
    if shape.form not in allowed:
        raise UsageError(f"--format {shape.form}: choose one of {', '.join(allowed)}")
    if stream and shape.form != "text":
        raise UsageError("--stream shows sentences as text: leave --format out")
    progress = _Progress(quiet)
    with contextlib.closing(Pipeline(options, progress)) as pipeline:
        if stream:
            from nlp.commands.streaming import streaming

            results = streaming(pipeline, _inputs(files), shape, progress.done)
        else:
            results = [pipeline(data, path) for data, path in _inputs(files)]
            progress.done()
            sys.stdout.write(render(results, shape))
    for result in results:
        for warning in result.warnings:
            if not quiet:
                say(f"warning: {warning.message} [{warning.code}]")


def _inputs(files: list[str] | None) -> Iterator[tuple[bytes, str | None]]:
    if not files and sys.stdin.isatty():
        raise UsageError("no FILE and nothing piped in; see --help")
    for name in files or ["-"]:
        if name == "-":
            yield sys.stdin.buffer.read(), None
            continue
        try:
            yield Path(name).read_bytes(), name
        except OSError as e:
            raise InputError(f"{name}: {e.strerror or e}") from e


class _Progress:
    """One line on standard error that is written over at a terminal, and nothing when it is not one."""

    def __init__(self, quiet: bool) -> None:
        self._shown = not quiet and sys.stderr.isatty()

    def __call__(self, stage: str) -> None:
        if self._shown:
            sys.stderr.write(f"\r\x1b[K{stage}…")
            sys.stderr.flush()

    def done(self) -> None:
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
