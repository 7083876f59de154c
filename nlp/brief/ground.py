"""Ground a source sentence: its names, terms, amounts and set phrases already English, in place.

Given the bare Chinese, a small model mangles names and figures; given 「US$12 billion的Project Vault」 it keeps them. A
name that has no known English form is taken out where a title stands before it (分析師許家源 → 分析師), since the brief calls
such a person by role.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from nlp.annotate.role_words import ROLE_WORDS
from nlp.brief.meaning import MAY
from nlp.brief.offices import national, office, titled
from nlp.brief.phrases import find_phrases
from nlp.quantities.english_forms import WEEKDAYS
from nlp.quantities.tables import units
from nlp.types import Entity, Mention, Quantity, Span, Term

_ROLE_BEFORE = re.compile(f"(?:{'|'.join(sorted(ROLE_WORDS, key=len, reverse=True))})$")
_BRACKET = re.compile(r"(?P<quote>[」』》〉”]?) ?[（(](?P<inside>[^（）()\n]*)[）)]")
_HEARSAY = re.compile(r"(?<![宣流謠相訛謬遺])傳(?:出(?=將)|(?=與|將|擬|有意|正|已))")
"""傳 for a rumour is easily lost by a small model; 據報導 is not."""
_HAN = re.compile("[\u4e00-\u9fff]")
_SURNAMED = re.compile("..?姓")
"""陳姓男子 is a man to those who read English."""
SOMEBODY = "該人士"
"""What stands for a person without an English name and without a title."""
LONG_NAME = 8
"""A name of more words is written in its short form, where there is one."""
LONG, PART = 42, 12
"""Code points that a grounded sentence that is divided has at least, and each part of it."""
_SAYS = re.compile(
    "(?:說|表示|指出|認為|寫道|稱|強調|透露|宣布|宣告|報導|指|規定|顯示|估算|預期|預料|認定|發文|announce|declare|rule that)$|[後時前]$|之際$"
)
_COMMA = re.compile(r"(?:，|,(?![\s\d]))(?!以及|並|和|與|或)")
_LEADS_ON = re.compile("依|據|根據|除了|隨著|由於|因|當|如|若|為|在|受|雖|儘管|即使|自|比|以[^及]|buoyed|affected")
_BY_ACRONYM = frozenset(
    ["NATO", "EU", "UN", "OPEC", "OPEC+", "FBI", "CIA", "NASA", "UNESCO", "UNICEF", "FIFA", "NBA", "MLB", "AIDS"]
)
"""Bodies that English calls by their acronyms at first mention too (Associated Press style)."""


@dataclass(frozen=True, slots=True)
class Inserted:
    """One English form that now stands in the source: of an entity, a term or a quantity (``id``)."""

    id: str
    english: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Grounded:
    """A sentence made ready for the engine; ``span`` is its evidence in the article, ``inserted`` what went in."""

    span: Span
    source: str
    text: str
    inserted: tuple[Inserted, ...]

    @property
    def bare(self) -> int:
        """How many Chinese characters are left for the model to render."""
        return len(_HAN.findall(self.text))

    @property
    def somebody(self) -> bool:
        """Whether it is about a person of whom neither name nor title is known."""
        return any(p.english == SOMEBODY for p in self.inserted)


Naming = Callable[[str, Mention, Span, Entity], str]
"""What stands for a mention in the grounded source, given the article's text, the mention, its sentence and its entity."""


def ground(
    text: str,
    span: Span,
    entities: Sequence[Entity],
    terms: Sequence[Term],
    quantities: Sequence[Quantity],
    naming: Naming | None = None,
) -> Grounded:
    """Ground ``text[span]``; offsets in code points. A phrase gives way to names and amounts, and a term to a phrase around it.

    Without ``naming`` it is a brief's: the name in full and no Mr., a role for a person without one.
    """
    mr = naming is not None
    pieces = _without_overlaps(_pieces(text, span, entities, terms, quantities, naming or name_or_role, mr))
    source = text[span.start : span.end]
    phrases = [Inserted("", p.english, span.start + p.start, span.start + p.end) for p in find_phrases(source)]
    phrases += _weekdays(text, span)
    terms_of = {t.id for t in terms}
    inside = [q for q in pieces if q.id in terms_of and any(p.start <= q.start and q.end <= p.end for p in phrases)]
    pieces = [q for q in pieces if q not in inside]
    free = [p for p in phrases if not any(p.start < q.end and q.start < p.end for q in pieces)]
    pieces += [q for q in inside if not any(p.start <= q.start and q.end <= p.end for p in free)]
    out: list[str] = []
    at = span.start
    for piece in _superlatives(sorted([*pieces, *free], key=lambda p: p.start)):
        if piece.start < at:
            continue
        out.append(text[at : piece.start])
        if piece.english and _latin_edge(out):
            out.append(" ")
        out.append(_in_its_place(piece, out, text[piece.end : piece.end + 1]))
        at = piece.end
        bracket = _BRACKET.match(text, at, span.end)
        if piece.id and bracket and _repeats(bracket.group("inside")):
            out.append(bracket.group("quote"))
            at = bracket.end()
        if piece.english and at < span.end and text[at].isascii() and text[at].isalnum():
            out.append(" ")
    out.append(text[at : span.end])
    grounded = re.sub("；$", "。", _HEARSAY.sub("據報導", "".join(out)))
    return Grounded(span, source, grounded, tuple(p for p in pieces if p.english))


def _superlatives(pieces: Sequence[Inserted]) -> list[Inserted]:
    """The pieces in order, with since when something is the greatest behind it, as English has it: biggest gain since 1992."""
    out: list[Inserted] = []
    for piece in pieces:
        last = out[-1] if out else None
        if last and last.end == piece.start and last.english.startswith(_SINCE_WHEN) and _GREATEST.match(piece.english):
            out[-1] = replace(last, english=f"{piece.english} {last.english}", end=piece.end)
        else:
            out.append(piece)
    return out


def _in_its_place(piece: Inserted, before: Sequence[str], behind: str) -> str:
    """A phrase in the passive without its verb where the Chinese has one: 被, 很 or 的 beside it."""
    beside = "".join(before[-2:])[-1:]
    phrase = not piece.id and piece.english.startswith("be ")
    return (
        piece.english[3:] if phrase and ((beside and beside in "被遭受很都太更") or behind == "的") else piece.english
    )


def divided(grounded: str) -> str | None:
    """A long grounded sentence as two, divided at the comma nearest to its middle; None where it cannot be.

    A small model mixes up who does what in a long sentence, and less so in two. What somebody says is not parted from who
    says it, nor a condition or a reason from what follows it, and nothing is divided within quotation marks or brackets.
    """
    cuts = [m.start() for m in _COMMA.finditer(grounded) if _may_part(grounded[: m.start()])]
    cuts = [c for c in cuts if min(c, len(grounded) - c) >= PART]
    if len(grounded) < LONG or not cuts:
        return None
    cut = min(cuts, key=lambda c: abs(2 * c - len(grounded)))
    return f"{grounded[:cut]}。{grounded[cut + 1 :]}"


def _may_part(before: str) -> bool:
    inside = any(before.count(a) != before.count(b) for a, b in ("「」", "『』", "（）", "()", "《》"))
    last = _COMMA.split(before)[-1]
    return not inside and not _SAYS.search(before) and not _LEADS_ON.match(last)


def _without_overlaps(pieces: Iterable[Inserted]) -> list[Inserted]:
    """The pieces in order; of two that overlap the first and longest stands."""
    kept: list[Inserted] = []
    for piece in sorted(pieces, key=lambda p: (p.start, p.start - p.end)):
        if not kept or piece.start >= kept[-1].end:
            kept.append(piece)
    return kept


def _pieces(
    text: str,
    span: Span,
    entities: Sequence[Entity],
    terms: Sequence[Term],
    quantities: Sequence[Quantity],
    naming: Naming,
    mr: bool,
) -> Iterator[Inserted]:
    for q in quantities:
        if span.start <= q.start and q.end <= span.end:
            since = _SINCE.match(text, q.end, span.end) if q.kind in ("date", "duration") else None
            if since and q.kind == "date":
                yield Inserted(q.id, _since(q), q.start, since.end())
            elif since:
                first = _FIRST_OR_MOST.match(text, since.end(), span.end) is not None
                yield Inserted(q.id, _past(q, first), q.start, since.end())
            elif q.kind == "date" and (bound := _BOUND.match(text, q.end, span.end)):
                yield Inserted(q.id, _bounded(bound, q), _without_at(text, span, q), bound.end())
            elif broken := _broken(text, span, q):
                yield Inserted(q.id, broken[1], broken[0], q.end)
            elif limit := _limit(text, span, q):
                yield Inserted(q.id, _limited(limit, q), limit.start(), q.end)
            elif each := _each(text, span, q):
                yield Inserted(q.id, q.name + _per(each.group()), each.start(), q.end)
            else:
                yield Inserted(q.id, _in_place(text, span, q), q.start, q.end)
    begun = {m.start for e in entities for m in e.mentions}
    for e in entities:
        for m in e.mentions:
            if span.start <= m.start and m.end <= span.end:
                name = Inserted(e.id, naming(text, m, span, e), m.start, m.end)
                if e.name and (country := _country(m, e, entities)):
                    name = replace(name, english=f"{country} {name.english}")
                if not e.name and name.english == m.text:
                    name = replace(name, english=_with_places(text, m, entities))
                if e.name and (headed := office(text, m, e)):
                    name = replace(name, english=headed[0], end=headed[1])
                if e.type == "NORP" and e.name and _ONE_OF.search(text[span.start : m.start]):
                    name = replace(name, english=_single(name.english))
                if not mr and (headed := titled(text, m, e)):
                    name = replace(name, english=headed[0], end=headed[1])
                if of := national(text, m, e):
                    name = replace(name, english=of)
                title = _COURTESY.match(text, m.end, span.end) if e.type == "PERSON" and e.name else None
                if title and title.end() not in begun:
                    name = replace(name, english=f"{_MR[title.group()]} " * mr + name.english, end=title.end())
                yield name
    for t in terms:
        for m in t.mentions:
            if span.start <= m.start and m.end <= span.end:
                yield Inserted(t.id, t.name, m.start, m.end)


def _country(mention: Mention, entity: Entity, entities: Sequence[Entity]) -> str | None:
    """The country that a body's Chinese begins with and its English leaves out, as what it belongs to: China's, U.S."""
    for other in entities:
        if (
            other is not entity
            and other.name
            and any(o.start == mention.start and o.end < mention.end for o in other.mentions)
        ):
            return "U.S." if other.name == "United States" else f"{other.name}'s"
    return None


def _with_places(text: str, mention: Mention, entities: Sequence[Entity]) -> str:
    """A name that nobody knows, with the known names inside it in English: Finland法院."""
    inside = [
        (o, e.name) for e in entities if e.name for o in e.mentions if mention.start <= o.start and o.end <= mention.end
    ]
    out, at = "", mention.start
    for other, name in sorted(inside, key=lambda i: i[0].start):
        apart = " " if out and at == other.start else ""
        out, at = f"{out}{text[at : other.start]}{apart}{name}", other.end
    return out + text[at : mention.end]


_ONE_OF = re.compile("(?:[一這該那某][名位個]|身為|[是為]名)$")


def _single(people: str) -> str:
    """One of a people: a Briton."""
    return people.removesuffix("s") if people.endswith("ns") or people.endswith("ts") else people


_MR = {"先生": "Mr.", "女士": "Ms.", "小姐": "Ms."}
_COURTESY = re.compile("先生(?!們)|女士(?![官兵])|小姐(?!們)")
"""What a small model leaves behind the name; where another name begins behind 先生, he is somebody's husband."""
_SINCE = re.compile("以?來(?![自源往到訪台臺電襲臨])")
"""1992年來最大漲幅 is the biggest gain since 1992."""
_NO_PREPOSITION = re.compile(
    r"(?:在|於|自|從|到|至|截至|由|年|以|達|、|和|與|是|為|即|較|比|跟|距|離|的|超過|晚於|早於|角逐|迎接|等到|撐不?過|讓|說|表示|指出|稱|預[期估料]|「|（|\()\s*$"
)
_COUNTED_BY = frozenset(("people", "aircraft", "ships", "vehicles", "buildings", "households"))
"""What a counter word counts, said only where nothing behind the counter word says so: 九名大法官 are no people besides."""
_COUNTED = re.compile(
    r"(?=[\u3400-\u9fffA-Z\d])(?!被(?!告)|[在的於因受死傷失遇罹是有將已都也則卻曾正仍和及與對比中內])"
)
_NOUN = re.compile("(?![一二兩三四五六七八九十])[\u3400-\u9fff]")
_COUNTER = re.compile("(?![萬億兆千百十多餘許])[\u3400-\u9fff]$")
_AGES = ("years old", "months old")
_AGED = re.compile("的(?=[^，。、；])|[男女童嬰少青老婦翁嫗幼學選球歌演作畫導教]")
"""Who is so old, behind the age: 3歲男童 is a 3-year-old boy."""
_REACHING = re.compile("[跌降回減縮滑][至到]$")
"""跌至30元以下 is below NT$30; elsewhere 30元以下 is up to it."""
_MUST = re.compile("[須將會應得不未可能若要]$")
"""Behind these 超過 is the verb: 必須超過50% is must exceed 50%."""
_PASSED = re.compile("(?:[跌摔漲衝升飆攀突]破?)$")
_WEEKDAY = re.compile("(?P<which>[上下本這])?個?(?:星期|禮拜|週|周)(?P<day>[一二三四五六日天])(?![刊報年期邊圍次趟])")
_WHICH = {"上": "last ", "下": "next ", "本": "this ", "這": "this "}
_EACH = re.compile(
    rf"(?:每(?:人|股|戶|{'|'.join(w for w, u in units().items() if u.kind in ('duration', 'measure'))}))+$"
)
_SINCE_WHEN = ("since ", "in the past ", "in ")
_GREATEST = re.compile(
    "(?:the )?(?:biggest|largest|highest|lowest|greatest|worst|best|smallest|fastest|record|first time|new (?:high|low)|all-time)"
)
_FIRST_OR_MOST = re.compile("首|第一|最|新[高低]|未|罕|僅見|同期|單|頭一")
_BOUND = re.compile(
    "(?:(?:之|以)?(?:(?P<before>前)(?![夕線往進後述者任夫妻總副所為鋒衛場車])|(?P<after>後)(?![代方者市勤續來衛宮面果悔援備]))|稍(?P<part>[早晚後])|起(?![火訴飛床步源碼因草初身來伏]))"
)
"""What is behind a date that something is before, after or from."""
_AT = re.compile(r"[在自於從]\s*$")
_LIMIT = re.compile(f"最(?:(?P<first>快|早)|[遲晚])(?P<may>{MAY}*)[在於到至]?$")
_PART_OF_A_YEAR = re.compile("[春夏秋冬底]|初(?![步期審賽])|年?中(?![國華共方東美日韓歐央選])|[上下](?:半|旬|午)")
_RELATIVE = ("this ", "last ", "next ")


def _weekdays(text: str, span: Span) -> Iterator[Inserted]:
    """Days of the week, which are dates only where the article has one to count from, and which a small model mixes up."""
    for m in _WEEKDAY.finditer(text, span.start, span.end):
        day = WEEKDAYS["一二三四五六日".index(m["day"].replace("天", "日"))]
        if bound := _BOUND.match(text, m.end(), span.end):
            whole = Quantity(
                "", "date", "", None, None, None, f"{_WHICH.get(m['which'], '')}{day}", m.start(), m.end(), m.group()
            )
            yield Inserted("", _bounded(bound, whole), _without_at(text, span, whole), bound.end())
        elif m["which"]:
            yield Inserted("", f"{_WHICH[m['which']]}{day}", *m.span())
        else:
            bare = _NO_PREPOSITION.search(text[span.start : m.start()]) or text.startswith("的", m.end())
            yield Inserted("", day if bare else f"on {day}", *m.span())


def _each(text: str, span: Span, quantity: Quantity) -> re.Match[str] | None:
    """What an amount is counted for: 每股 in 每股2美元, US$2 per share. A small model leaves it out."""
    return _EACH.search(text[: quantity.start], span.start) if quantity.kind in ("money", "measure") else None


def _bounded(bound: re.Match[str], quantity: Quantity) -> str:
    """A date that something is before, after or from: before 2035, after 2020, from Monday, earlier this year."""
    if bound["part"]:
        return f"{'earlier' if bound['part'] == '早' else 'later'} {quantity.name}"
    return f"{'before' if bound['before'] else 'after' if bound['after'] else 'from'} {quantity.name}"


def _without_at(text: str, span: Span, quantity: Quantity) -> int:
    """Where a date begins with the 在, 自 or 於 before it, which a word of its own takes the place of."""
    before = _AT.search(text[: quantity.start], span.start)
    return before.start() if before else quantity.start


def _since(quantity: Quantity) -> str:
    """1992年來 is since 1992, 今年以來 so far this year."""
    return f"so far {quantity.name}" if quantity.name.startswith("this ") else f"since {quantity.name}"


def _past(quantity: Quantity, first: bool) -> str:
    """近五年來 is in the past five years, 29年來 for 29 years; what happens ``first`` or is the greatest is that in 29 years."""
    bare = quantity.name.removeprefix("nearly ")
    if bare != quantity.name:
        return f"in the past {bare}"
    return f"{'in' if first else 'for'} {bare}"


def _limit(text: str, span: Span, quantity: Quantity) -> re.Match[str] | None:
    """What makes a date the first or last possible: 最快 in 最快2027年, which a small model leaves out. 最早在1992年 is when it first was."""
    if quantity.kind not in ("date", "time") or _PART_OF_A_YEAR.match(text, quantity.end, span.end):
        return None
    limit = _LIMIT.search(text[: quantity.start], span.start)
    return limit if limit and (limit["first"] != "早" or limit["may"]) else None


def _limited(limit: re.Match[str], quantity: Quantity) -> str:
    return f"{_when(quantity)} at the earliest" if limit["first"] else f"by {quantity.name} at the latest"


def _per(each: str) -> str:
    return "".join(f" per {units()[word].singular}" for word in each.split("每")[1:])


def _in_place(text: str, span: Span, quantity: Quantity) -> str:
    """A quantity as it stands in the source: a date brings its preposition, which a small model gets wrong."""
    name = quantity.name
    if (
        quantity.approx == "up_to"
        and quantity.text.endswith("以下")
        and _REACHING.search(text[span.start : quantity.start])
    ):
        return name.replace("up to", "below", 1)
    if quantity.kind == "count":
        return _counting(text, span, quantity)
    if quantity.kind not in ("date", "time"):
        return name
    bare = _NO_PREPOSITION.search(text[span.start : quantity.start]) or re.match("[至到的-]|度", text[quantity.end :])
    return name if bare and name.split()[0] not in WEEKDAYS else _when(quantity)


def _counting(text: str, span: Span, quantity: Quantity) -> str:
    """A number of things as it stands before what it counts: 120架無人機 is 120 drones and no aircraft, one of them a word like any other."""
    name, beside = quantity.name, text[quantity.end : span.end]
    if quantity.unit in _AGES and quantity.value_max is None and quantity.approx is None and _AGED.match(beside):
        return f"{quantity.value}-{quantity.unit.replace('s old', '-old')}"
    counter = _COUNTER.search(quantity.text)
    if quantity.unit in _COUNTED_BY and (_COUNTED.match(beside) if counter is None or counter[0] != "人" else None):
        return quantity.text if quantity.value == 1 else name.rpartition(" ")[0]
    if quantity.unit is None and counter and name[-1].isalnum() and not _NOUN.match(beside):
        return name + counter[0]
    return name


def _broken(text: str, span: Span, quantity: Quantity) -> tuple[int, str] | None:
    """Where an amount that is passed begins, with what passes it, and how English says so: 跌破三成, fall below 30%."""
    if (
        quantity.approx == "over"
        and quantity.text.startswith("超過")
        and _MUST.search(text[span.start : quantity.start])
    ):
        return quantity.start, f"exceed {quantity.name.removeprefix('more than ')}"
    before = _PASSED.search(text[: quantity.start], span.start)
    whole = quantity.text.removeprefix("突破").removeprefix("破")
    if quantity.kind in ("date", "time") or (before is None and whole == quantity.text):
        return None
    name = quantity.name.removeprefix("more than ") if quantity.approx == "over" else quantity.name
    if before is None:
        return (quantity.start, f"exceed {name}") if quantity.text.startswith("突破") else None
    passes = "fall below" if before[0][0] in "跌摔" else "rise above"
    return (before.start(), f"{passes} {name}") if before[0].endswith("破") or whole != quantity.text else None


def _when(quantity: Quantity) -> str:
    """A date or time with its preposition: on Thursday, in 2027, this year."""
    name = quantity.name
    if name.startswith(_RELATIVE):
        return name
    if name.split()[0] in WEEKDAYS:
        return f"on {name}"
    if quantity.kind == "time" or name.startswith("the end of"):
        return f"at {name}"
    exact = re.search(r"\d$|^the \w+(?: of (?:last|this|next) month)?$", name) and re.fullmatch(
        r"[\dX]{4}-[\dX]{2}-\d\d.*", str(quantity.value)
    )
    return f"{'on' if exact or ', ' in name else 'in'} {name}"


def glossed(text: str, mention: Mention, span: Span, entity: Entity) -> str | None:
    """The name with its acronym where the article gives the acronym in brackets: the reader needs both once."""
    bracket = _BRACKET.match(text, mention.end, span.end)
    if bracket is None or not entity.name or not entity.short or entity.name == entity.short:
        return None
    same = bracket.group("inside") == entity.short and entity.short.isupper()
    return f"{entity.name} ({entity.short})" if same else None


def printed(entity: Entity) -> str | None:
    """The English form that a brief uses first: the name, or the short form of a long one or of one that goes by it."""
    if entity.name and entity.short and (len(entity.name.split()) > LONG_NAME or entity.short in _BY_ACRONYM):
        return entity.short
    return entity.name


def name_or_role(text: str, mention: Mention, span: Span, entity: Entity) -> str:
    """A mention as a brief has it: the name, or a role.

    A person without an English name goes by role: nothing where a title stands before the name already (分析師許家源 → 分析師) or a
    noun behind the surname (陳姓男子 → 男子), else the title of an earlier mention (該分析師). Other things stay as they are; the engine may render them as common nouns.
    """
    if name := glossed(text, mention, span, entity) or printed(entity):
        return name
    if entity.type != "PERSON":
        return as_it_stands(mention)
    if _SURNAMED.fullmatch(mention.text):
        return ""
    if _ROLE_BEFORE.search(text[span.start : mention.start]):
        return ""
    for other in entity.mentions:
        title = _ROLE_BEFORE.search(text[max(0, other.start - 12) : other.start])
        if title:
            return f"該{title.group()}"
    return SOMEBODY


def as_it_stands(mention: Mention) -> str:
    """A mention in Chinese, unless it is a set phrase (美軍)."""
    whole = [p.english for p in find_phrases(mention.text) if p.end - p.start == len(mention.text)]
    return whole[0] if whole else mention.text


def _repeats(inside: str) -> bool:
    """What a bracket after a grounded name holds says the same in Latin, or is a ticker; an amount in it would be news."""
    return re.fullmatch(r"[A-Za-zÀ-ɏ0-9 .'’&+,，\-]+", inside) is not None and not re.search(r"\d,\d|%", inside)


def _latin_edge(out: list[str]) -> bool:
    last = next((piece for piece in reversed(out) if piece), "")
    return bool(last) and last[-1].isascii() and last[-1] not in "([\"' "
