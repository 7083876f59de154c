"""Seconds to load and tokens a second, in and out, of each engine with the same weights and prompts, side by side.

Run it alone, like all benchmarks here: ``python benchmarks/engines.py [ENGINE…]``. Each engine has a process of its own.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from importlib.util import find_spec

from nlp.engines import Completion, Engine, Message, Request, load_engine

SENTENCES = (
    "研究機構昨天公布，上季全球晶片銷售額較前一季成長，主要來自資料中心的需求，手機與電腦的訂單則大致持平。",
    "港務公司指出，受颱風影響，北部兩座港口週末暫停裝卸，約有三十艘貨船改在外海等候，預計下週恢復正常。",
    "財政部長在記者會上表示，明年度預算將優先用於修復道路與學校，至於是否加稅，要等國會討論之後才會決定。",
)
EXAMPLES = 4
"""How often the first sentence stands before each request, as examples of a few-shot prompt would."""
WRITTEN = 60
"""Most tokens written for each request."""


def measure(name: str) -> dict[str, float]:
    """Load ``name`` in this process and time it; seconds, tokens a second, peak resident gigabytes."""
    started = time.perf_counter()
    engine = load_engine(name)
    load = time.perf_counter() - started
    shared = (Message("system", "Translate into English."), *(Message("user", s) for s in SENTENCES[:1] * EXAMPLES))
    messages = [(*shared, Message("user", s)) for s in SENTENCES]
    cold, done = _timed(engine, Request(messages[0], 1, forbid_chinese=True))
    reading = done.prompt_tokens / cold
    _timed(engine, Request(messages[0], 1, forbid_chinese=True, shared=len(shared)))  # reads the beginning, if need be
    writing, kept = [], []
    for chat in messages:
        first, one = _timed(engine, Request(chat, 1, forbid_chinese=True, shared=len(shared)))
        whole, many = _timed(engine, Request(chat, WRITTEN, forbid_chinese=True, shared=len(shared)))
        kept.append(first)
        writing.append((many.completion_tokens - one.completion_tokens) / max(whole - first, 1e-6))
    engine.close()
    return {
        "load": load,
        "in": reading,
        "out": statistics.median(writing),
        "kept": statistics.median(kept),
        "gigabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6,
    }


def _timed(engine: Engine, request: Request) -> tuple[float, Completion]:
    started = time.perf_counter()
    (done,) = engine.generate([request])
    return time.perf_counter() - started, done


def main() -> None:
    """Print one row an engine."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("engine", nargs="*", default=["llamacpp", *(["transformers"] if find_spec("torch") else [])])
    parser.add_argument("--one", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(options.one)))
        return
    print("| engine | load s | tokens/s in | tokens/s out | s to first token, beginning kept | GB |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name in options.engine:
        subprocess.run([sys.executable, __file__, "--one", name], stdout=subprocess.DEVNULL, check=True)  # warm-up
        done = subprocess.run([sys.executable, __file__, "--one", name], stdout=subprocess.PIPE, check=True)
        m = json.loads(done.stdout)
        row = (f"{m['load']:.1f}", f"{m['in']:.0f}", f"{m['out']:.1f}", f"{m['kept']:.1f}", f"{m['gigabytes']:.1f}")
        print(f"| {name} | {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
