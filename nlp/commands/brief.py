"""``zhbrief brief``: a checked brief of an article, in English, Chinese or both."""

from __future__ import annotations

from typing import Any

from nlp.commands.articles import process
from nlp.commands.options import (
    CaseOption,
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
    StreamOption,
    StyleOption,
    ToOption,
    TraceOption,
    languages_given,
    options_given,
    reporting,
)
from nlp.render.shape import Shape


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
    to: ToOption = "en",
    sentences: SentencesOption = None,
    style: StyleOption = "news",
    case: CaseOption = "sentence",
    prompt: PromptOption = None,
    trace: TraceOption = None,
    stream: StreamOption = False,
    quantities: QuantitiesOption = False,
    quiet: QuietOption = False,
    debug: DebugOption = False,
) -> None:
    """Write an English brief, a Chinese one or both, with the names, terms and figures behind it."""
    with reporting(debug):
        more: dict[str, Any] = {
            "engine": engine,
            "model": model,
            "seed": seed,
            "sentences": sentences,
            "style": style,
            "case": case,
        }
        more |= {"prompt": prompt, "trace": trace}
        options = options_given("brief", glossary, name, plain, date, ner, to=languages_given(to), **more)
        process(options, files, Shape(form, quantities, style == "bullets"), quiet, stream)
