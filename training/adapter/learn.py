"""Learn exact renderings: ``python -m training.adapter.learn --gguf FILE -o learnt.gguf``; an hour on two cores, in 16 bits.

``renderings.tsv`` has sentences as the product grounds them, with their exact English. With ``--start`` an adapter learns on.
"""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path

import torch

from training.adapter import lora
from training.adapter.chats import Chats, tokenizer_of
from training.adapter.learning import Rendering, learn, mean_loss, turns_of
from training.adapter.qwen import Adapter, load

RENDERINGS = Path(__file__).with_name("renderings.tsv")
HELD_OUT = 60
"""Renderings that are not learnt, and that tell how likely exact English is for the model."""
SAVED = 20
"""Steps between two files."""
SEED = 0


def renderings(path: Path = RENDERINGS) -> list[Rendering]:
    """The renderings of a table, in its order."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [Rendering(*line.split("\t")) for line in lines if not line.startswith("#")]


def train(gguf: Path, table: Path, out: Path, limit: int | None, start: Adapter | None) -> None:
    """Learn what ``table`` has, beginning with ``start`` or a new adapter, and write the adapter every now and then."""
    started = time.monotonic()
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    base, chats = load(gguf, device, torch.bfloat16), Chats(tokenizer_of(gguf))
    turns = turns_of(renderings(table), chats)
    random.Random(SEED).shuffle(turns)
    held_out, learnt = turns[:HELD_OUT][:limit], turns[HELD_OUT:][:limit]
    start = adapter = start or lora.new(base, SEED)
    before = mean_loss(base.adapted(start, lora.SCALE), held_out, chats)
    print(f"{len(learnt)} renderings, {len(held_out)} held out: loss {before:.4f}", flush=True)
    for step, (loss, adapter) in enumerate(learn(base, start, learnt, chats, SEED), 1):
        print(f"  step {step}: loss {loss:.4f}  {time.monotonic() - started:.0f} s", flush=True)
        if step % SAVED == 0:
            lora.save(adapter, out)
    lora.save(adapter, out)
    print(f"held out: loss {mean_loss(base.adapted(adapter, lora.SCALE), held_out, chats):.4f}", flush=True)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--gguf", type=Path, required=True, help="the weights: `zhbrief models path` tells where they are"
    )
    parser.add_argument("--renderings", type=Path, default=RENDERINGS)
    parser.add_argument("--start", type=Path, help="an adapter that learns on, instead of a new one")
    parser.add_argument("--limit", type=int, help="so many renderings, to try it")
    parser.add_argument("-o", "--out", type=Path, required=True)
    options = parser.parse_args()
    start = lora.read(options.start) if options.start else None
    train(options.gguf, options.renderings, options.out, options.limit, start)


if __name__ == "__main__":
    main()
