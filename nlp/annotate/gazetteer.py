"""The glossaries as a spaCy component: matches on the raw characters, then held against jieba's cut.

A short Chinese term also stands inside other words by chance (美光 in 美光芒): the matcher marks such matches as risky,
and they are kept only where both edges are word edges or where the recogniser saw a name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

import nlp.annotate.extensions  # noqa: F401 - registers doc._.matches
from nlp.names import Entry, Gazetteer, Layer, Match, load, shipped, standard


def layers(
    given: Mapping[str, str], glossary: Iterable[Path], project: Iterable[Path], user: Iterable[Path]
) -> list[tuple[Layer, list[Entry]]]:
    """All sources of names that a gazetteer matches, each under the layer that its word counts for.

    Raises :class:`nlp.errors.GlossaryError` for a file that cannot be used. Of several ``glossary`` files a later one wins.
    """
    found: list[tuple[Layer, list[Entry]]] = [(Layer.GIVEN, [Entry.of(term, name) for term, name in given.items()])]
    found += [(Layer.GLOSSARY, load(path)) for path in reversed(list(glossary))]
    found += [(Layer.PROJECT, load(path)) for path in project]
    found += [(Layer.USER, load(path)) for path in user]
    return [*found, (Layer.SHIPPED, shipped()), (Layer.STANDARD, standard())]


def _stands(match: Match, starts: set[int], recognised: set[tuple[int, int]]) -> bool:
    return (match.start in starts and match.end in starts) or (match.start, match.end) in recognised


@Language.factory(
    "zhbrief_gazetteer", default_config={"given": {}, "glossary": [], "project": [], "user": []}
)
def create_gazetteer(
    nlp: Language, name: str, given: dict[str, str], glossary: list[str], project: list[str], user: list[str]
) -> Callable[[Doc], Doc]:
    """spaCy factory ``zhbrief_gazetteer``: puts matches into ``doc._.matches``.

    ``given`` maps Chinese to English; the others are paths of glossary files or folders, by whose word counts first.
    """
    gazetteer = Gazetteer(layers(given, map(Path, glossary), map(Path, project), map(Path, user)))

    def mark_matches(doc: Doc) -> Doc:
        starts = {token.idx for token in doc} | {len(doc.text)}
        recognised = {(r.start, r.end) for r in doc._.recognised}
        doc._.matches = [
            m for m in gazetteer.find(doc.text) if not m.risky or _stands(m, starts, recognised)
        ]
        return doc

    return mark_matches
