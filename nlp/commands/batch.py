"""``batch``: an archive in, one result a record out."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import Annotated

import typer

from nlp.commands.options import (
    DateOption,
    DebugOption,
    EngineOption,
    GlossaryOption,
    ModelOption,
    NameOption,
    NerOption,
    PlainOption,
    QuietOption,
    SeedOption,
    SentencesOption,
    options_given,
    reporting,
)
from nlp.errors import Exit


def batch(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT…",
            help="Files, folders, patterns; .jsonl, .csv, .parquet, .zip, .tar; .gz and .zst; - is JSONL on standard input.",
        ),
    ],
    task: Annotated[
        str, typer.Option("--task", metavar="brief|entities|clean", help="What to make of each record.")
    ] = "brief",
    text_field: Annotated[
        str,
        typer.Option(
            "--text-field",
            metavar="NAME",
            help="The field or column that holds the text; a list of strings is joined by newlines.",
        ),
    ] = "text",
    id_field: Annotated[
        str, typer.Option("--id-field", metavar="NAME", help="The field or column that names a record.")
    ] = "id",
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="OUT", help="A .jsonl or .parquet file, or - for standard output.")
    ] = "-",
    no_resume: Annotated[
        bool, typer.Option("--no-resume", help="Forget what an earlier run has finished, and start anew.")
    ] = False,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Run the records again that failed in an earlier run.")
    ] = False,
    fail_fast: Annotated[bool, typer.Option("--fail-fast", help="Stop at the first record that fails.")] = False,
    glossary: GlossaryOption = None,
    name: NameOption = None,
    plain: PlainOption = False,
    date: DateOption = None,
    ner: NerOption = "auto",
    engine: EngineOption = "auto",
    model: ModelOption = None,
    seed: SeedOption = 0,
    sentences: SentencesOption = 5,
    quiet: QuietOption = False,
    debug: DebugOption = False,
) -> None:
    """Process an archive: one result a record, in order. Interrupted, the same command goes on where it was."""
    with reporting(debug):
        from nlp.batch import Fields, run
        from nlp.pipeline import Pipeline

        options = options_given(
            task, glossary, name, plain, date, ner, engine=engine, model=model, seed=seed, sentences=sentences
        )
        with contextlib.closing(Pipeline(options)) as pipeline:
            tally = run(
                pipeline,
                inputs,
                None if output == "-" else Path(output),
                Fields(text_field, id_field),
                resume=not no_resume,
                retry_failed=retry_failed,
                fail_fast=fail_fast,
            )
    if not quiet:
        print(f"{tally.done} done, {tally.failed} failed", file=sys.stderr)
    if tally.failed:
        raise typer.Exit(Exit.PARTIAL)
