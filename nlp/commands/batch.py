"""``batch``: an archive in, one result a record out."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nlp.commands.options import (
    CaseOption,
    DateOption,
    DebugOption,
    EngineOption,
    GlossaryOption,
    GuessOption,
    IdFieldOption,
    ModelOption,
    NameOption,
    NerOption,
    PlainOption,
    PromptOption,
    QuietOption,
    SeedOption,
    SentencesOption,
    StyleOption,
    TextFieldOption,
    ToOption,
    TraceOption,
    languages_given,
    options_given,
    reporting,
)
from nlp.errors import Exit, ZhbriefError

if TYPE_CHECKING:
    from nlp.batch.watch import Watch


def batch(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT…",
            help="Files, folders, patterns; .jsonl, .csv, .parquet, .zip, .tar; .gz and .zst; - is JSONL on standard input.",
        ),
    ],
    task: Annotated[
        str, typer.Option("--task", metavar="brief|entities|translate|clean", help="What to make of each record.")
    ] = "brief",
    text_field: TextFieldOption = "text",
    id_field: IdFieldOption = "id",
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="OUT", help="A .jsonl or .parquet file, or - for standard output.")
    ] = "-",
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers",
            metavar="N",
            min=1,
            show_default=False,
            help="Processes that annotate; default: one beside a model, else one a core.",
        ),
    ] = None,
    dedupe: Annotated[
        bool,
        typer.Option(
            "--dedupe",
            help="Tell articles that are nearly the same, and write one brief for all where it holds for all.",
        ),
    ] = False,
    ray: Annotated[
        str | None,
        typer.Option(
            "--ray",
            metavar="[ADDRESS]",
            show_default=False,
            help="Have Ray do it: at HOST:PORT or auto, else one that is started here. --workers is then how many engines.",
        ),
    ] = None,
    no_resume: Annotated[
        bool, typer.Option("--no-resume", help="Forget what an earlier run has finished, and start anew.")
    ] = False,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Run the records again that failed in an earlier run.")
    ] = False,
    fail_fast: Annotated[bool, typer.Option("--fail-fast", help="Stop at the first record that fails.")] = False,
    log_json: Annotated[
        bool, typer.Option("--log-json", help="Progress, failures and the summary as lines of JSON on standard error.")
    ] = False,
    metrics_port: Annotated[
        int | None,
        typer.Option("--metrics-port", metavar="PORT", help="Serve counts to Prometheus on 127.0.0.1; asks for a key."),
    ] = None,
    glossary: GlossaryOption = None,
    name: NameOption = None,
    plain: PlainOption = False,
    date: DateOption = None,
    ner: NerOption = "auto",
    engine: EngineOption = "auto",
    model: ModelOption = None,
    seed: SeedOption = 0,
    sentences: SentencesOption = None,
    to: ToOption = "en",
    style: StyleOption = "news",
    case: CaseOption = "sentence",
    guess_names: GuessOption = False,
    prompt: PromptOption = None,
    trace: TraceOption = None,
    quiet: QuietOption = False,
    debug: DebugOption = False,
) -> None:
    """Process an archive: one result a record, in order. Interrupted, the same command goes on where it was."""
    from nlp.batch import Fields, Meter, Tally, total_bytes
    from nlp.batch import run as run_here
    from nlp.batch.watch import Watch, form_of

    tally, meter = Tally(), Meter()
    watch = Watch(tally, meter, form_of(quiet, log_json, output == "-"))
    with reporting(debug), _as_events(watch, log_json and not debug), contextlib.ExitStack() as until:
        from nlp.pipeline import Pipeline

        more: dict[str, Any] = {
            "engine": engine,
            "model": model,
            "seed": seed,
            "sentences": sentences,
            "guess_names": guess_names,
        }
        more |= {"prompt": prompt, "trace": trace}
        more |= {"to": languages_given(to), "style": style, "case": case}
        options = options_given(task, glossary, name, plain, date, ner, **more)
        pipeline = until.enter_context(contextlib.closing(Pipeline(options)))
        until.callback(watch.close)
        if metrics_port is not None:
            from nlp.batch.metrics import serving

            address, key = until.enter_context(serving(metrics_port, tally, meter))
            if log_json:
                watch.event("metrics", address=address, key=key)
            else:
                watch.say(f"metrics at {address} for those who send Authorization: Bearer {key}")
        meter.total = total_bytes(inputs) if not quiet or metrics_port is not None else 0
        run: Callable[..., Tally] = run_here
        if ray is not None:
            from nlp.batch import ray_data

            run = partial(ray_data.run, address=ray)
        try:
            run(
                pipeline,
                inputs,
                None if output == "-" else Path(output),
                Fields(text_field, id_field),
                tally=tally,
                meter=meter,
                told=watch,
                resume=not no_resume,
                retry_failed=retry_failed,
                fail_fast=fail_fast,
                dedupe=dedupe,
                workers=workers,
            )
        except KeyboardInterrupt:
            kept = f"; {tally.records:,} results are kept, the same command goes on from there" if output != "-" else ""
            raise ZhbriefError(f"interrupted{kept}") from None
        watch.summary()
    if tally.failed:
        raise typer.Exit(Exit.PARTIAL)


@contextlib.contextmanager
def _as_events(watch: Watch, wanted: bool) -> Iterator[None]:
    """Tell an error as an event, where events are wanted."""
    try:
        yield
    except ZhbriefError as e:
        if not wanted:
            raise
        watch.event("error", message=str(e))
        raise typer.Exit(int(e.exit_status)) from e
