"""``zhbrief glossary``: look into the glossaries."""

from __future__ import annotations

from typing import Annotated

import typer

from nlp.commands.options import DebugOption, GlossaryOption, NameOption, names_given, reporting

app = typer.Typer(no_args_is_help=True, help="Look into the glossaries.")


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
    glossary: GlossaryOption = None,
    name: NameOption = None,
    debug: DebugOption = False,
) -> None:
    """Print what the glossaries match in a text, and by whose word."""
    with reporting(debug):
        from nlp.annotate.gazetteer import layers
        from nlp.names import Gazetteer

        for m in Gazetteer(layers(names_given(glossary, name))).find(text):
            print(
                text[m.start : m.end],
                m.entry.name,
                m.entry.type or "term",
                m.layer.name.lower(),
                m.entry.source,
                sep="\t",
            )
