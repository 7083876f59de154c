"""What a glossary of many terms costs: compiling it, starting with it, and annotating text with it.

Run it alone: ``taskset -c 0 .venv/bin/python benchmarks/glossary_scale.py ARTICLES.jsonl`` (lines with a ``zh`` text). Each size is measured in a process
of its own, which makes glossaries of invented names, with the parts of foreign ones as they are.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SIZES = (10_000, 100_000, 1_000_000)
_FIRST = "阿艾安巴班貝博布查達丹德迪多菲費弗格哈海赫亨霍伊傑卡凱科克拉萊蘭雷李利林羅馬麥曼梅米莫納諾歐帕佩皮普薩桑塞史斯索塔泰湯特托瓦威韋溫西夏謝雅尤約扎"
_REST = "爾德斯特克利亞奇拉里尼夫森曼頓恩哈伊莉諾瓦科蘭羅維娜達瑞托米西巴基安內林卡馬丁"
_TAILS = ("公司", "集團", "大學", "市", "縣", "河", "科技", "銀行", "鎮")


def make(path: Path, size: int) -> None:
    """Write a glossary of ``size`` terms: full foreign names, and bodies and places called after their parts."""
    rng = random.Random(size)
    parts = [rng.choice(_FIRST) + "".join(rng.choices(_REST, k=rng.choice([1, 1, 2, 2, 3]))) for _ in range(40_000)]
    terms: dict[str, str] = {}
    while len(terms) < size:
        if rng.random() < 0.6:
            terms[f"{rng.choice(parts)}·{rng.choice(parts)}"] = "PERSON"
        else:
            terms[rng.choice(parts) + rng.choice(_TAILS)] = "ORG"
    lines = "".join(f"{term}\tName {i}\t{kind}\n" for i, (term, kind) in enumerate(terms.items()))
    path.write_text("term\tname\ttype\n" + lines, encoding="utf-8")


def resident() -> float:
    """Memory of this process, in MB (Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def measure(glossary: Path, articles: Path) -> dict[str, float]:
    """Seconds to have the names ready, and to annotate the articles; memory in MB."""
    from nlp.annotate.language import annotate, build
    from nlp.names.lexicon import lexicons
    from nlp.names.sources import NameSources
    from nlp.types import Article

    build()
    texts = [json.loads(line)["zh"] for line in articles.read_text(encoding="utf-8").splitlines()]
    texts = ["\n".join(texts[i : i + 20]) for i in range(0, len(texts), 20)]
    before, started = resident(), time.perf_counter()
    names = lexicons(glossary)
    ready, memory = time.perf_counter() - started, resident() - before
    del names
    language = build(NameSources(glossary=(glossary,)))
    annotate(language, Article(texts[0]))
    started = time.perf_counter()
    for text in texts:
        annotate(language, Article(text))
    return {"ready": ready, "annotate": time.perf_counter() - started, "memory": memory}


def main() -> None:
    """Print one row a size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(options.one, options.articles)))
        return
    print(
        "| terms | glossary, MB | first start, s | second start, s | memory, MB | annotating, s |\n| --- | --- | --- | --- | --- | --- |"
    )
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "XDG_CACHE_HOME": str(Path(folder) / "cache")}
        for size in SIZES:
            path = Path(folder) / f"{size}.tsv"
            make(path, size)
            command = [sys.executable, __file__, str(options.articles), "--one", str(path)]
            first, second = (
                json.loads(subprocess.run(command, env=environment, check=True, capture_output=True).stdout)
                for _ in range(2)
            )
            cells = (
                f"{size:,}", f"{path.stat().st_size / 1e6:.1f}", f"{first['ready']:.2f}", f"{second['ready']:.2f}",
                f"{second['memory']:.0f}", f"{second['annotate']:.2f}",
            )  # fmt: skip
            print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
