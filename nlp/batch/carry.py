"""Carry a brief over to another article with nearly the same text: agency copy that many sites have.

Each sentence of a brief was checked against the sentences of the article that are its evidence. Where the other article has those too,
word for word, with the same names, terms and figures in them, the check would find the same: the sentence stands, with its evidence and what
it names where this article has them. A brief is carried as a whole, in the order of the article, or not at all.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from nlp.annotate.sentences import sentence_spans
from nlp.batch.journal import Finished
from nlp.render.as_json import to_dict
from nlp.types import Brief, BriefSentence, EngineInfo, Headline, Result, Span, Warning

_OWN = ("id", "mentions", "start", "end")
"""Fields in which the same thing differs between two articles."""
Places = tuple[tuple[int, int], ...]


def repeated(result: Result, name: str, originals: Iterable[Finished]) -> Result:
    """``result``, of a near duplicate of ``name``, with a warning that says so, and with the brief of the original where that holds here too."""
    told = f"nearly the same article as {name}"
    for original in map(json.loads, (o.line for o in originals)):
        briefs = carried(original, result)
        if briefs:
            told += ", whose brief stands here"
            engine = original["engine"]  # none where the brief was made without a model
            result = replace(result, briefs=briefs, engine=EngineInfo(**engine) if engine else None)
    return replace(result, warnings=(*result.warnings, Warning("duplicate-of", told)))


def carried(original: Mapping[str, Any], result: Result) -> tuple[Brief, ...]:
    """The briefs of ``original``, a result as JSON, for ``result``, an annotated article; none where they cannot be carried."""
    here, sentences = to_dict(result), sentence_spans(result.article.text)
    spans: dict[tuple[int, int], Span] = {}
    ids: dict[str, str] = {}
    for whole, parts in _sentences(original).items():
        there = _inside(original, whole.start, whole.end)
        text, contents = original["article"]["text"][whole.start : whole.end], _compared(there)
        while sentences:
            span = sentences.pop(0)
            found = _inside(here, span.start, span.end)
            if result.article.text[span.start : span.end] == text and _compared(found) == contents:
                break
        else:
            return ()
        moved = span.start - whole.start
        spans |= {(start, end): Span(start + moved, end + moved) for start, end in parts}
        for (_, one), (_, other) in zip(there, found, strict=True):
            if ids.setdefault(one["id"], other["id"]) != other["id"]:
                return ()
    if not all((e["start"], e["end"]) in spans for e in _evidence(original)):
        return ()
    return tuple(_brief(brief, spans, ids) for brief in original["briefs"])


def _sentences(original: Mapping[str, Any]) -> dict[Span, list[tuple[int, int]]]:
    """The sentences that evidence is in, whole, in order, with the pieces of them that are the evidence."""
    evidence = sorted({(e["start"], e["end"]) for e in _evidence(original)})
    inside = {
        s: [e for e in evidence if s.start <= e[0] and e[1] <= s.end]
        for s in sentence_spans(original["article"]["text"])
    }
    return {s: parts for s, parts in inside.items() if parts}


def _evidence(original: Mapping[str, Any]) -> Iterator[Mapping[str, int]]:
    for brief in original["briefs"]:
        for part in filter(None, (brief["headline"], *brief["sentences"])):
            yield from part["evidence"]


def _inside(result: Mapping[str, Any], start: int, end: int) -> list[tuple[Places, Mapping[str, Any]]]:
    """Entities, terms and quantities that stand at ``start:end``, by their places there."""
    found = []
    for what in (*result["entities"], *result["terms"], *result["quantities"]):
        mentions = what.get("mentions") or [what]
        places = [(m["start"] - start, m["end"] - start) for m in mentions if start <= m["start"] and m["end"] <= end]
        if places:
            found.append((tuple(places), what))
    return sorted(found, key=lambda pair: (pair[0], pair[1]["id"][0]))


def _compared(inside: list[tuple[Places, Mapping[str, Any]]]) -> list[Any]:
    return [(places, {k: v for k, v in what.items() if k not in _OWN}) for places, what in inside]


def _brief(brief: Mapping[str, Any], spans: Mapping[tuple[int, int], Span], ids: Mapping[str, str]) -> Brief:
    def evidence(part: Mapping[str, Any]) -> tuple[Span, ...]:
        return tuple(spans[e["start"], e["end"]] for e in part["evidence"])

    headline = brief["headline"]
    sentences = [
        BriefSentence(
            s["text"], evidence(s), tuple(map(ids.__getitem__, s["entities"])), tuple(map(ids.__getitem__, s["quantities"])), s["how"]
        )
        for s in brief["sentences"]
    ]  # fmt: skip
    return Brief(brief["language"], headline and Headline(headline["text"], evidence(headline)), tuple(sentences))
