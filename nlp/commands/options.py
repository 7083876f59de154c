"""What commands share: their options, how names are given, how an error is told."""

from __future__ import annotations

import contextlib
import datetime
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, get_args

import typer

from nlp.errors import Exit, UsageError, ZhbriefError
from nlp.types import Language

if TYPE_CHECKING:
    from nlp.names.sources import NameSources
    from nlp.pipeline import Options

Files = Annotated[
    list[str] | None,
    typer.Argument(metavar="[FILE…|-]", show_default=False, help="Articles; - or a pipe is standard input."),
]
FormatOption = Annotated[
    str,
    typer.Option(
        "--format", metavar="text|json|jsonl|md|html", help="How results are written; entities also tsv and tbx."
    ),
]
GlossaryOption = Annotated[
    list[Path] | None,
    typer.Option("--glossary", metavar="PATH", help="A glossary file or folder; repeatable, a later one wins."),
]
NameOption = Annotated[
    list[str] | None,
    typer.Option(
        "--name", metavar='中文="English"', help="The English name of one term; repeatable, outranks all else."
    ),
]
PlainOption = Annotated[bool, typer.Option("--plain", help="The input is the article itself: clean nothing away.")]
DateOption = Annotated[
    str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="The article's date, where the page carries none.")
]
TextFieldOption = Annotated[
    str,
    typer.Option(
        "--text-field",
        metavar="NAME",
        help="The field of a .jsonl record that holds the text; a list of strings is joined by newlines.",
    ),
]
IdFieldOption = Annotated[str, typer.Option("--id-field", metavar="NAME", help="The field that names a record.")]
NerOption = Annotated[str, typer.Option("--ner", metavar="fast|accurate|auto", help="Which recogniser finds names.")]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="No progress on standard error.")]
DebugOption = Annotated[bool, typer.Option("--debug", help="Show tracebacks.")]
EngineOption = Annotated[
    str, typer.Option("--engine", metavar="auto|llamacpp|openvino|transformers|openai", help="What runs the model.")
]
ModelOption = Annotated[
    str | None,
    typer.Option(
        "--model", metavar="NAME", help="A model of the catalogue or the server, a GGUF file, a folder or a Hub name."
    ),
]
SeedOption = Annotated[int, typer.Option("--seed", metavar="N", help="Seed of the engine.")]
PromptOption = Annotated[
    Path | None,
    typer.Option("--prompt", metavar="FILE", help="A prompt file of your own, in place of the one for sentences."),
]
TraceOption = Annotated[
    Path | None, typer.Option("--trace", metavar="FILE", help="Add every prompt, answer and check to FILE, as JSONL.")
]
SentencesOption = Annotated[
    int | None,
    typer.Option(
        "--sentences",
        metavar="N",
        min=1,
        max=20,
        show_default=False,
        help="How many sentences a brief has at most; by the article's length where not given.",
    ),
]
ToOption = Annotated[str, typer.Option("--to", metavar="en|zh|en,zh", help="The language of the brief, or both.")]
StyleOption = Annotated[
    str, typer.Option("--style", metavar="news|bullets", help="Paragraphs that read on, or points that stand alone.")
]
CaseOption = Annotated[str, typer.Option("--case", metavar="sentence|title", help="The case of the English headline.")]
StreamOption = Annotated[
    bool, typer.Option("--stream", help="Show each sentence as soon as it has passed its checks (text only).")
]
GuessOption = Annotated[
    bool,
    typer.Option("--guess-names", help="Let the model spell names that nobody knows, instead of ⟦pinyin⟧."),
]
QuantitiesOption = Annotated[bool, typer.Option("--quantities", help="List the figures too (text and md).")]


@contextlib.contextmanager
def reporting(debug: bool) -> Iterator[None]:
    """Turn errors into one line on standard error and an exit status; with ``debug`` let the traceback through."""
    try:
        yield
    except ZhbriefError as e:
        if debug:
            raise
        _fail(str(e), e.exit_status)
    except KeyboardInterrupt:
        _fail("interrupted", Exit.FAILED)


def _fail(message: str, status: Exit) -> NoReturn:
    from nlp.render.safe import safe

    print(f"zhbrief: {safe(' '.join(message.split()))}", file=sys.stderr)
    raise typer.Exit(int(status))


def names_given(glossary: list[Path] | None, name: list[str] | None) -> NameSources:
    """The user's own sources of names. Raises :class:`nlp.errors.UsageError` for a ``--name`` that is no pair."""
    from nlp.names.sources import name_sources

    given = {}
    for pair in name or ():
        term, found, english = pair.partition("=")
        if not (term.strip() and found and english.strip()):
            raise UsageError(f'--name {pair}: write it as 中文="English"')
        given[term.strip()] = english.strip().strip('"')
    return name_sources(given, tuple(glossary or ()))


def options_given(
    task: str, glossary: list[Path] | None, name: list[str] | None, plain: bool, date: str | None, ner: str, **more: Any
) -> Options:
    """What a run is asked to do. Raises :class:`nlp.errors.UsageError`."""
    from nlp.pipeline import Options

    for option, value, allowed in (
        ("--task", task, ("brief", "entities", "translate", "clean")),
        ("--ner", ner, ("fast", "accurate", "auto")),
        ("--style", more.get("style", "news"), ("news", "bullets")),
        ("--case", more.get("case", "sentence"), ("sentence", "title")),
    ):
        if value not in allowed:
            raise UsageError(f"{option} {value}: choose one of {', '.join(allowed)}")
    if more.get("prompt") is not None:
        from nlp.brief.prompts import checked_prompt

        checked_prompt(more["prompt"])
    return Options(
        task=task,  # type: ignore[arg-type]
        names=names_given(glossary, name),
        plain=plain,
        published=day_given(date),
        ner=ner,  # type: ignore[arg-type]
        **more,
    )


def languages_given(to: str) -> tuple[Language, ...]:
    """The languages of ``--to``, each once. Raises :class:`nlp.errors.UsageError`."""
    asked = {part.strip() for part in to.split(",")}
    if not asked <= {"en", "zh"}:
        raise UsageError(f"--to {to}: write en, zh or en,zh")
    return tuple(language for language in get_args(Language) if language in asked)


def day_given(date: str | None) -> datetime.date | None:
    """The day of ``--date``. Raises :class:`nlp.errors.UsageError`."""
    if date is None:
        return None
    try:
        return datetime.date.fromisoformat(date)
    except ValueError:
        raise UsageError(f"--date {date}: write it as YYYY-MM-DD") from None


def say(message: str) -> None:
    """One line on standard error, safe for a terminal."""
    from nlp.render.safe import safe

    print(f"zhbrief: {safe(message)}", file=sys.stderr)
