"""Whether whom only the recogniser saw is somebody, and where the name begins and ends.

A recogniser takes words for people (信天翁, 鬆口, 高麗菜) and a name with what stands beside it (王儲威廉, 穆希卡生 of 穆希卡生前). What a dictionary has as an
ordinary word is nobody; a name that ends or begins inside a word gives that word back; a noun before a name and a verb behind it are none of it.
"""

from __future__ import annotations

import re
from collections.abc import Set
from functools import cache
from pathlib import Path

from nlp.annotate.phonetics import DOTS
from nlp.annotate.segmenter import dictionary
from nlp.names import fold, is_ordinary, is_verb
from nlp.names.romanise import THRESHOLD, likelihood, looks_transliterated

LONGEST_PART = 2
"""Code points of a name that may be a part of a word rather."""
_AROUND = 6
"""Code points on either side of a name in which words are cut."""
_NOBODY = re.compile(
    "(?:[一二三四五六七八九十\\d]+[多餘]?[旬歲])?老?[翁婦嫗嬤]|.{1,2}農|[曾至].?[一二兩三四五六七八九十]度|.*(?:[他她們的了著裡都這那]|那支|首日)|"
    ".+(?:夫婦|夫妻|兄弟|姊妹|姐妹|父子|母女|父女|母子|公主|王子|[貴賢]妃|皇后|大帝|上帝|菩薩|度母|天尊|一家|氏)|[一二三四五六七八九十]."
)
"""Words for somebody, what holds a pronoun or a particle, several people, gods, and what begins with a number (四相)."""
_BEHIND = re.compile("元年|年間|[初末]年|年號|號(?![稱召碼])|帝")
"""What stands behind the name of an era, a ship or a part of an emperor's name, none of whom is somebody."""
_YEAR_OF_AN_ERA = re.compile("[一二三四五六七八九十]{1,3}年(?![前後來間內以級多半的])")
"""Behind two characters: 咸淳九年, but not 小虎三年前."""
_NAMED = re.compile("(?:[，（(]字|諡|筆名|綽號|別名|本名|原名|藝名)$")
"""Before these is a name that is spoken of."""
_SPEAKS = re.compile("[說稱遂則亦即卻已曾]$")
"""Behind a surname alone, what the bearer does."""
_LETTER = re.compile(r"[^\W\d_]")
_PRONOUNS = ("他", "她", "我", "你", "們")
_BEFORE_A_VERB = re.compile("[曾應]力[挺推促薦邀抗爭保勸]")
_WORDS_OF = ("i", "l", "m", "v")
"""jieba's tags of idioms, phrases, numbers and verbs."""
_HEAD, _TAIL = 2, 2
"""Code points of a noun before a name and of a verb behind it."""
_SHORTEST_BEHIND_A_NOUN, _SHORTEST_BEFORE_A_VERB = 3, 2


def somebody(text: str, start: int, end: int, edges: Set[int]) -> tuple[int, int] | None:
    """Where the person seen at ``start:end`` (code points) really begins and ends; None where it is nobody.

    ``edges`` are the offsets where words begin and end.
    """
    whole, surface = (start, end), text[start:end]
    if _LETTER.search(surface) is None or (surface[0] == "那" and text[start - 1 : start] in _PRONOUNS):
        return None
    if likelihood(surface) < THRESHOLD and not any(dot in surface for dot in DOTS):
        start, end = _without_neighbours(text, *_without_parts_of_words(text, start, end))
        edges = edges | {start, end} if (start, end) != whole else edges
    surface = text[start:end]
    if len(surface) == LONGEST_PART and _SPEAKS.search(surface):
        end, surface, edges = end - 1, surface[:-1], edges | {end - 1}
    era = len(surface) == LONGEST_PART and _YEAR_OF_AN_ERA.match(text, end)
    if era or _BEHIND.match(text, end) or _NAMED.search(text[:start]):
        return None
    if not surface or surface in _words() or _NOBODY.fullmatch(surface) or _BEFORE_A_VERB.match(text, start):
        return None
    if _is_word(surface):
        return None
    apart = end in edges and (len(surface) > 1 or start in edges)
    return (start, end) if apart or len(surface) > LONGEST_PART else None


def _without_parts_of_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The name without the beginning of a word that goes on behind it (穆希卡生前, 馬祖拉罕見) or the end of one that begins before it (酒保歐尼爾)."""
    first = max(0, start - _AROUND)
    at = first
    for word in dictionary().cut(fold(text[first : end + _AROUND]), False):
        after = at + len(word)
        if at < start < after and not 0 < end - after < LONGEST_PART:
            start = min(after, end)
        if at < end < after and not 0 < at - start < LONGEST_PART:
            end = max(at, start)
        at = after
    return start, end


def _without_neighbours(text: str, start: int, end: int) -> tuple[int, int]:
    """The name without a noun before it (襄理高仁傑) and a verb behind it (柯達坦承)."""
    if end - start >= _HEAD + _SHORTEST_BEHIND_A_NOUN and is_ordinary(text[start : start + _HEAD]):
        start += _HEAD
    if end - start >= _TAIL + _SHORTEST_BEFORE_A_VERB and is_verb(text[end - _TAIL : end]):
        end -= _TAIL
    return start, end


def _is_word(surface: str) -> bool:
    """Whether a dictionary has ``surface`` as an ordinary word; a single character may be anybody's surname, and 維加 is Vega and a star."""
    if len(surface) == 1 or looks_transliterated(surface):
        return False
    tagged = dictionary().tag(fold(surface), False)
    return is_ordinary(surface) or (len(tagged) == 1 and tagged[0][1].startswith(_WORDS_OF))


@cache
def _words() -> frozenset[str]:
    """Ordinary words that are taken for somebody (``nobody.txt``)."""
    lines = Path(__file__).with_name("nobody.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
