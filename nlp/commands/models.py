"""``zhbrief models``: the weights of language models on this machine."""

from __future__ import annotations

from typing import Annotated

import typer

from nlp.commands.options import DebugOption, QuietOption, reporting

app = typer.Typer(no_args_is_help=True, help="List, pull, verify, locate and remove model weights.")


@app.command("list")
def list_(debug: DebugOption = False) -> None:
    """List the catalogue: name, size, licence, and whether the weights are here."""
    with reporting(debug):
        from nlp.engines import weights

        for row in weights.list_models():
            print(*row, sep="\t")


@app.command("pull")
def pull(
    name: Annotated[str | None, typer.Argument()] = None, quiet: QuietOption = False, debug: DebugOption = False
) -> None:
    """Fetch and verify the weights of a model (default: the default model)."""
    with reporting(debug):
        from nlp.engines import weights

        print(weights.pull(name))


@app.command("verify")
def verify(name: Annotated[str | None, typer.Argument()] = None, debug: DebugOption = False) -> None:
    """Hash the weights that are here against the catalogue."""
    with reporting(debug):
        from nlp.engines import weights

        print(weights.verify(name))


@app.command("path")
def path(name: Annotated[str | None, typer.Argument()] = None, debug: DebugOption = False) -> None:
    """Print where the weights of a model lie."""
    with reporting(debug):
        from nlp.engines import weights

        print(weights.path(name))


@app.command("remove")
def remove(name: Annotated[str, typer.Argument()], debug: DebugOption = False) -> None:
    """Remove the weights of a model from this machine."""
    with reporting(debug):
        from nlp.engines import weights

        weights.remove(name)
