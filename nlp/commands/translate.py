"""``zhbrief translate``: a sentence-aligned English draft for a translator."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from nlp.commands.articles import process
from nlp.commands.options import (
    DateOption,
    DebugOption,
    EngineOption,
    Files,
    GlossaryOption,
    GuessOption,
    ModelOption,
    NameOption,
    NerOption,
    PlainOption,
    PromptOption,
    QuietOption,
    SeedOption,
    TraceOption,
    options_given,
    reporting,
)
from nlp.render.shape import Shape

FormOption = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="text|json|jsonl|md|html|tmx|xliff|xliff2",
        help="How results are written; xliff is 1.2, xliff2 is 2.0.",
    ),
]


def translate(
    files: Files = None,
    form: FormOption = "text",
    glossary: GlossaryOption = None,
    name: NameOption = None,
    plain: PlainOption = False,
    date: DateOption = None,
    ner: NerOption = "auto",
    engine: EngineOption = "auto",
    model: ModelOption = None,
    seed: SeedOption = 0,
    guess_names: GuessOption = False,
    prompt: PromptOption = None,
    trace: TraceOption = None,
    quiet: QuietOption = False,
    debug: DebugOption = False,
) -> None:
    """Draft an English translation, sentence by sentence, with names and numbers locked."""
    with reporting(debug):
        more: dict[str, Any] = {"engine": engine, "model": model, "seed": seed, "guess_names": guess_names}
        more |= {"prompt": prompt, "trace": trace}
        process(options_given("translate", glossary, name, plain, date, ner, **more), files, Shape(form), quiet)
