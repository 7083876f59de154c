"""Sentences with names marked, and new ones made by putting other names in their places."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from nlp.annotate.ner.labels import CLASSES
from nlp.names import shipped, standard

KINDS = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}
SURNAMES = (
    "陳林黃張李王吳劉蔡楊許鄭謝郭洪曾邱廖賴徐周葉蘇莊呂江何蕭羅高潘簡朱鍾游彭詹胡施沈余盧梁趙顏柯翁魏孫戴范方宋鄧杜侯"
    "傅曹薛丁馬蔣唐卓藍馮姚石董紀歐程連古汪湯姜田康鄒白涂尤巫韓龔嚴袁鐘黎金阮陸倪夏童邵柳錢"
)
_JOINED = re.compile(r"[a-zà-ÿ](?=[A-ZÀ-Þ])")
_BESIDE = re.compile(r"[\u3400-\u9fff](?=[A-Za-z0-9])|[A-Za-z0-9](?=[\u3400-\u9fff])")


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and its names: (start, end, class), code points, in order."""

    text: str
    spans: tuple[tuple[int, int, str], ...]


def load(path: Path) -> list[Example]:
    """Sentences of a JSONL file of ``{"zh", "zh_entities": [{start, end, label}]}``."""
    out = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        spans = sorted((e["start"], e["end"], e["label"]) for e in row["zh_entities"] if e["label"] in CLASSES)
        if row["zh"]:
            out.append(Example(row["zh"], tuple(spans)))
    return out


class Replacements:
    """Names to put in others' places: those of the sentences themselves, of the glossaries, and made-up ones."""

    def __init__(self, examples: Iterable[Example], seed: int) -> None:
        self.random = random.Random(seed)
        self.own: dict[str, list[str]] = {kind: [] for kind in CLASSES}
        self.listed: dict[str, list[str]] = {kind: [] for kind in CLASSES}
        characters = []
        for e in examples:
            for start, end, kind in e.spans:
                self.own[kind].append(e.text[start:end])
                if kind == "PER" and end - start == 3:
                    characters += e.text[start + 1 : end]
        for entry in [*shipped(), *standard()]:
            if entry.type in KINDS and len(entry.term) > 1:
                self.listed[KINDS[entry.type]].append(entry.term)
        self.given = characters

    def another(self, kind: str) -> str:
        """A name of ``kind``; half of them are those that stood in the sentences."""
        dice = self.random.random()
        if kind == "PER" and dice < 0.2:
            return self.random.choice(SURNAMES) + "".join(self.random.choices(self.given, k=2))
        return self.random.choice(self.own[kind] if dice < 0.6 else self.listed[kind])

    def vary(self, example: Example, share: float) -> Example:
        """``example`` with about ``share`` of its names replaced by others of the same class."""
        text, spans, at = "", [], 0
        for start, end, kind in example.spans:
            text += example.text[at:start]
            name = example.text[start:end]
            if self.random.random() < share and not name.isascii():
                name = self.another(kind)
            spans.append((len(text), len(text) + len(name), kind))
            text += name
            at = end
        return Example(text + example.text[at:], tuple(spans))

    def spaced(self, example: Example) -> Example:
        """``example`` as newspapers set it: spaces between the words of Latin names, and mostly around them.

        The corpus has lost them (WilliamDraytonRutherford).
        """
        around = self.random.random() < 0.6
        cuts = [m.end() for m in _JOINED.finditer(example.text)]
        cuts += [m.end() for m in _BESIDE.finditer(example.text)] if around else []
        order = sorted(set(cuts))
        edges = [0, *order, len(example.text)]
        text = " ".join(example.text[a:b] for a, b in pairwise(edges))
        spans = tuple(
            (start + sum(c <= start for c in order), end + sum(c < end for c in order), kind)
            for start, end, kind in example.spans
        )
        return Example(text, spans)


def score(gold: Sequence[Example], found: Sequence[Sequence[tuple[int, int, str]]]) -> tuple[float, dict[str, float]]:
    """F1 of whole spans with their class, over all and for each class."""

    def f1(kinds: Sequence[str]) -> float:
        hit = wanted = had = 0
        for example, spans in zip(gold, found, strict=True):
            right = {s for s in example.spans if s[2] in kinds}
            ours = {s for s in spans if s[2] in kinds}
            hit, wanted, had = hit + len(right & ours), wanted + len(right), had + len(ours)
        return 2 * hit / max(1, wanted + had)

    return f1(CLASSES), {kind: f1([kind]) for kind in CLASSES}
