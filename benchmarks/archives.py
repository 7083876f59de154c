"""Archives of different articles, 2 % of them broken: how fast on how many workers, in what memory, and what becomes of a run that is killed.

``.venv/bin/python benchmarks/archives.py speed|memory|kills [--records N] [--texts FILE.jsonl…]``; the articles are put together of the
sentences of ``samples/`` and of the files given, whose lines are ``{"zh": [sentence…]}``.

- ``speed``: ``batch --task entities --ner fast`` on one worker and on several, and spaCy's own ``nlp.pipe`` with an untrained recogniser.
- ``memory``: the largest process of a run over N short articles and of one over ten times as many.
- ``kills``: a run that is killed again and again at random moments, against one that is not; exits 1 where the outputs differ. What is there
  already in ``--folder`` is gone on with, so that a long benchmark can be run in pieces (``--more`` in all but the last).
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
    """A run that ended by itself: exit status, seconds, and the peak of its largest process in MB."""

    status: int
    seconds: float
    peak: float


def sentences(texts: list[Path]) -> list[str]:
    """All sentences of the samples and of ``texts``."""
    found = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "samples").glob("*.txt"))]
    for path in texts:
        found += ["\n".join(json.loads(line)["zh"]) for line in path.read_text(encoding="utf-8").splitlines()]
    return [s for text in found for s in re.findall(r"[^。！？\n]{10,}[。！？]", text)]


def archive(path: Path, count: int, pool: list[str], length: int = SENTENCES) -> int:
    """Write ``count`` records of ``length`` sentences, one in fifty broken; returns the characters of the articles."""
    pick, characters = random.Random(count), 0
    with path.open("wb") as out:
        for n in range(count):
            if n % 50 == 49:
                out.write(BROKEN[n // 50 % len(BROKEN)] + b"\n")
                continue
            chosen = pick.choices(pool, k=length)
            text = f"第{n + 1}則報導\n\n" + "\n".join("".join(chosen[i : i + 3]) for i in range(0, length, 3))
            characters += len(text)
            out.write(json.dumps({"id": f"{n + 1}", "text": text}, ensure_ascii=False).encode() + b"\n")
    return characters


def started(path: Path, out: Path, *options: str) -> subprocess.Popen[bytes]:
    """A run, under way."""
    command = [sys.executable, "-m", "nlp", "batch", str(path), "--task", "entities", "--ner", "fast", "-o", str(out)]
    return subprocess.Popen([*command, *options], cwd=ROOT, stderr=subprocess.DEVNULL)


def ran(path: Path, out: Path, *options: str) -> Ran:
    """A run, to its end."""
    begun = time.perf_counter()
    run = started(path, out, *options)
    _, status, used = os.wait4(run.pid, 0)
    run.returncode = os.waitstatus_to_exitcode(status)
    return Ran(run.returncode, time.perf_counter() - begun, used.ru_maxrss / 1024)


def speed(folder: Path, count: int, pool: list[str], workers: int) -> int:
    """Print the throughput of one worker and of several, ours and spaCy's."""
    path = folder / f"{count}.jsonl"
    characters = archive(path, count, pool)
    print(
        f"{count:,} articles of {characters // count} characters\n\n| | workers | seconds | characters/s |", flush=True
    )
    print("| --- | --- | --- | --- |")
    for number in (1, workers):
        run = ran(path, folder / f"out-{number}.jsonl", "--workers", f"{number}", "--no-resume")
        print(f"| zhbrief batch | {number} | {run.seconds:.1f} | {characters / run.seconds:,.0f} |", flush=True)
    for number in (1, workers):
        seconds = spacy_alone(path, number)
        print(f"| spaCy, nlp.pipe | {number} | {seconds:.1f} | {characters / seconds:,.0f} |", flush=True)
    return 0


def spacy_alone(path: Path, processes: int) -> float:
    """Seconds of plain spaCy over the articles that can be read: its Chinese tokenizer, and its recogniser with the weights that it begins with."""
    from spacy.lang.zh import Chinese

    plain = Chinese()
    plain.add_pipe("ner").add_label("PERSON")  # type: ignore[attr-defined]
    plain.initialize()
    begun = time.perf_counter()
    with path.open(encoding="utf-8", errors="replace") as lines:
        texts = (json.loads(line)["text"] for n, line in enumerate(lines) if n % 50 != 49)
        for doc in plain.pipe(texts, n_process=processes):
            _ = [(span.start_char, span.end_char, span.label_) for span in doc.ents]
    return time.perf_counter() - begun


def memory(folder: Path, count: int, pool: list[str]) -> int:
    """Print the peaks of two runs, one over ten times as many articles as the other."""
    print("| records | seconds | peak of the largest process, MB |\n| --- | --- | --- |", flush=True)
    for number in (count, 10 * count):
        path = folder / f"short-{number}.jsonl"
        archive(path, number, pool, length=1)
        run = ran(path, folder / f"short-out-{number}.jsonl", "--no-resume")
        print(f"| {number:,} | {run.seconds:.1f} | {run.peak:.0f} |", flush=True)
    return 0


def kills(folder: Path, count: int, pool: list[str], times: int, more: bool) -> int:
    """Kill a run up to ``times`` times; unless ``more`` is to come, let it end and compare its output with that of a run left alone."""
    path, whole, again = folder / f"{count}.jsonl", folder / "whole.jsonl", folder / "again.jsonl"
    if not whole.exists():
        archive(path, count, pool)
        print(f"left alone: {ran(path, whole).seconds:.1f} s", flush=True)
    pick, killed = random.Random(time.time()), 0
    while killed < times and not again.exists():
        run = started(path, again)
        try:
            run.wait(pick.uniform(1, 9))
        except subprocess.TimeoutExpired:
            run.send_signal(signal.SIGKILL)
            run.wait()
            killed += 1
    part = folder / "again.jsonl.journal" / "output.part"
    written = part.read_bytes().count(b"\n") if part.exists() else 0
    print(f"killed {killed} times, {written:,} results written", flush=True)
    if more:
        return 0
    last = ran(path, again)
    wrong = faults(whole, again, count)
    print(f"the last run took {last.seconds:.1f} s, one more, with all finished, {ran(path, again).seconds:.1f} s")
    print("\n".join(wrong[:10]) or "the same output, in order, with the errors where they belong")
    return 1 if wrong or last.status != 3 else 0


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
    """Run one of the three."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("speed", "memory", "kills"))
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=25, help="in this piece")
    parser.add_argument("--more", action="store_true", help="another piece follows, with the same --folder")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--folder", type=Path, help="where archives and outputs stay")
    parser.add_argument("--texts", nargs="*", type=Path, default=[])
    given = parser.parse_args()
    pool = sentences(given.texts)
    with tempfile.TemporaryDirectory() as name:
        folder = given.folder or Path(name)
        folder.mkdir(exist_ok=True)
        if given.what == "speed":
            return speed(folder, given.records, pool, given.workers)
        if given.what == "memory":
            return memory(folder, given.records, pool)
        return kills(folder, given.records, pool, given.kills, given.more)


if __name__ == "__main__":
    sys.exit(main())
