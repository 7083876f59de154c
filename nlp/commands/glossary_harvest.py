"""``zhbrief glossary harvest`` and ``review``: candidates for a glossary out of an archive, and a person's word on each."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nlp.commands.glossary_files import ForceOption, OutOption, write_out
from nlp.commands.options import (
    DateOption,
    DebugOption,
    GlossaryOption,
    IdFieldOption,
    NameOption,
    NerOption,
    PlainOption,
    QuietOption,
    TextFieldOption,
    day_given,
    names_given,
    reporting,
    say,
)
from nlp.errors import Exit, UsageError

if TYPE_CHECKING:
    from nlp.names.harvest import Review


def harvest(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT…", help="Files, folders, patterns, .jsonl.")],
    output: OutOption = "-",
    text_field: TextFieldOption = "text",
    id_field: IdFieldOption = "id",
    glossary: GlossaryOption = None,
    name: NameOption = None,
    plain: PlainOption = False,
    date: DateOption = None,
    ner: NerOption = "auto",
    force: ForceOption = False,
    quiet: QuietOption = False,
    debug: DebugOption = False,
) -> None:
    """Gather what articles gloss（施洛德（Patrick Schröder）) as a table of candidates, for review."""
    with reporting(debug):
        from nlp.batch import Fields, records
        from nlp.batch.harvest import Harvest
        from nlp.names.harvest import dump
        from nlp.pipeline import Options

        if output != "-" and not force and Path(output).exists():
            raise UsageError(
                f"{output} is there already; --force writes over it, and its review goes on where it stopped"
            )
        if ner not in ("fast", "accurate", "auto"):
            raise UsageError(f"--ner {ner}: choose one of fast, accurate, auto")
        options = Options(names=names_given(glossary, name), plain=plain, published=day_given(date), ner=ner)  # type: ignore[arg-type]
        found = Harvest(options)
        candidates = found(records(inputs, Fields(text_field, id_field)))
        write_out(dump(candidates).encode("utf-8"), output, force)
        for failure in found.failures:
            say(failure)
        if not quiet:
            sure = sum(c.sure for c in candidates)
            say(
                f"{found.done} records, {len(found.failures)} failed; {len(candidates)} candidates, {sure} of them sure"
            )
    if found.failures:
        raise typer.Exit(Exit.PARTIAL)


def review(
    candidates: Annotated[Path, typer.Argument(metavar="CANDIDATES", help="A table that harvest has written.")],
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="GLOSSARY",
            help="Where accepted entries go; default: beside CANDIDATES, .accepted.tsv.",
        ),
    ] = None,
    debug: DebugOption = False,
) -> None:
    """Go through candidates at the terminal, one key an entry; what is accepted goes into a glossary file."""
    with reporting(debug):
        from nlp.names.harvest import Review, load

        found = load(candidates)
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            raise UsageError("review asks at a terminal, and standard input or output is none; run it in one")
        glossary = output or candidates.with_suffix(".accepted.tsv")
        state = Review(found, glossary, candidates.with_suffix(".decisions.tsv"))
        from nlp.commands.review_screen import run

        run(state)
        _summary(state)


def _summary(state: Review) -> None:
    counts = state.counts()
    told = ", ".join(
        f"{counts[word]} {told}"
        for word, told in (("accept", "accepted"), ("reject", "rejected"), ("skip", "skipped"), ("open", "left"))
    )
    say(f"{told}; accepted entries are in {state.glossary}" if counts["accept"] else told)
