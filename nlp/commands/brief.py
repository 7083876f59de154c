"""``zhbrief brief``: a checked brief of an article, in English, Chinese or both."""

from __future__ import annotations

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
    QuantitiesOption,
    QuietOption,
    SeedOption,
    SentencesOption,
    StreamOption,
    StyleOption,
    ToOption,
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
    stream: StreamOption = False,
    quantities: QuantitiesOption = False,
    quiet: QuietOption = False,
    debug: DebugOption = False,
) -> None:
    """Write an English brief, a Chinese one or both, with the names, terms and figures behind it."""
    with reporting(debug):
        more = {"engine": engine, "model": model, "seed": seed, "sentences": sentences, "style": style, "case": case}
        options = options_given("brief", glossary, name, plain, date, ner, to=languages_given(to), **more)
        process(options, files, Shape(form, quantities, style == "bullets"), quiet, stream)
