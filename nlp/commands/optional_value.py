"""An option whose value may be left out although arguments follow: ``--ray in/`` as well as ``--ray 10.0.0.5:6379 in/``."""

from __future__ import annotations

import re
from typing import Any

from typer.core import TyperCommand

ADDRESS = re.compile(r"auto|local|(?:[\w.-]+|\[[0-9A-Fa-f:.]+\]):\d+")
"""What is taken for the address of a Ray behind ``--ray``; with ``--ray=`` anything is."""


class RayCommand(TyperCommand):
    """A command with ``--ray [ADDRESS]``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Write ``--ray`` as ``--ray=ADDRESS`` before the options are parsed, with ``local`` where no address follows."""
        return super().parse_args(ctx, with_address(args))


def with_address(args: list[str]) -> list[str]:
    """``args`` with every ``--ray`` given its value."""
    end = args.index("--") if "--" in args else len(args)
    found, rest = [], iter(range(len(args)))
    for i in rest:
        if args[i] != "--ray" or i >= end:
            found.append(args[i])
        elif i + 1 < end and ADDRESS.fullmatch(args[i + 1]):
            found.append(f"--ray={args[i + 1]}")
            next(rest)
        else:
            found.append("--ray=local")
    return found
