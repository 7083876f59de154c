"""The figures of README's table "Measured": whole commands, each the median of several runs after one warm-up.

Run it alone: a language model's threads suffer badly from anything else that is running. ``make bench`` prints a table.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
SAMPLE = str(ROOT / "samples" / "critical-minerals.txt")
COMMANDS: dict[str, tuple[int, list[str]]] = {
    "zhbrief --help": (5, ["--help"]),
    "zhbrief entities SAMPLE": (5, ["entities", SAMPLE]),
    "zhbrief brief SAMPLE": (3, ["brief", SAMPLE]),
}


def seconds(arguments: list[str]) -> float:
    """Wall-clock seconds of one run, start of the interpreter included. Raises where the command fails."""
    started = time.perf_counter()
    subprocess.run([str(Path(sys.executable).with_name("zhbrief")), *arguments], capture_output=True, check=True)
    return time.perf_counter() - started


def main() -> None:
    """Print one row a command: median, fastest and slowest."""
    print("| command | runs | median s | min s | max s |\n| --- | --- | --- | --- | --- |")
    for name, (runs, arguments) in COMMANDS.items():
        seconds(arguments)
        taken = [seconds(arguments) for _ in range(runs)]
        print(
            f"| `{name}` | {runs} | {statistics.median(taken):.2f} | {min(taken):.2f} | {max(taken):.2f} |", flush=True
        )


if __name__ == "__main__":
    main()
