"""How amounts and dates stand in a grounded sentence: with what the Chinese around them says of them, which a small model gets wrong.

A date brings its preposition; 近五年來 is in the past five years, 跌破三成 fall below 30%, 最快2027年 in 2027 at the earliest,
每股2美元 US$2 per share, and 120架無人機 120 drones instead of 120 aircraft drones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from nlp.brief.inserted import Inserted
from nlp.brief.meaning import MAY
from nlp.quantities.english_forms import WEEKDAYS, small
from nlp.quantities.tables import units
from nlp.types import Quantity, Span

_SINCE = re.compile("以?來(?![自源往到訪台臺電襲臨])")
"""1992年來最大漲幅 is the biggest gain since 1992."""
_NO_PREPOSITION = re.compile(
    r"(?:在|於|自|從|到|至|截至|由|年|以|達|、|和|與|是|為|即|較|比|跟|距|離|的|超過|晚於|早於|角逐|迎接|等到|到了|根據|依據|按照|撐不?過|讓|說|表示|指出|稱|預[期估料]|「|（|\()\s*$"
)
_COUNTED_BY = frozenset(("people", "aircraft", "ships", "vehicles", "buildings", "households"))
"""What a counter word counts, said only where nothing behind the counter word says so: 九名大法官 are no people besides."""
_COUNTED = re.compile(
    r"(?=[\u3400-\u9fffA-Z\d])(?!被(?!告)|[在的於因死傷失遇罹是有將已都也則卻曾正仍和及與對比中內無沒未停可需須]|受(?![害訪難]者))"
)
_RELATIVE_CLAUSE = re.compile("[在於因受有是被][^，。、；]{1,12}的[\u3400-\u9fff]")
"""Behind the counter word and before what it counts: 10位受過訓練的專家."""
_OF_SO_MANY = re.compile("陣容|名單|制|隊|小組|樂團|團體|座|房|組")
"""What is of so many people: 11人陣容."""
_EFFORT = re.compile("嘗試|機會|攻擊|襲擊|會[議談面]|選舉|訪問|手術|試驗|實驗|任務|失敗|勝利|爆炸|地震")
"""What is counted by 次: 兩次嘗試 are two attempts."""
_NOUN = re.compile("(?![一二兩三四五六七八九十的之都均皆也與和及將已])[\u3400-\u9fff]")
_COUNTER = re.compile("(?![萬億兆千百十零〇一二兩三四五六七八九多餘許])[\u3400-\u9fff]$")
_AGES = ("years old", "months old")
_AGED = re.compile("的(?=[^，。、；])(?!時候?)|[男女童嬰少青老婦翁嫗幼學選球歌演作畫導教]")
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
_FIRST_OR_MOST = re.compile("首|第|最|新[高低]|未|罕|所?僅見|同期|單|頭一")
_BOUND = re.compile(
    "(?:(?:之|以)?(?:(?P<before>前)(?![夕線往進後期述者任夫妻總副所為鋒衛場車])|(?P<after>後)(?![代方者市勤期繼續來衛宮面果悔援備]))|稍(?P<part>[早晚後])|起(?![火訴飛床步源碼因草初身來伏]))"
)
"""What is behind a date that something is before, after or from."""
_AT = re.compile(r"[在自於從]\s*$")
_LIMIT = re.compile(f"最(?:(?P<first>快|早)|[遲晚])(?P<may>{MAY}*)[在於到至]?$")
_PART_OF_A_YEAR = re.compile("[春夏秋冬底]|初(?![步期審賽])|年?中(?![國華共方東美日韓歐央選])|[上下](?:半|旬|午)")
_RELATIVE = ("this ", "last ", "next ")


def amount(text: str, span: Span, quantity: Quantity) -> Inserted:
    """A quantity of the sentence ``text[span]`` as it stands in English, with those characters around it that it takes in (code points of ``text``)."""
    q = quantity
    since = _SINCE.match(text, q.end, span.end) if q.kind in ("date", "duration") else None
    if since and q.kind == "date":
        return Inserted(q.id, _since(q), q.start, since.end())
    if since:
        first = _FIRST_OR_MOST.match(text, since.end(), span.end) is not None
        return Inserted(q.id, _past(q, first), q.start, since.end())
    if q.kind == "date" and (bound := _BOUND.match(text, q.end, span.end)):
        return Inserted(q.id, _bounded(bound, q), _without_at(text, span, q), bound.end())
    if broken := _broken(text, span, q):
        return Inserted(q.id, broken[1], broken[0], q.end)
    if limit := _limit(text, span, q):
        return Inserted(q.id, _limited(limit, q), limit.start(), q.end)
    if each := _each(text, span, q):
        return Inserted(q.id, q.name + _per(each.group()), each.start(), q.end)
    return Inserted(q.id, _in_place(text, span, q), q.start, q.end)


def weekdays(text: str, span: Span) -> Iterator[Inserted]:
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
    if quantity.approx == "up_to" and quantity.text.endswith(("以內", "之內")):
        return name.replace("up to", "within", 1)
    if quantity.kind == "percent" and quantity.text.startswith("高達"):
        return name.replace("up to", "as high as", 1)
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
    if quantity.unit == "people" and quantity.text.endswith("人") and _OF_SO_MANY.match(beside):
        return quantity.text
    if quantity.unit == "times" and quantity.value_max is None and _EFFORT.match(beside):
        return small(quantity.value) if isinstance(quantity.value, Decimal) else name
    counter = _COUNTER.search(quantity.text)
    if quantity.unit in _COUNTED_BY and (
        (_COUNTED.match(beside) or _RELATIVE_CLAUSE.match(beside)) if counter is None or counter[0] != "人" else None
    ):
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
