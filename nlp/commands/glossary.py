"""``zhbrief glossary``: look into the glossaries."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nlp.commands import glossary_files, glossary_harvest
from nlp.commands.options import DebugOption, GlossaryOption, NameOption, names_given, reporting
from nlp.errors import InputError

if TYPE_CHECKING:
    from nlp.names import Entry, Layer
    from nlp.names.sources import NameSources

app = typer.Typer(no_args_is_help=True, help="List, look up, import, export, lint, harvest and review glossaries.")
app.command("import")(glossary_files.import_)
app.command()(glossary_files.export)
app.command()(glossary_files.lint)
app.command()(glossary_harvest.harvest)
app.command()(glossary_harvest.review)


@app.command("list")
def list_(glossary: GlossaryOption = None, debug: DebugOption = False) -> None:
    """Print the entries of the shipped glossaries, or of --glossary, as tab-separated columns."""
    with reporting(debug):
        from nlp.names import load, shipped

        for e in [e for path in glossary for e in load(path)] if glossary else shipped():
            print(e.term, e.name, e.type or "", e.source, sep="\t")


@app.command("lookup")
def lookup(
    text: Annotated[str, typer.Argument(help="A Chinese term, or a text to find terms in.")],
    article: Annotated[
        Path | None,
        typer.Option(
            "--in",
            metavar="FILE",
            help="Say which entries for the term match in this article, which one stands, and why.",
        ),
    ] = None,
    glossary: GlossaryOption = None,
    name: NameOption = None,
    debug: DebugOption = False,
) -> None:
    """Print what the glossaries match in a text, and by whose word."""
    with reporting(debug):
        names = names_given(glossary, name)
        if article is not None:
            _explain(text, article, names)
            return
        from nlp.annotate.gazetteer import layers
        from nlp.names import Gazetteer

        for m in Gazetteer(layers(names)).find(text):
            for entry in (m.entry, *m.rivals):
                print(text[m.start : m.end], *_columns(entry, m.layer), sep="\t")


def _explain(term: str, path: Path, names: NameSources) -> None:
    from nlp.annotate.explain import explain
    from nlp.annotate.gazetteer import layers
    from nlp.annotate.language import annotate, build
    from nlp.names import Gazetteer
    from nlp.pipeline import Options, Pipeline

    try:
        data = path.read_bytes()
    except OSError as e:
        raise InputError(f"{path}: {e.strerror or e}") from e
    result = Pipeline(Options(task="clean"))(data, str(path))
    doc = annotate(build(names), result.article)
    found = list(explain(doc, Gazetteer(layers(names)), term))
    for told in found:
        around = doc.text[max(0, told.start - 8) : told.end + 8].replace("\n", " ")
        print(f"{told.start}–{told.end}", f"…{around}…", *_columns(told.entry, told.layer), told.why, sep="\t")
    if not found:
        raise InputError(f"no entry for {term} stands in {path}")


def _columns(entry: Entry, layer: Layer) -> tuple[str, str, str, str]:
    return entry.name, entry.type or "term", layer.name.lower(), entry.source
