"""Train the adapter: ``python -m training.adapter.train --gguf FILE --sources sources.pkl --rounds 2 -o adapter.gguf``.

In each round the model renders every source several times, the renderings are compared without a reference, and an adapter learns the
best of each source over the worst. The first round's are written with the product's examples, the later ones' by the adapter so far,
which needs none. What the figures are, README.md tells; nothing is chosen by them.
"""

from __future__ import annotations

import argparse
import pickle
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from training.adapter import lora
from training.adapter.candidates import preference, worth_learning
from training.adapter.chats import Chats, tokenizer_of
from training.adapter.judging import holding
from training.adapter.preferring import prefer
from training.adapter.qwen import Memory, Qwen, load
from training.adapter.sampling import Desk
from training.adapter.source import Source, split

SEED = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """One round: how many samples of each source, the rate of learning and the epochs."""

    samples: int
    rate: float
    epochs: float


FIRST, LATER = Plan(12, 1e-4, 2.0), Plan(8, 6e-5, 1.5)


def figures(desk: Desk, model: Qwen, before: Memory, sources: Sequence[Source]) -> str:
    """How the likeliest renderings fare: the share that holds, mean log-probabilities both ways, and chrF against references."""
    written = [w for (w,) in desk.written(model, before, sources, 1)]
    held = [holding(s, desk.chats.text(w.tokens)) for s, w in zip(sources, written, strict=True)]
    reverse = desk.reverse([(text, s) for (text, _), s in zip(held, sources, strict=True)])
    line = f"holds {statistics.fmean(holds for _, holds in held):.3f}, reverse {statistics.fmean(reverse):.3f}"
    line += f", confidence {statistics.fmean(w.confidence for w in written):.3f}"
    references = [(text, s.reference) for (text, _), s in zip(held, sources, strict=True) if s.reference]
    if references:
        from sacrebleu import CHRF

        ours, theirs = zip(*references, strict=True)
        line += f", chrF {CHRF().corpus_score(ours, [theirs]).score:.2f}"
    return line


def train(gguf: Path, sources: Path, rounds: int, out: Path, limit: int | None, samples: int | None) -> None:
    """Train for some rounds and write the adapter after each."""
    torch.manual_seed(SEED)
    started = time.monotonic()
    cuda = torch.cuda.is_available()
    base = load(gguf, torch.device("cuda" if cuda else "cpu"), torch.bfloat16 if cuda else torch.float32)
    desk = Desk(base, Chats(tokenizer_of(gguf)))
    learnt, held_out = (some[:limit] for some in split(pickle.loads(sources.read_bytes()), SEED))
    compared = {"held out": held_out, "NTREX": [s for s in learnt if s.reference and not s.guess]}

    def tell(what: str, model: Qwen, before: Memory) -> None:
        for name, some in compared.items():
            if some:
                line = figures(desk, model, before, some)
                print(f"{what}, {len(some)} {name}: {line}  {time.monotonic() - started:.0f} s", flush=True)

    adapter, writer, before = lora.new(base, SEED), base, base.beginning(desk.chats.examples)
    tell("with examples", writer, before)
    for number in range(rounds):
        plan = LATER if number else FIRST
        written = desk.written(writer, before, learnt, samples or plan.samples)
        found = [preference(s, c) for s, c in zip(learnt, desk.candidates(learnt, written), strict=True)]
        preferences = worth_learning([p for p in found if p])
        print(
            f"round {number + 1}: {len(preferences)} of {len(learnt)} sources  {time.monotonic() - started:.0f} s",
            flush=True,
        )
        if not preferences:
            raise SystemExit("no source has a rendering that holds: nothing to learn")
        adapter = prefer(base, adapter, preferences, desk.chats, plan.rate, plan.epochs, SEED)
        lora.save(adapter, out)
        writer = base.adapted(adapter, lora.SCALE)
        before = writer.beginning(desk.chats.bare)
        tell(f"after round {number + 1}", writer, before)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--gguf", type=Path, required=True, help="the weights: `zhbrief models path` tells where they are"
    )
    parser.add_argument("--sources", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--limit", type=int, help="so many sources and held-out sentences, to try it on a processor")
    parser.add_argument("--samples", type=int, help="so many samples of each source")
    parser.add_argument("-o", "--out", type=Path, required=True)
    options = parser.parse_args()
    train(options.gguf, options.sources, options.rounds, options.out, options.limit, options.samples)


if __name__ == "__main__":
    main()
