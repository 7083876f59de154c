"""What an article costs in each stage: the means of ``seconds`` over the results of a batch, for ``docs/scale.md``.

``zhbrief batch … -o OUT.jsonl``, then ``.venv/bin/python benchmarks/stages.py OUT.jsonl``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path


def main() -> None:
    """Print a row for each output: results without error, characters of an article, seconds of it in each stage."""
    stages = ("read", "annotate", "generate", "check")
    print(f"| output | articles | characters | {' | '.join(stages)} |\n| --- {'| --- ' * (2 + len(stages))}|")
    for name in sys.argv[1:]:
        lines = Path(name).read_text(encoding="utf-8").splitlines()
        good = [r for r in map(json.loads, lines) if r["error"] is None]
        means = [sum(r["seconds"][stage] for r in good) / len(good) for stage in stages]
        characters = sum(len(r["article"]["text"]) for r in good) / len(good)
        print(f"| {name} | {len(good):,} | {characters:,.0f} | {' | '.join(f'{m:.4f}' for m in means)} |")


if __name__ == "__main__":
    main()
