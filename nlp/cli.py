"""The command line: thin over :mod:`nlp.pipeline`; it reads options, moves bytes and sets exit statuses.

Heavy modules are imported inside the commands, so that ``zhbrief --help`` answers at once.
"""

from __future__ import annotations

import contextlib
import datetime
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from nlp.errors import Exit, InputError, UsageError, ZhbriefError

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Traditional Chinese news in; a true English brief and canonical English names out.",
)
models_app = typer.Typer(no_args_is_help=True, help="List, pull, verify, locate and remove model weights.")
app.add_typer(models_app, name="models")
glossary_app = typer.Typer(no_args_is_help=True, help="Look into the glossaries.")
app.add_typer(glossary_app, name="glossary")

Files = Annotated[
    list[str] | None,
    typer.Argument(metavar="[FILE…|-]", show_default=False, help="Articles; - or a pipe is standard input."),
]
FormatOption = Annotated[
    str, typer.Option("--format", metavar="text|json|jsonl|md|html", help="How results are written; entities also tsv.")
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
NerOption = Annotated[str, typer.Option("--ner", metavar="fast|accurate|auto", help="Which recogniser finds names.")]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="No progress on standard error.")]
DebugOption = Annotated[bool, typer.Option("--debug", help="Show tracebacks.")]
EngineOption = Annotated[
    str, typer.Option("--engine", metavar="auto|llamacpp|transformers", help="What runs the model.")
]
ModelOption = Annotated[
    str | None,
    typer.Option("--model", metavar="NAME", help="A model of the catalogue, a GGUF file, a folder or a Hub name."),
]
SeedOption = Annotated[int, typer.Option("--seed", metavar="N", help="Seed of the engine.")]
SentencesOption = Annotated[
    int, typer.Option("--sentences", metavar="N", min=1, max=20, help="How many sentences a brief has at most.")
]
QuantitiesOption = Annotated[bool, typer.Option("--quantities", help="List the figures too (text and md).")]


@app.command()
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
    quantities: QuantitiesOption = False,
    quiet: QuietOption = False,
    debug: DebugOption = False,
) -> None:
    """Write an English brief, with the names, terms and figures behind it."""
    with reporting(debug):
        options = _options(
            "brief", glossary, name, plain, date, ner, engine=engine, model=model, seed=seed, sentences=sentences
        )
        _run(options, files, form, quantities, quiet)


@app.command()
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
        _run(_options("entities", glossary, name, plain, date, ner), files, form, quantities, quiet)


@app.command()
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
        _run(_options("clean", None, None, plain, date, "auto"), files, form, False, quiet)


@app.command()
def batch(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT…", help="Files, folders, patterns, .jsonl.")],
    task: Annotated[
        str, typer.Option("--task", metavar="brief|entities|clean", help="What to make of each record.")
    ] = "brief",
    text_field: Annotated[
        str,
        typer.Option(
            "--text-field",
            metavar="NAME",
            help="The field of a .jsonl record that holds the text; a list of strings is joined by newlines.",
        ),
    ] = "text",
    id_field: Annotated[str, typer.Option("--id-field", metavar="NAME", help="The field that names a record.")] = "id",
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="OUT", help="A .jsonl file, or - for standard output.")
    ] = "-",
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
    """Process many records, one line of JSON each, in the order of the input."""
    with reporting(debug):
        from nlp.batch import Fields, records, run
        from nlp.pipeline import Pipeline

        options = _options(
            task, glossary, name, plain, date, ner, engine=engine, model=model, seed=seed, sentences=sentences
        )
        pipeline = Pipeline(options)
        with contextlib.closing(pipeline), _output(output) as out:
            done, failed = run(pipeline, records(inputs, Fields(text_field, id_field)), out)
    if not quiet:
        print(f"{done} done, {failed} failed", file=sys.stderr)
    if failed:
        raise typer.Exit(Exit.PARTIAL)


@app.command()
def schema() -> None:
    """Print the JSON Schema of a result."""
    from nlp.render import schema_text

    sys.stdout.write(schema_text())


@glossary_app.command("list")
def glossary_list(glossary: GlossaryOption = None, debug: DebugOption = False) -> None:
    """Print the entries of the shipped glossaries, or of --glossary, as tab-separated columns."""
    with reporting(debug):
        from nlp.names import load, shipped

        for e in [e for path in glossary for e in load(path)] if glossary else shipped():
            print(e.term, e.name, e.type or "", e.source, sep="\t")


@glossary_app.command("lookup")
def glossary_lookup(
    text: Annotated[str, typer.Argument(help="A Chinese term, or a text to find terms in.")],
    glossary: GlossaryOption = None,
    name: NameOption = None,
    debug: DebugOption = False,
) -> None:
    """Print what the glossaries match in a text, and by whose word."""
    with reporting(debug):
        from nlp.annotate.gazetteer import layers
        from nlp.names import Gazetteer

        for m in Gazetteer(layers(_names(glossary, name))).find(text):
            print(
                text[m.start : m.end],
                m.entry.name,
                m.entry.type or "term",
                m.layer.name.lower(),
                m.entry.source,
                sep="\t",
            )


@models_app.command("list")
def models_list(debug: DebugOption = False) -> None:
    """List the catalogue: name, size, licence, and whether the weights are here."""
    with reporting(debug):
        from nlp.engines.weights import list_models

        for row in list_models():
            print(*row, sep="\t")


@models_app.command("pull")
def models_pull(
    name: Annotated[str | None, typer.Argument()] = None, quiet: QuietOption = False, debug: DebugOption = False
) -> None:
    """Fetch and verify the weights of a model (default: the default model)."""
    with reporting(debug):
        from nlp.engines.weights import pull

        print(pull(name))


@models_app.command("verify")
def models_verify(name: Annotated[str | None, typer.Argument()] = None, debug: DebugOption = False) -> None:
    """Hash the weights that are here against the catalogue."""
    with reporting(debug):
        from nlp.engines.weights import verify

        print(verify(name))


@models_app.command("path")
def models_path(name: Annotated[str | None, typer.Argument()] = None, debug: DebugOption = False) -> None:
    """Print where the weights of a model lie."""
    with reporting(debug):
        from nlp.engines.weights import path

        print(path(name))


@models_app.command("remove")
def models_remove(name: Annotated[str, typer.Argument()], debug: DebugOption = False) -> None:
    """Remove the weights of a model from this machine."""
    with reporting(debug):
        from nlp.engines.weights import remove

        remove(name)


def main() -> None:
    """Entry point: UTF-8 on every stream, whatever the locale says; a closed pipe ends quietly."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app(prog_name="zhbrief")
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(Exit.FAILED) from None


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


def _run(options: Any, files: list[str] | None, form: str, quantities: bool, quiet: bool) -> None:
    """Process every file and write the results; stop at the first that cannot be read."""
    from nlp.pipeline import Pipeline
    from nlp.render import FORMATS, ONLY_ENTITIES, render

    allowed = [f for f in FORMATS if options.task == "entities" or f not in ONLY_ENTITIES]
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
                _say(f"warning: {warning.message} [{warning.code}]")


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


def _options(
    task: str, glossary: list[Path] | None, name: list[str] | None, plain: bool, date: str | None, ner: str, **more: Any
) -> Any:
    from nlp.pipeline import Options

    for option, value, allowed in (
        ("--task", task, ("brief", "entities", "clean")),
        ("--ner", ner, ("fast", "accurate", "auto")),
    ):
        if value not in allowed:
            raise UsageError(f"{option} {value}: choose one of {', '.join(allowed)}")
    return Options(task=task, names=_names(glossary, name), plain=plain, published=_date(date), ner=ner, **more)  # type: ignore[arg-type]


def _names(glossary: list[Path] | None, name: list[str] | None) -> Any:
    from nlp.names.sources import name_sources

    given = {}
    for pair in name or ():
        term, found, english = pair.partition("=")
        if not (term.strip() and found and english.strip()):
            raise UsageError(f'--name {pair}: write it as 中文="English"')
        given[term.strip()] = english.strip().strip('"')
    return name_sources(given, tuple(glossary or ()))


def _date(date: str | None) -> datetime.date | None:
    if date is None:
        return None
    try:
        return datetime.date.fromisoformat(date)
    except ValueError:
        raise UsageError(f"--date {date}: write it as YYYY-MM-DD") from None


@contextlib.contextmanager
def _output(name: str) -> Iterator[Any]:
    if name == "-":
        yield sys.stdout
        return
    try:
        with Path(name).open("w", encoding="utf-8", newline="\n") as out:
            yield out
    except OSError as e:
        raise UsageError(f"{name}: {e.strerror or e}") from e


def _say(message: str) -> None:
    from nlp.render.safe import safe

    print(f"zhbrief: {safe(message)}", file=sys.stderr)


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
