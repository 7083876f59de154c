"""``zhbrief glossary import``, ``export`` and ``lint``: glossaries from and to other tools, and what is wrong with them."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import Annotated

import typer

from nlp.commands.options import DebugOption, GlossaryOption, QuietOption, reporting, say
from nlp.errors import Exit, UsageError

OutOption = Annotated[str, typer.Option("-o", "--output", metavar="OUT", help="A file, or - for standard output.")]
ForceOption = Annotated[bool, typer.Option("--force", help="Write over a file that is there.")]


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A glossary of another tool.")],
    form: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="FORMAT",
            help="csv, deepl, google, omegat, utx, tbx, tbx2, xlsx, naer, zhwiki, geonames; where the ending does not tell it.",
        ),
    ] = None,
    output: OutOption = "-",
    topic: Annotated[str, typer.Option("--topic", help="What the glossary is about.")] = "",
    licence: Annotated[str, typer.Option("--licence", help="The licence of its content.")] = "",
    source: Annotated[str, typer.Option("--source", help="Where it comes from.")] = "",
    force: ForceOption = False,
    debug: DebugOption = False,
) -> None:
    """Make a glossary file of one in another format."""
    with reporting(debug):
        from nlp.names.exchange import format_of, read
        from nlp.names.glossary_file import dump

        entries = read(file, format_of(form, file))
        today = datetime.datetime.now(datetime.UTC).date().isoformat()
        about = {
            "topic": topic or file.stem,
            "licence": licence or "unknown",
            "source": source or file.name,
            "checked": today,
        }
        write_out(dump(entries, about).encode("utf-8"), output, force)


def export(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", show_default=False, help="A glossary file; default: what ships.")
    ] = None,
    form: Annotated[
        str | None,
        typer.Option("--to", metavar="FORMAT", help="tsv, csv, deepl, google, omegat, utx, tbx, tbx2 or xlsx."),
    ] = None,
    output: OutOption = "-",
    glossary: GlossaryOption = None,
    force: ForceOption = False,
    quiet: QuietOption = False,
    debug: DebugOption = False,
) -> None:
    """Write a glossary in another tool's format; what the format cannot carry is told on standard error."""
    with reporting(debug):
        from nlp.names import load, shipped
        from nlp.names.exchange import format_of, losses, write

        to = format_of(form, None if output == "-" else Path(output), writing=True)
        paths = [*([file] if file else []), *(glossary or ())]
        entries = [e for path in paths for e in load(path)] if paths else list(shipped())
        data = write(entries, to)
        for line in losses(entries, to):
            if not quiet:
                say(f"warning: {line}")
        write_out(data, output, force)


def lint(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH…]", show_default=False, help="Glossary files or folders; default: what ships."),
    ] = None,
    debug: DebugOption = False,
) -> None:
    """Say what is wrong with glossaries, a line a finding; exit status 1 where there is any."""
    with reporting(debug):
        from nlp.names import shipped_folder
        from nlp.names.lint import lint
        from nlp.render.safe import safe

        found = lint(paths or [shipped_folder()])
        for f in found:
            print(safe(f"{f.path}:{f.line}: {f.code}: {f.message}"))
    if found:
        raise typer.Exit(Exit.FAILED)


def write_out(data: bytes, output: str, force: bool) -> None:
    """Write to a file or standard output. Raises :class:`nlp.errors.UsageError` where a file is there and ``force`` is not given."""
    if output == "-":
        sys.stdout.buffer.write(data)
        return
    path = Path(output)
    try:
        with path.open("wb" if force else "xb") as out:
            out.write(data)
    except FileExistsError:
        raise UsageError(f"{path} is there already; --force writes over it") from None
    except OSError as e:
        raise UsageError(f"{path}: {e.strerror or e}") from e
