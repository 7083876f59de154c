"""Check a sentence against its evidence: no number, no name and no Chinese that the evidence does not have, no hedge lost.

The property at the heart of zhbrief (CONTRACT, What always holds): whatever an engine writes passes through here, and
what does not hold is mended, written again or left out by :mod:`nlp.brief.write`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, get_args

from nlp.annotate.phonetics import likeness, name_parts
from nlp.brief.form import strange
from nlp.brief.lexicon import is_common
from nlp.brief.meaning import added_meaning, lost_meaning, lost_quotation
from nlp.brief.offices import heads
from nlp.names import demonyms, is_place
from nlp.names.spelling import unaccented
from nlp.quantities import EnglishNumber, ends, read_english, stands, supported
from nlp.types import Entity, Quantity, Term

_CJK = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
_WORD = re.compile(r"[^\W\d_][\w'’\-]*(?:\.[A-Za-z](?=\W|$))*")
_CALENDAR = (
    "January February March April May June July August September October November December Jan Feb Mar Apr Aug Sept Sep "
    "Oct Nov Dec Monday Tuesday Wednesday Thursday Friday Saturday Sunday Q1 Q2 Q3 Q4 H1 H2"
)
_TITLES = (
    "President Vice Prime Minister Premier Chancellor Secretary General King Queen Prince Princess Pope Chief Justice "
    "Senator Governor Mayor Mr Ms Mrs Dr Gen Sen Rep Gov CEO CFO COO CTO Ambassador I AM PM US NT HK A"
)
_BODIES = (
    "Commission Council Parliament Court Bank Union Ministry Agency Committee Congress Senate Department Association "
    "Organization Party League Institute University Bureau Board Authority Foundation Federation"
)
_LATIN = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ0-9.'’&+\-]*(?: [A-Za-zÀ-ɏ][A-Za-zÀ-ɏ0-9.'’&+\-]*)*")
_COUNTRIES = {
    "美": "United States", "中": "China", "日": "Japan", "俄": "Russia", "英": "United Kingdom", "法": "France", "德": "Germany",
    "韓": "South Korea", "印": "India", "澳": "Australia", "加": "Canada", "烏": "Ukraine", "以": "Israel", "台": "Taiwan",
    "歐": "European Union", "港": "Hong Kong", "義": "Italy", "荷": "Netherlands", "泰": "Thailand", "柬": "Cambodia", "越": "Vietnam",
    "菲": "Philippines",
}  # fmt: skip
_SIGNS = "".join(_COUNTRIES)
_COUNTRY_SIGN = re.compile(
    rf"[{_SIGNS}](?=[軍方股企媒債製籍商廠艦機府氣系])|(?<=[{_SIGNS}])[{_SIGNS}]|[{_SIGNS}](?=[{_SIGNS}])|"
    "(?<=[對在赴訪駐返旅全抵])(?:[美俄英韓港澳德]|日(?![前後常間期內記])|台(?![上下前詞階風面步]))|日(?=[治據]時)"
)
"""One character that stands for a country, where what is beside it says so: 美軍, 中俄, 駐美, 全台."""
_ABBREVIATED = {
    "TV": "電視|影集|收視", "ATM": "提款機", "DNA": "基因|去氧核醣", "IOU": "借據|欠條", "IV": "點滴|靜脈注射", "ENT": "耳鼻喉", "CPR": "心肺復甦|壓胸", "MRI": "核磁共振",
    "AI": "人工智慧", "HIV": "愛滋", "GPS": "定位", "VIP": "貴賓", "EV": "電動車", "EVs": "電動車", "UFO": "飛碟|幽浮", "IQ": "智商", "MVP": "最有價值球員", "PhD": "博士",
    "CCTV": "監視器", "Wi-Fi": "無線網路", "PC": "電腦", "ID": "身分證|證件", "ER": "急診", "ICU": "加護病房", "X-ray": "X光", "X-rays": "X光",
}  # fmt: skip
"""Abbreviations of ordinary words, with the Chinese that they are said for."""
_OPENS = re.compile(r"(?:^|[.!?:][\"”’)]*\s|,\s(?=[\"“‘]))[\"“'‘(]*$")
"""What stands before the first word of a sentence, or of somebody's words."""
_GOES_ON = re.compile(" [a-z]")
"""Behind the first word of somebody's words; a name in quotation marks mostly has a second capital."""
_DOTTED_TOO = frozenset(("UN", "EU", "UK"))
"""Acronyms that are often written with points."""
_DOTTED = re.compile(r"(?:[A-Z]\.)+[A-Z]?")
_KINDS_OF_BODIES = frozenset(_BODIES.split())
_NEVER_COMMON = frozenset(("Commons",))
"""Ordinary words that are names wherever they have a capital: the House of Commons."""
NO_NAMES = frozenset(_CALENDAR.split()) | frozenset(_TITLES.split())
"""Words that have a capital without being names: days, months, titles."""
_CHATTER = re.compile(
    r"(?:That|This|The) sentence\b|Here(?:'s| is)\b|Sorry|I (?:am|have|will|cannot|can't)\b|Note:|Sure", re.I
)
_ALWAYS_CAPITAL = frozenset((*_CALENDAR.split(), "Islamist", "Islamists", "Hinduism"))
"""Words that have a capital everywhere, besides those of countries, peoples and faiths (``demonyms.tsv``)."""
SPELLS = 0.8
"""The likeness in sound from which a word that is no ordinary one is taken for the spelling of a name."""
FEWEST_SOUNDS = 3
"""Characters that the beginning of a name has at least, if it is to be heard in a word: two sound like something in many."""
LONGEST = 75
"""Most words that one sentence of a brief may have."""

_OF_ITS_OWN = re.compile(
    r"\b(?!The |A |An |Central |Supreme |Federal |National |Foreign |Finance |High |State |City )[A-Z]\w+ $"
)
"""What before the name of a kind of body makes it that of one body."""
MOST_COMMON = 2
"""Capitalised common words in a row that may be mended by lower case; more of them are a name."""

QUOTATION = "the words in quotation marks"
"""What a sentence has lost that gives somebody's own words as the writer's."""

Problem = Literal["number", "unit", "name", "chinese", "meaning", "lost", "form", "content"]
PROBLEMS: frozenset[Problem] = frozenset(get_args(Problem))


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a sentence; ``what`` is the piece of it that is wrong, or for ``lost`` a word that it lacks."""

    problem: Problem
    what: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a sentence may draw on: the source text, its entities, terms and quantities, the article's date, and the English of its set phrases."""

    text: str
    entities: tuple[Entity, ...]
    terms: tuple[Term, ...]
    quantities: tuple[Quantity, ...]
    published: datetime.date | None
    phrases: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """What is put in English before a model reads it, but for names and amounts: terms and set phrases."""
        return "; ".join((*(t.name for t in self.terms), *self.phrases))


def check(sentence: str, evidence: Evidence, whole: bool = True) -> list[Fault]:
    """Every fault of an English sentence held against its evidence; empty where it holds.

    With ``whole`` it must also carry half of what the evidence names and counts, its asides and its quotation marks; a headline need not.
    """
    faults = [Fault("chinese", m.group()) for m in _CJK.finditer(sentence)][:1]
    faults += [Fault("name", name) for name in unknown_names(sentence, evidence)]
    faults += unknown_numbers(sentence, evidence)
    faults += [Fault("meaning", word) for word in added_meaning(sentence, evidence.text, evidence.told)]
    faults += [
        Fault("lost", word) for word in lost_meaning(sentence, _beside_names(evidence.text, evidence.entities), whole)
    ]
    if whole and lost_quotation(sentence, evidence.text, _named(evidence)):
        faults.append(Fault("lost", QUOTATION))
    if not sentence.strip():
        faults.append(Fault("form", "nothing was written"))
    elif _CHATTER.match(sentence) and not (sentence.startswith("I ") and "我" in evidence.text):
        faults.append(Fault("form", "talk about the sentence"))
    elif (piece := strange(sentence, evidence.text)) is not None:
        faults.append(Fault("form", f"{piece!a}, which is no running text"))
    elif len(sentence.split()) > LONGEST:
        faults.append(Fault("form", f"more than {LONGEST} words"))
    elif whole and not faults and (lost := _lost(sentence, evidence)):
        faults.append(Fault("content", f"without {', '.join(lost)}"))
    return faults


def _beside_names(text: str, entities: Sequence[Entity]) -> str:
    """A text without the names of ``entities``, whose characters mean nothing: 蔡若蓮 is no condition, 其中台積電 neither China nor Taiwan."""
    for name in sorted({m.text for e in entities for m in e.mentions}, key=len, reverse=True):
        text = text.replace(name, "　")
    return text


def _named(evidence: Evidence) -> list[str]:
    """What has a name or a term's English in the evidence, as the Chinese writes it."""
    named = [m.text for entity in evidence.entities for m in entity.mentions]
    return [*named, *(m.text for term in evidence.terms for m in term.mentions)]


def _lost(sentence: str, evidence: Evidence) -> list[str]:
    """The names and figures of the evidence that a sentence has left out, where it has left out more than half.

    A sentence that carries hardly anything of its evidence is not about it, whatever else may be true of it.
    """
    named = [e for e in evidence.entities if e.name]
    missing = unnamed(sentence, evidence)
    telling = [q for q in evidence.quantities if q.kind in ("money", "percent", "measure", "ratio")]
    missing += [q.name for q in left_out(sentence, evidence) if q in telling]
    return missing if len(missing) > (len(named) + len(telling)) / 2 else []


def unnamed(sentence: str, evidence: Evidence) -> list[str]:
    """The names of the evidence that a sentence gives in none of their forms."""
    return [e.name for e in evidence.entities if e.name and not any(_stands(f, sentence) for f in _forms(e))]


def uncounted(sentence: str, evidence: Evidence) -> list[Quantity]:
    """The numbers of the evidence, whatever they count, that a sentence does not give; one thing is often said without its number."""
    numbers = [part for n in read_english(sentence) for part in (n, *ends(n))]
    return [
        q
        for q in evidence.quantities
        if not (q.value == 1 and q.value_max is None and q.kind in ("count", "duration"))
        and not any(supported(n, [q], q.text) for n in numbers)
    ]


def left_out(sentence: str, evidence: Evidence) -> list[Quantity]:
    """The amounts and shares of the evidence that a sentence does not give: worth another try, if no fault."""
    return [q for q in uncounted(sentence, evidence) if q.kind in ("money", "percent")]


def _stands(form: str, sentence: str) -> bool:
    return re.search(_whole(form), sentence) is not None


def _forms(entity: Entity) -> set[str]:
    """Every English form of one entity: its name, its short form, for a country its people and adjective, one of a people, B.C. as BC."""
    name = entity.name or ""
    country = "United States" if name.startswith("U.S. ") else name
    one = name.removesuffix("s") if entity.type == "NORP" else name
    dotless = name.replace(".", "") if _DOTTED.fullmatch(name) else name
    games = name.removesuffix("s") if name.endswith("Olympics") else name
    dotted = ".".join(entity.short or name) + "." if (entity.short or name) in _DOTTED_TOO else name
    forms = (name, one, dotless, dotted, games, *heads(name), *_bracketless(name), *demonyms(country), entity.short)
    return {f for f in forms if f}


def unknown_numbers(sentence: str, evidence: Evidence) -> list[Fault]:
    """The numbers of ``sentence``, in digits or words, that do not stand in the evidence by value and unit.

    A count whose value stands there is a fault of its ``unit``.
    """
    blanked = _without_names(sentence, evidence)
    numbers, source = read_english(blanked), (evidence.quantities, evidence.text)
    unknown = [n for n in numbers if not supported(n, *source)]
    if unknown:
        told = {_value(n) for n in read_english(evidence.told)}
        unknown = [n for n in unknown if _value(n) not in told]
    return [Fault("unit" if stands(n, *source) else "number", n.text) for n in unknown]


def _value(number: EnglishNumber) -> EnglishNumber:
    """A number without its place in the text: the third of a third reading is that of third reading."""
    return replace(number, start=0, end=0, text="")


def _without_names(sentence: str, evidence: Evidence) -> str:
    """The sentence with names that hold figures or words for them (S&P 500, Third Plenum) blanked, lengths kept."""
    amounts = {q.name for q in evidence.quantities}
    for form in sorted(allowed_forms(evidence), key=len, reverse=True):
        if re.search(r"\d", form) or (form not in amounts and _has_number(form)):
            sentence = re.sub(_whole(form), lambda m: "_" * len(m.group()), sentence)
    return sentence


@lru_cache(maxsize=4096)
def _has_number(form: str) -> bool:
    """Whether there is a number in a name, which stands in many sentences of an article."""
    return bool(read_english(form))


def allowed_forms(evidence: Evidence) -> set[str]:
    """Every English form that the evidence vouches for: names, short forms, demonyms, terms, Latin in the source."""
    named = [e for e in evidence.entities if e.name]
    forms = {form for e in named for form in _forms(e)}
    forms |= {t.name for t in evidence.terms}
    forms |= {w for t in evidence.terms for w in t.name.split() if is_place(w)}
    forms |= {q.name for q in evidence.quantities}
    forms |= set(_LATIN.findall(evidence.text))
    forms |= {short for short, han in _ABBREVIATED.items() if re.search(han, evidence.text)}
    for sign in _COUNTRY_SIGN.findall(_beside_names(evidence.text, named).replace("其中", "　")):
        forms |= {_COUNTRIES[sign], *demonyms(_COUNTRIES[sign])}
    return {f for f in forms if f}


def _bracketless(name: str) -> set[str]:
    bare = re.sub(r"\s*\([^)]*\)", "", name)
    return {bare, *re.findall(r"\(([^)]*)\)", name)}


def unknown_names(sentence: str, evidence: Evidence) -> list[str]:
    """Capitalised words of ``sentence`` that no allowed form covers; runs of them are joined to one name.

    The first word of a sentence may be any ordinary English word, unless a run of unknown names begins with it.
    """
    covered = _covered(sentence, allowed_forms(evidence))
    unknown: list[re.Match[str]] = []
    for m in _WORD.finditer(sentence):
        if (
            m.start() in covered
            or not any(c.isupper() for c in m.group())
            or re.split("['’]", m.group())[0] in NO_NAMES
        ):
            continue
        quoted = sentence[: m.start()].endswith(('"', "“")) and _GOES_ON.match(sentence, m.end())
        opens = quoted or _OPENS.search(sentence[: m.start()]) is not None
        if not (opens and is_common(m.group())):
            unknown.append(m)
    return _joined(sentence, unknown)


def _joined(sentence: str, found: Iterable[re.Match[str]]) -> list[str]:
    runs: list[tuple[int, int]] = []
    for m in found:
        if runs and sentence[runs[-1][1] : m.start()] == " ":
            runs[-1] = (runs[-1][0], m.end())
        else:
            runs.append((m.start(), m.end()))
    return [sentence[a:b] for a, b in runs]


def _covered(sentence: str, forms: Iterable[str]) -> set[int]:
    """Offsets of ``sentence`` that an allowed form covers, whatever its first letter's case."""
    out: set[int] = set()
    for form in forms:
        for m in re.finditer(_whole(form), sentence):
            out.update(range(m.start(), m.end()))
    return out


def _whole(form: str) -> str:
    """A pattern for ``form`` as whole words; white space and hyphens are exchangeable, 's may follow.

    Words that stand together may be parted at a capital: the Latin of Chinese pages often lacks its spaces (BillGates).
    """
    flexible = re.escape(form).replace(r"\ ", r"[\s\-‑]+").replace("'", "['’]")
    flexible = re.sub(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ][a-zà-ÿ])", r"\\s?", flexible)
    first = flexible[0]
    if first.isalpha():
        flexible = f"[{first.upper()}{first.lower()}]{flexible[1:]}"
    return rf"(?<!\w){flexible}(?!\w)"


def with_accents(sentence: str, evidence: Evidence) -> str:
    """Mend the names of the evidence that have lost their diacritics: Erdogan → Erdoğan."""
    words = {w for form in allowed_forms(evidence) for w in form.split() if len(w) > 3 and not w.isascii()}
    for word in words:
        if (bare := unaccented(word)).isascii():
            sentence = re.sub(rf"(?<!\w){re.escape(bare)}(?!\w)", word, sentence)
    return sentence


def with_capitals(sentence: str, evidence: Evidence) -> str:
    """Mend what was written small: names of the evidence (qing dynasty), what always has a capital (british, sunday), spellings of names.

    What is an ordinary word may be that (apple). A word that is none and sounds like a name that nobody knows is a spelling of it, which is
    judged as one when it has its capital.
    """
    named = {f for e in evidence.entities if e.name for f in _forms(e)} | {t.name for t in evidence.terms}
    for form in sorted(named, key=len, reverse=True):
        if form[0].isupper() and not (" " not in form and is_common(form)):
            sentence = re.sub(rf"(?<![\w$]){re.escape(form.lower())}(?!\w)", form, sentence)
    nameless = {part for e in evidence.entities if e.name is None for m in e.mentions for part in _sounding(e, m.text)}

    def capital(word: re.Match[str]) -> str:
        small, written = word.group(), word.group().capitalize()
        if is_common(written) or is_place(small):
            return small
        always = written in _ALWAYS_CAPITAL or is_place(written)
        return written if always or any(likeness(part, written) >= SPELLS for part in nameless) else small

    return re.sub(r"(?<![\w’'@./\-])[a-z]{4,}(?![\w@/\-]|\.\w)", capital, sentence)


def _sounding(entity: Entity, han: str) -> Iterator[str]:
    """What of a name may be written by sound: the parts of a person's, of other names what they begin with (齊布爾卡 in 齊布爾卡大學)."""
    if entity.type == "PERSON":
        yield from (part for part in name_parts(han) if len(part) > 1)
    else:
        yield from (han[:end] for end in range(FEWEST_SOUNDS, len(han) + 1))


def lower_common(sentence: str, faults: Sequence[Fault], evidence: Evidence) -> str:
    """Mend what is only capitals: an unknown name all of whose words are ordinary is written in lower case.

    ``the Commission`` → ``the commission``, ``Rare Earth`` → ``rare earth``. Three words and more are a name that was made
    up (``the Energy Security Act``), not a common noun. Where the evidence has a person without an English name, the word
    may be a spelling of it (Trump), and only what an article or a possessive precedes is mended. Half a person's name is
    another person (Keir Trump), and a body behind a capital is a name of its own (European Commission).
    """
    nameless = any(e.type == "PERSON" and not e.name for e in evidence.entities)
    persons = {word for e in evidence.entities if e.type == "PERSON" and e.name for word in e.name.split()}
    before = r"(?<=\bthe )|(?<=\ba )|(?<=\ban )|(?<=\bits )|(?<=\btheir )" if nameless else ""
    for fault in faults:
        words = fault.what.split()
        before_it = sentence.partition(fault.what)[0] + fault.what.removesuffix(words[-1])
        body = words[-1] in _KINDS_OF_BODIES and _OF_ITS_OWN.search(before_it)
        if (
            body
            or is_place(fault.what)
            or len(words) > MOST_COMMON
            or not _NEVER_COMMON.union(persons).isdisjoint(words)
        ):
            continue
        if fault.problem == "name" and all(is_common(w) and not w.isupper() for w in words):
            sentence = re.sub(f"(?:{before}){_whole(fault.what)}", fault.what.lower(), sentence)
    return sentence
