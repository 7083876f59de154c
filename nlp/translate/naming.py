"""How names stand in the source of a translation: as fully as the Chinese gives them, and in Chinese where nobody knows them.

A brief names a person in full at first mention; a translator writes what the author wrote. 川普 alone is Trump, 唐納·川普 is
Donald Trump, and 柯林頓 may be either Clinton, whom the surname does not take for the other.
"""

from __future__ import annotations

from nlp.annotate.phonetics import likeness
from nlp.brief.naming import as_it_stands, glossed, printed
from nlp.translate.transliterated import with_likely_parts
from nlp.types import Entity, Mention, Span

SOUNDS = 0.75
"""The likeness in sound from which a mention is taken for the short form."""
_YOUNGER = "小"
"""小布希 is the younger Bush: there the surname would not tell them apart."""


def name_or_itself(text: str, mention: Mention, span: Span, entity: Entity) -> str:
    """A mention as a translation has it: the surname where it is the surname, the name, or the Chinese for the engine to render.

    Of a person whom nobody knows the parts that are like names are spelt as they likely are.
    """
    return (
        glossed(text, mention, span, entity)
        or (entity.short if by_surname(mention.text, entity) else None)
        or printed(entity)
        or (with_likely_parts(mention.text) if entity.type == "PERSON" else None)
        or as_it_stands(mention)
    )


def by_surname(mention: str, entity: Entity) -> bool:
    """Whether ``mention`` is a person's short form alone, by its sound: 奧巴馬 is Obama, 習近平 is not Xi.

    The first character of a Chinese or Korean full name is all of the surname: there the rest is the given name.
    """
    if entity.type != "PERSON" or not entity.name or not entity.short or mention.startswith(_YOUNGER):
        return False
    sounds = likeness(mention, entity.short)
    return sounds >= max(SOUNDS, likeness(mention, entity.name)) and likeness(mention[:1], entity.short) < sounds
