"""``brief``, ``entities`` and ``clean``: articles in, results out."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nlp.commands.options import (
    DateOption,
    DebugOption,
    EngineOption,
    Files,
    FormatOption,
    GlossaryOption,
    ModelOption,
    NameOption,
    NerOption,
    PlainOption,
    PromptOption,
    QuantitiesOption,
    QuietOption,
    SeedOption,
    SentencesOption,
    TraceOption,
    options_given,
    reporting,
    say,
)
from nlp.errors import InputError, UsageError


def brief(
    files: Files = None,
    form: FormatOption = "text",
    glossary: GlossaryOption = None,
    name: NameOption = None,
    plain: PlainOption = False,
    date: DateOption = None,
    ner: NerOption = "auto",
    engine: EngineOption = "auto",
    model: ModelOption = None,
    seed: SeedOption = 0,
    sentences: SentencesOption = 5,
    prompt: PromptOption = None,
    trace: TraceOption = None,
    quantities: QuantitiesOption = False,
    quiet: QuietOption = False,
    debug: DebugOption = False,
) -> None:
    """Write an English brief, with the names, terms and figures behind it."""
    with reporting(debug):
        more = {
            "engine": engine,
            "model": model,
            "seed": seed,
            "sentences": sentences,
            "prompt": prompt,
            "trace": trace,
        }
        options = options_given("brief", glossary, name, plain, date, ner, **more)
        process(options, files, form, quantities, quiet)


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
        process(options_given("entities", glossary, name, plain, date, ner), files, form, quantities, quiet)


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
        process(options_given("clean", None, None, plain, date, "auto"), files, form, False, quiet)


def process(options: Any, files: list[str] | None, form: str, quantities: bool, quiet: bool) -> None:
    """Process every file and write the results; stop at the first that cannot be read."""
    from nlp.pipeline import Pipeline
    from nlp.render import FORMATS, ONLY_FOR, render

    allowed = [f for f in FORMATS if ONLY_FOR.get(f, options.task) == options.task]
    if form not in allowed:
        raise UsageError(f"--format {form}: choose one of {', '.join(allowed)}")
    progress = _Progress(quiet)
    with contextlib.closing(Pipeline(options, progress)) as pipeline:
        results = [pipeline(data, path) for data, path in _inputs(files)]
    progress.done()
    sys.stdout.write(render(results, form, quantities))  # type: ignore[arg-type]
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
