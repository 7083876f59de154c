"""The command line, put together from :mod:`nlp.commands`.

Heavy modules are imported inside the commands, so that ``zhbrief --help`` answers at once.
"""

from __future__ import annotations

import sys

import typer

from nlp.commands import articles, glossary, models, translate
from nlp.commands.batch import batch
from nlp.commands.brief import brief
from nlp.commands.optional_value import RayCommand
from nlp.errors import Exit

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Traditional Chinese news in; a true English brief and canonical English names out.",
)
for _command in (brief, articles.entities, translate.translate, articles.clean):
    app.command()(_command)
app.command(cls=RayCommand)(batch)
app.add_typer(models.app, name="models")
app.add_typer(glossary.app, name="glossary")


@app.command()
def schema() -> None:
    """Print the JSON Schema of a result."""
    from nlp.render import schema_text

    sys.stdout.write(schema_text())


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
