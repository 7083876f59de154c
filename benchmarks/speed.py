"""Seconds of a brief beside those of a plain prompt for as long a text, with the same weights or what ``--engine`` has, on the same articles.

``.venv/bin/python benchmarks/speed.py [INPUT…] [--engine NAME] [--text-field NAME] [--most N]``; inputs are those of ``zhbrief batch``. The plain
prompt goes through llama.cpp and, where torch is installed, through transformers' own pipeline. Everything is loaded and warm before it is
timed; the figures are means over the articles.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from statistics import mean

from benchmarks.plain import alone, articles, parser, plain
from nlp.engines import Completion, Engine, Request
from nlp.pipeline import Options, Pipeline, Record

ASK = "Summarise this article in English in about {words} words."
WARM_UP = "港務公司指出，受颱風影響，北部兩座港口週末暫停裝卸。"
TIMED = "timed"
"""What the articles that count are called in the trace."""


@dataclass(frozen=True, slots=True)
class Timed:
    """One text: seconds, and all tokens that were written for it."""

    seconds: float
    tokens: int


@dataclass(frozen=True, slots=True)
class Both:
    """One article: its brief, the seconds to the first sentence that was checked, the plain ``request`` and what it took."""

    brief: Timed
    first: float
    request: Request
    plain: Timed


def both_ways(inputs: Iterable[Record], name: str) -> tuple[list[Both], float]:
    """Every article's brief by the engine ``name`` and its plain text by llama.cpp, and the :func:`mending`. Raises :class:`nlp.errors.ZhbriefError`."""
    with tempfile.TemporaryDirectory() as folder:
        trace = Path(folder) / "trace.jsonl"
        pipeline = Pipeline(Options(engine=name, trace=trace))
        pipeline(WARM_UP)
        engine = alone()
        both = [_both(pipeline, engine, record) for record in inputs]
        engine.close()
        pipeline.close()
        return both, mending(trace)


def _both(pipeline: Pipeline, engine: Engine, record: Record) -> Both:
    shown: list[float] = []
    pipeline.shown = lambda _: shown.append(time.perf_counter())
    before, started = pipeline.tokens, time.perf_counter()
    result = pipeline(record.data, record.path, TIMED)
    brief = Timed(time.perf_counter() - started, pipeline.tokens - before)
    if not shown:
        raise SystemExit(f"{record.path}: no brief could be written of it; time another article")
    text = " ".join(s.text for s in result.briefs[0].sentences)
    ask = ASK.format(words=len(text.split()))
    request = plain(ask, result.article.text, engine.count_tokens(text))
    return Both(brief, shown[0] - started, request, prompted(engine, request))


def prompted(engine: Engine, request: Request) -> Timed:
    """What a plain prompt takes for its greatest length; a text that ends before counts as if it had gone on as fast.

    The prompt is read by a request of its own, for the first token; the engine keeps it for the one that writes the others.
    """
    reading, _ = _timed(engine, replace(request, max_tokens=1))
    writing, done = _timed(engine, request)
    return Timed(reading + writing * (request.max_tokens - 1) / done.completion_tokens, request.max_tokens)


def _timed(engine: Engine, request: Request) -> tuple[float, Completion]:
    started = time.perf_counter()
    (done,) = engine.generate([request])
    return time.perf_counter() - started, done


def mending(trace: Path) -> float:
    """The tokens that briefs were written with in all rounds, to those of the first drafts."""
    lines = [json.loads(line) for line in trace.read_text(encoding="utf-8").splitlines()]
    lines = [line for line in lines if line.get("record") == TIMED]
    tokens = [line["tokens"][1] for line in lines if line["event"] == "answer"]
    hows = [line["how"] for line in lines if line["event"] == "check"]
    return sum(tokens) / sum(n for n, how in zip(tokens, hows, strict=True) if how == "draft")


def in_transformers(requests: Iterable[Request]) -> list[Timed]:
    """The same prompts through transformers' pipeline over the unpacked weights, in the type that this machine computes fastest."""
    from transformers import AutoModelForCausalLM, pipeline

    from nlp.engines.catalogue import find
    from nlp.engines.loading import loaded
    from nlp.engines.unpack import unpacked
    from nlp.engines.weights import ensure

    model = loaded(str(unpacked(ensure(find(None)))), AutoModelForCausalLM)
    write = pipeline("text-generation", model=model.weights, tokenizer=model.tokenizer)

    def timed(request: Request) -> Timed:
        turns = [{"role": m.role, "content": m.content} for m in request.messages]
        tokens, started = request.max_tokens, time.perf_counter()
        write(turns, do_sample=False, min_new_tokens=tokens, max_new_tokens=tokens)
        return Timed(time.perf_counter() - started, tokens)

    timed(plain(ASK, WARM_UP, 2))
    return [timed(r) for r in requests]


def main() -> None:
    """Print a row for each way, then what is aimed at."""
    command = parser(__doc__ or "", "critical-minerals.txt")
    command.add_argument("--engine", default="llamacpp", help="what writes the briefs (default: llamacpp)")
    options = command.parse_args()
    both, mended = both_ways(articles(options), options.engine)
    briefs, llama = [b.brief for b in both], [b.plain for b in both]
    length = mean(b.request.max_tokens for b in both)
    print(f"articles: {len(both)}; tokens of a text: {length:.0f}\n")
    print("| way | seconds | tokens written | tokens written/s |\n| --- | --- | --- | --- |")
    _row("zhbrief", briefs)
    _row("plain prompt, llama.cpp", llama)
    figures = [
        ("zhbrief's seconds to plain llama.cpp's", _ratio(briefs, llama), "at most 1.25"),
        ("seconds to the first checked sentence", mean(b.first for b in both), "at most 6"),
        ("tokens of all rounds to those of first drafts", mended, "at most 1.6"),
    ]
    if find_spec("torch"):
        torch = in_transformers(b.request for b in both)
        _row("plain prompt, transformers", torch)
        figures.insert(1, ("plain transformers' seconds to zhbrief's", _ratio(torch, briefs), "at least 4"))
    print("\n| figure | measured | aim |\n| --- | --- | --- |")
    for name, measured, aim in figures:
        print(f"| {name} | {measured:.2f} | {aim} |")


def _row(way: str, timed: Sequence[Timed]) -> None:
    seconds, tokens = mean(t.seconds for t in timed), mean(t.tokens for t in timed)
    print(f"| {way} | {seconds:.1f} | {tokens:.0f} | {tokens / seconds:.1f} |", flush=True)


def _ratio(ours: Sequence[Timed], theirs: Sequence[Timed]) -> float:
    return sum(t.seconds for t in ours) / sum(t.seconds for t in theirs)


if __name__ == "__main__":
    main()
