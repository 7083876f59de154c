"""The mean of two adapters: ``python -m training.adapter.merge preferred.gguf learnt.gguf -o adapter.gguf``.

What each changes is a matrix of low rank; their mean has twice the rank, and is cut to what it mostly is (singular values).
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import torch

from training.adapter import lora
from training.adapter.qwen import Adapter


def mean(adapters: Sequence[Adapter], rank: int = lora.RANK) -> Adapter:
    """The mean of what ``adapters`` change, in the best approximation of ``rank``."""
    out: Adapter = {}
    for name in adapters[0]:
        down = torch.cat([adapter[name][0] for adapter in adapters])
        up = torch.cat([adapter[name][1] for adapter in adapters], 1) / len(adapters)
        left, of_left = torch.linalg.qr(up)
        right, of_right = torch.linalg.qr(down.T)
        u, sizes, v = torch.linalg.svd(of_left @ of_right.T)
        root = sizes[:rank].sqrt()
        out[name] = (v[:rank] * root[:, None]) @ right.T, left @ (u[:, :rank] * root)
    return out


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("adapters", type=Path, nargs="+")
    parser.add_argument("-o", "--out", type=Path, required=True)
    options = parser.parse_args()
    lora.save(mean([lora.read(path) for path in options.adapters]), options.out)


if __name__ == "__main__":
    main()
