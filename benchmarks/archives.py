"""An archive of different articles, 2 % of them broken, run through and killed again and again: is the output what it would have been?

``.venv/bin/python benchmarks/archives.py --records 10000 --kills 25 [--texts FILE.jsonl…]``: the articles are put together of the sentences
of ``samples/`` and of the files given, whose lines are ``{"zh": [sentence…]}``. Prints throughput, peak memory, and what came of the kills;
exits 1 where the outputs differ. ``--memory N`` runs an archive of N articles besides, to compare the peaks.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SENTENCES = 12
BROKEN = (
    b"{not JSON",
    b'["a list"]',
    b'{"other": "field"}',
    b'{"text": 7}',
    b'{"text": ""}',
    b'{"text": " \\n "}',
    b'{"text": "\\ud83d"}',
    b'{"text": "\\u0000\\u0001\\u0002"}',
    b'{"text": "\xa4\xa4\xa4\xe5"}',
    json.dumps({"text": "長。" * 600_000}).encode(),
)
"""Lines that no result can come of, each in a way of its own."""


@dataclass(frozen=True, slots=True)
class Ran:
    """A run that ended by itself: exit status, seconds, and peak memory in MB."""

    status: int
    seconds: float
    peak: float


def sentences(texts: list[Path]) -> list[str]:
    """All sentences of the samples and of ``texts``."""
    found = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "samples").glob("*.txt"))]
    for path in texts:
        found += ["\n".join(json.loads(line)["zh"]) for line in path.read_text(encoding="utf-8").splitlines()]
    return [s for text in found for s in re.findall(r"[^。！？\n]{10,}[。！？]", text)]


def archive(path: Path, count: int, pool: list[str]) -> int:
    """Write ``count`` records, one in fifty broken; returns the characters of the articles."""
    pick, characters = random.Random(count), 0
    with path.open("wb") as out:
        for n in range(count):
            if n % 50 == 49:
                out.write(BROKEN[n // 50 % len(BROKEN)] + b"\n")
                continue
            chosen = pick.choices(pool, k=SENTENCES)
            text = f"第{n + 1}則報導\n\n" + "\n".join("".join(chosen[i : i + 3]) for i in range(0, SENTENCES, 3))
            characters += len(text)
            out.write(json.dumps({"id": f"{n + 1}", "text": text}, ensure_ascii=False).encode() + b"\n")
    return characters


def started(path: Path, out: Path) -> subprocess.Popen[bytes]:
    """A run, under way."""
    command = [sys.executable, "-m", "nlp", "batch", str(path), "--task", "entities", "--ner", "fast", "-o", str(out)]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)


def ran(path: Path, out: Path) -> Ran:
    """A run, to its end."""
    begun = time.perf_counter()
    run = started(path, out)
    _, status, used = os.wait4(run.pid, 0)
    run.returncode = os.waitstatus_to_exitcode(status)
    return Ran(run.returncode, time.perf_counter() - begun, used.ru_maxrss / 1024)


def kills(path: Path, out: Path, count: int, seconds: float) -> int:
    """Kill a run and start it again up to ``count`` times, within about three quarters of its ``seconds``; returns the kills."""
    pick, killed = random.Random(1), 0
    while killed < count:
        run = started(path, out)
        try:
            run.wait(pick.uniform(0, 1.5 * seconds / count))
            return killed
        except subprocess.TimeoutExpired:
            run.send_signal(signal.SIGKILL)
            run.wait()
            killed += 1
    return killed


def results(path: Path) -> Iterator[dict[str, Any]]:
    """The results of an output, without their timings."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield {name: value for name, value in json.loads(line).items() if name != "seconds"}


def faults(whole: Path, again: Path, count: int) -> list[str]:
    """What is wrong with the two outputs, if anything."""
    found, n = [], 0
    for n, (first, second) in enumerate(zip(results(whole), results(again), strict=True), 1):
        bad = n % 50 == 0
        if first != second:
            found.append(f"result {n} differs")
        if (first["error"] is not None) != bad:
            found.append(f"result {n} has error {first['error']}")
        if not bad and first["source"]["record"] != f"{n}":
            found.append(f"result {n} is out of order")
    return found if n == count else [*found, f"{n} results of {count} records"]


def main() -> int:
    """Print one row a run, and whether the outputs are the same."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=25)
    parser.add_argument("--memory", type=int, help="an archive of so many articles besides")
    parser.add_argument("--texts", nargs="*", type=Path, default=[])
    given = parser.parse_args()
    pool = sentences(given.texts)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print("| records | seconds | characters/s | peak MB |\n| --- | --- | --- | --- |", flush=True)
        for count in filter(None, (given.memory, given.records)):
            path, whole = folder / f"{count}.jsonl", folder / f"whole-{count}.jsonl"
            characters = archive(path, count, pool)
            run = ran(path, whole)
            print(f"| {count:,} | {run.seconds:.1f} | {characters / run.seconds:,.0f} | {run.peak:.0f} |", flush=True)
        again = folder / "again.jsonl"
        killed = kills(path, again, given.kills, run.seconds)
        last = ran(path, again)
        skipped = ran(path, again)
        wrong = faults(whole, again, given.records)
        print(
            f"\nkilled {killed} times; the last run took {last.seconds:.1f} s, one more, with all finished, {skipped.seconds:.1f} s"
        )
        print("\n".join(wrong[:10]) or "the same output, in order, with the errors where they belong")
        return 1 if wrong or {run.status, last.status, skipped.status} != {3} else 0


if __name__ == "__main__":
    sys.exit(main())
