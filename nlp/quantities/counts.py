"""Ordinals, measures, counts, degrees, vague numbers, and large numbers that stand alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from nlp.quantities import english_forms as english
from nlp.quantities.clocks import PARTS_OF_DAY
from nlp.quantities.found import (
    AFTER,
    APPROX_BEFORE,
    BEFORE,
    CURRENCY,
    RANGE,
    UNIT,
    Found,
    approximation,
    left_open,
    values,
)
from nlp.quantities.numerals import NUMBER, estimate, value_of
from nlp.quantities.seasons import SEASONS
from nlp.quantities.tables import currencies, currency_words, units
from nlp.types import QuantityKind

_VAGUE = {
    "數十": (10, "dozens"), "數百": (100, "hundreds"), "數千": (1000, "thousands"), "數萬": (10**4, "tens of thousands"),
    "數十萬": (10**5, "hundreds of thousands"), "數百萬": (10**6, "millions"), "數千萬": (10**7, "tens of millions"),
    "數億": (10**8, "hundreds of millions"), "數十億": (10**9, "billions"), "數百億": (10**10, "tens of billions"),
    "數千億": (10**11, "hundreds of billions"), "數兆": (10**12, "trillions"), "上百": (100, "more than 100"), "上千": (1000, "more than 1,000"),
    "上萬": (10**4, "more than 10,000"), "上億": (10**8, "more than 100 million"),
}  # fmt: skip
_VAGUE |= {han.replace("數", "幾"): said for han, said in _VAGUE.items() if han.startswith("數")}
_VAGUE_WORDS = "|".join(sorted(_VAGUE, key=len, reverse=True))

_VAGUE_MONEY = re.compile(rf"(?<!位)(?<!數一)(?P<vague>{_VAGUE_WORDS})(?!分)(?P<post>{CURRENCY}|元|人|{UNIT})?")
_ROUND = {
    "百": 100,
    "千": 1000,
    "萬": 10**4,
    "十萬": 10**5,
    "百萬": 10**6,
    "千萬": 10**7,
    "億": 10**8,
    "十億": 10**9,
    "百億": 10**10,
    "千億": 10**11,
}
_BARE = re.compile(
    rf"(?P<about>(?<![推通經超透])逾|破|超過|突破|將近|(?<![最附接相靠])近|上看)(?P<n>[十百千]?[萬億]|[百千])(?P<post>{CURRENCY}|元|{UNIT})?(?![分年]?[\d一二三四五六七八九])(?!分之|里馬)"
)
_ORDINAL = re.compile(
    rf"第(?P<n>{NUMBER})(?P<c>條|次|屆|輪|名|冠|大|任|號|度|家|座|季|個|天|年|代|級|批|局|版|期|款|種|張|位(?![置階])|場(?![次地合面所])|部(?![分門長會])|項(?!目)|章|節)?"
)
_COUNTED_THING = re.compile(
    "會[談議面]|試[飛射驗車]|嘗試|觸地|機會|投票|選舉|公投|辯論|手術|高?峰會|世界大戰|訪|登月|發射|任務|懷孕|婚|審|開庭|調查|[\u4e00-\u9fff]{0,4}戰[役爭]|進攻|入侵|相遇|罷免|修憲|革命|起義|玩家|病例|患者|成員"
)
"""What 第N次 and 第一名 count: the second meeting is no second time."""
_NO_LARGEST = re.compile("[學道街樓隊廈門橋]")
"""Behind 第二大, what makes it a name or a number of buildings."""
_LINE = re.compile("有軌|[線路街河]|鐵|捷運|地鐵|高速|隧道|跑道|(?:生)?產|海底|航|管|渠|電")
"""What 第1條 counts that is no article of a law."""
_ANNIVERSARY = re.compile(rf"第?(?P<n>{NUMBER})[週周]年(?:紀念(?![品日館碑堂幣章冊]))?(?![度期])")
_TOP = re.compile(rf"[前頭](?P<n>{NUMBER})(?:大|名|強)(?![球隊家年])|(?P<list>{NUMBER})強")
_MEASURE = re.compile(
    rf"(?P<about>{BEFORE})?(?P<low>{NUMBER})(?<![億萬兆]千)(?P<more>多|餘)?(?:{RANGE}(?P<high>{NUMBER}))?(?P<half>個半(?=月|小時))?(?P<unit>{UNIT})(?P<more2>(?:多|半)(?![出了達付個數少年元賺收繳領給用吃喝走跑活睡賣花虧賠]))?"
    rf"(?P<per>/日|/天|/年)?(?P<after>{AFTER})?"
)
_NOT_COUNTS = re.compile(r"(?:一(?:個|些|種|件|項|位|名|次|度|點|條|方|般|樣|直|起|邊|旦|切|片|番|陣|支|張|座|家|場|處|面|連|台|間|隊|部|人|分|檔|口|股|顆|篇|所|國)|十分|萬一|百分|千萬|兩岸|三國|五角|四處|一分|兩國|兩隊|八點|三人|兩人|二度|七股|一票|一個人|一席|[一十]夜|番兩次)$")  # fmt: skip
_BEFORE_DEGREES = re.compile("[至到上高低近約升降出冷暖熱達破逾]$")
_DEGREES = re.compile(
    rf"(?P<about>{BEFORE})?(?P<scale>攝氏|華氏)?(?P<below>零下|負)?(?P<low>{NUMBER})(?:{RANGE}(?P<high>{NUMBER}))?度(?P<after>{AFTER})?(?![電假過])"
)
_OF_DEGREES = re.compile("[溫熱冷暖寒冰℃緯經角傾斜轉]|攝氏|華氏|氣象|天氣|體溫|發燒|地震|視力|近視|酒精|空污")
_OF_POWER = re.compile("[發用供售購節省][電]|電[量力費價]")
MOST_TIMES = 9
"""So often something is done 3度 or 9度; more of them are degrees."""
_TERM = re.compile(
    rf"(?<![\d第])(?P<years>{NUMBER})年(?P<months>1[01]|[1-9]|十一?|[一二兩三四五六七八九])(?P<whole>個)?月(?![\d底初中]|[上下]旬)"
)
_SENTENCED = re.compile("[判刑處囚關押減]")
LONGEST_TERM = 30
"""Years; more of them are a year of the Republic."""
_RUN = re.compile(r"(?<![\d分])(?P<s>\d{1,2})(?P<unit>秒|公尺|米)(?P<hundredths>\d{2})(?!\d)")
_DECIMAL = re.compile(
    rf"(?P<share>(?:百分之{NUMBER}|{NUMBER}[%％])[^，。；\d]{{0,6}}[至到為成])?(?<![分第])(?P<n>[零〇一二三四五六七八九十百]+點[零〇一二三四五六七八九]{{1,3}})"
    r"(?![十百千萬億兆分刻半多餘起到過定直名個\d點%％])(?=[級，。、；）」的上下]|$|[\u3400-\u9fff])"
)
"""A number with a point and no unit of its own: 規模五點八, 由百分之三點四降至三點三 (percent, like the one before)."""
_HALVES = re.compile(
    rf"(?P<n>{NUMBER})個(?P<part>[半多])(?P<unit>月|小時|鐘頭|世紀)|(?P<years>{NUMBER})年半(?!載)|(?<!大)半個?(?P<alone>年|天|小時|鐘頭|世紀|月)(?![前後來以]?[載會報線刊薪板])"
)
_LARGE = re.compile(
    rf"(?P<about>{BEFORE})?(?P<low>{NUMBER})(?P<more>多|餘)?(?:{RANGE}(?P<high>{NUMBER}))?(?P<after>{AFTER})?(?![\u3400-\u9fffA-Za-z]{{0,1}}[富象])"
)
_BEFORE_A_NUMBER = (
    "國道",
    "省道",
    "縣道",
    "編號",
    "路",
    "街",
    "巷",
    "弄",
    "段",
    "水手",
    "阿波羅",
    "嫦娥",
    "神舟",
    "天宮",
    "旅行者",
    "先鋒",
    "天問",
    "北斗",
    "隼鳥",
    "獵戶座",
    "玉兔",
    "祝融",
    "福衛",
    "月船",
    "長征",
    "空軍",
    "海軍",
    "獵鷹",
    "火星",
    "金星",
    "月球",
    "聯盟",
    "東方",
    "太陽神",
    "道",
)
_NUMBERED = re.compile(rf"(?<!第)(?P<n>{NUMBER})號")
_NUMBERED_THING = re.compile(
    "公路|國道|候選|水門|出口|月台|倉庫|(?:強|大|暴)?風?(?:信號|球)|作品|選手|投手|隧道|病房|[機線道颱井艦艇館店廠坑彎球倉洞艙門礦桿」』]"
)
_FLOOR = re.compile(rf"(?<![第號層、\d])(?P<n>{NUMBER})樓(?![梯層盤板房主宇市高面地上])")
_NO_COUNT = {("家", "比"), ("架", "吵"), ("架", "打"), ("架", "幹")}
"""A counter and what stands before it where they are a verb: 大吵一架."""
_OF_THE_DAY = re.compile("時[間段]|[早晚]上|凌晨|點鐘")
_SECONDS = re.compile(rf"{NUMBER}秒")
_PLACES = re.compile("[升降進退高低跌掉滑](?:出|了|至|到)?$")
_BUILDING = re.compile("舊?(?:公寓|[大高住]?樓|大廈|建築|住宅|旅館|房|校舍|塔|高|商場|飯店|宿舍)")
_IS_A_YEAR = re.compile("(?:[於在]|西元|公元)$")
_SINCE = tuple("後前來內間以的之")
"""Behind a number of years that is no year."""
_OLDER = re.compile("[小大長](?:[他她我你它]|自己)?$")
"""小他14歲 is 14 years younger."""
_OF_A_RUN: dict[str, tuple[QuantityKind, str]] = {
    "秒": ("duration", "seconds"), "公尺": ("measure", "meters"), "米": ("measure", "meters"),
}  # fmt: skip
HIGHEST_FLOOR = 163
"""That of the tallest building."""
_WHOSE = {"his": "翁男伯公父", "her": "婦女嫗嬤婆母"}
_DECADES = re.compile("(?<![上中下])(?:年過|年逾)?(?P<n>[四五六七八九])旬(?=[老高婦翁男女嫗阿嬤伯父母長者夫之]|民眾)")
_GRADE = re.compile("(?<![第學大])(?P<n>[一二三四五六1-6])年級(?P<pupil>學?生)?")
_NOUGHT = ("零", "〇", "○")
"""What is no number in 零件 (parts) and 零組件."""
LEAST_LIST = 49
"""What 強 counts is a list where there are more than these."""
_CODE = re.compile("(?:編碼|編號|郵編|區號|電話|帳號|代碼|號碼)(?:[為是:：])?\\s?$")
LEAST = 10_000
"""The least that a number without a unit must be to count as a quantity; smaller ones are mostly no amounts."""
_AGE, _TIMES = "years old", "times"
_ONE_KW = {Decimal(10**6): ("gigawatt", "gigawatts"), Decimal(10**3): ("megawatt", "megawatts")}


def ordinals(key: str) -> Iterator[Found]:
    """第19輪, 第1702條: first to ninth in words, what is counted in English where it has a name."""
    things = {
        "次": "time",
        "度": "time",
        "冠": "title",
        "輪": "round",
        "屆": "edition",
        "名": "place",
        "批": "batch",
        "天": "day",
    }
    for m in _ORDINAL.finditer(key):
        value = value_of(m["n"])
        if value is None or value != int(value) or estimate(m["n"]):
            continue
        number = int(value)
        article = m["c"] == "條" and not _LINE.match(key, m.end())
        name = f"Article {number}" if article else f"No. {number}" if m["c"] == "號" else english.ordinal(number)
        if m["c"] == "天" and m["n"] == "二":  # the next day
            continue
        if number == 3 and key.startswith(("方", "者"), m.end("n")):  # a third party
            continue
        if key.startswith(("頻道", "月台", "~"), m.end("n")):
            continue
        if m["c"] == "大":
            if number == 1 or _NO_LARGEST.match(key, m.end()):
                continue
            name = f"{name}-largest"
        elif m["c"] in ("次", "名") and (_COUNTED_THING.match(key, m.end()) or key.endswith("的", 0, m.start())):
            pass
        elif m["c"] in things:
            name = f"{name} {things[m['c']]}"
        end = m.end() if m["c"] in (*things, *"號大家座個艘款種張項場位部") or article else m.end("n")
        yield Found(m.start(), end, "ordinal", value, None, None, None, name, 1)


def is_numbered(key: str, start: int, end: int) -> bool:
    """Whether a figure with 號 at ``start:end`` is the number of a thing, and no day: 2號機, 國道1號."""
    return key[end - 1] == "號" and (
        _NUMBERED_THING.match(key, end) is not None or key.endswith(_BEFORE_A_NUMBER, 0, start)
    )


def numbered(key: str) -> Iterator[Found]:
    """2號機, 國道1號: reactor No. 2, National Freeway No. 1."""
    for m in _NUMBERED.finditer(key):
        value = value_of(m["n"])
        if value is not None and value == int(value) and is_numbered(key, m.start(), m.end()):
            yield Found(m.start(), m.end(), "ordinal", value, None, None, None, f"No. {int(value)}", 1)


def floors(key: str) -> Iterator[Found]:
    """10樓 is the 10th floor; what is counted in storeys (十層樓) is none."""
    for m in _FLOOR.finditer(key):
        value = value_of(m["n"])
        if value is not None and not estimate(m["n"]) and 1 <= value <= HIGHEST_FLOOR:
            yield Found(
                m.start(), m.end(), "ordinal", value, None, None, None, f"{english.ordinal(int(value))} floor", 1
            )


def grades(key: str) -> Iterator[Found]:
    """六年級 is the sixth grade, 六年級生 a sixth grader."""
    for m in _GRADE.finditer(key):
        value = value_of(m["n"]) or Decimal(0)
        name = f"{english.ordinal(int(value))} grade{'r' if m['pupil'] else ''}"
        yield Found(m.start(), m.end(), "ordinal", value, None, None, None, name, 1)


def decades(key: str) -> Iterator[Found]:
    """七旬婦人 is a woman in her 70s."""
    for m in _DECADES.finditer(key):
        age = 10 * (value_of(m["n"]) or Decimal(0))
        whose = next((word for word, who in _WHOSE.items() if re.match(f"老?[{who}]", key[m.end() :])), "their")
        yield Found(m.start(), m.end(), "count", age, None, _AGE, "over", f"in {whose} {age}s", 1)


def anniversaries(key: str) -> Iterator[Found]:
    """20週年 is the 20th anniversary, and no 20 weeks."""
    for m in _ANNIVERSARY.finditer(key):
        value = value_of(m["n"])
        if value is not None and value == int(value):
            name = f"{english.ordinal(int(value))} anniversary"
            yield Found(m.start(), m.end(), "ordinal", value, None, None, None, name, 1)


def tops(key: str) -> Iterator[Found]:
    """前三大, 前十名, 五百強: the top three, the top 10, the top 500; 16強 is a round of a tournament."""
    for m in _TOP.finditer(key):
        value = value_of(m["n"] or m["list"])
        if value is not None and not estimate(m["n"] or m["list"]) and (LEAST_LIST if m["list"] else 1) < value <= 1000:
            yield Found(m.start(), m.end(), "count", value, None, None, None, f"top {english.small(value)}", 1)


def measures(key: str) -> Iterator[Found]:
    """A number with a counter word or unit of units.tsv."""
    for m in _MEASURE.finditer(key):
        unit = units()[m["unit"]]
        common = _NOT_COUNTS.search(m.group()) and not m["about"] and not left_open(m)
        if common or not _counted(key, m):
            continue
        low, high = values(m)
        if low is None or (high is not None and high < low):  # 5-2勝 is a score
            continue
        if m["more2"] == "半":
            low += Decimal("0.5")
        about = approximation(m)
        singular, plural = _unit_of(key, m)
        if singular == "kilowatt" and low >= LEAST:
            for size, names in _ONE_KW.items():
                if low >= size:
                    low, high, (singular, plural) = low / size, high / size if high else None, names
                    break
        name = english.approx(about) + english.count(
            low, high, singular, plural, figures=unit.kind == "measure" or plural == _AGE, left_open=left_open(m)
        )
        more = m["more"] or re.search("[多餘]", m["low"])
        if plural == _AGE and high is None and 20 <= low < 100 and low % 10 == 0 and more:
            name = f"in their {low}s"
        if plural == _TIMES and name == "two times":
            name = "twice"
        if plural == _AGE and high is None and (aged := _aged(m, low)):
            name = aged
        if key.endswith("時速", 0, m.start()):
            name += " an hour"
        if m["per"]:
            name += {"日": " a day", "天": " a day", "年": " a year"}[m["per"][1]]
        yield Found(m.start(), m.end(), unit.kind, low, high, plural or None, about, name, 2)


def _unit_of(key: str, m: re.Match[str]) -> tuple[str, str]:
    """The unit's English, singular and plural, which what stands around it may change: 三季 of a league are seasons, 2分22秒 minutes."""
    unit, before, behind = units()[m["unit"]], key[: m.start()], key[m.end() :]
    if m["unit"] == "季" and SEASONS.search(key):
        return "season", "seasons"
    if m["unit"] == "分" and _SECONDS.match(behind):
        return "minute", "minutes"
    if m["unit"] == "位" and _PLACES.search(before) and "排名" in key:
        return "place", "places"
    if m["unit"] == "層" and _BUILDING.match(behind):
        return "story", "stories"
    if unit.plural == _AGE and _OLDER.search(before):
        return "year", "years"
    return unit.singular, unit.plural


def _aged(m: re.Match[str], low: Decimal) -> str | None:
    """People by their age: 16歲以下 is aged 16 and under, 未滿16歲 under 16."""
    if m["after"] in ("以下", "以上"):
        return f"aged {low} and {'under' if m['after'] == '以下' else 'over'}"
    return f"under {low}" if m["about"] in ("未滿", "不到") else None


def _counted(key: str, m: re.Match[str]) -> bool:
    """Whether a number before a counter really counts: 2027年 is a date, 三人民 nothing at all, 那一天 that day, 第一二季 two quarters by name, 凌晨兩三點 an hour and 十七八世紀 none."""
    if key.endswith("第", 0, m.start()) or (m["unit"] == "點" and key.endswith(PARTS_OF_DAY, 0, m.start())):
        return False
    if m["unit"] in ("世紀", "點") and left_open(m):
        return False
    if m["low"] == "一" and m["high"] is None and key.endswith(("那", "這", "某", "同"), 0, m.start()):
        return False
    if (
        m["low"] in ("一", "1")
        and key.endswith(("每", "前", "隔", "翌", "最後", "未來", "接下來"), 0, m.start())
        and m["high"] is None
    ):
        return False
    if (
        m["low"] in ("一", "1")
        and m["unit"] not in ("次", "度", "回")
        and key.endswith(("上", "下", "前", "後", "本"), 0, m.start())
    ):
        return False
    if key.endswith(("禮拜", "星期", "週", "周"), 0, m.start()) and m["unit"] in ("所", "點", "場"):
        return False
    if m["unit"] in ("勝", "敗") and (key.endswith("戰", 0, m.start()) or re.search(r"[-–:：]\s?$", key[: m.start()])):
        return False
    one, unit = m["low"] in ("一", "1") and m["high"] is None, m["unit"]
    if one and (key.startswith(f"一{unit}", m.end()) or key.endswith(f"一{unit}", 0, m.start())):  # 一桶一桶
        return False
    if (unit, key[: m.start()][-1:]) in _NO_COUNT or key.endswith("鐵人", 0, m.start()):
        return False
    if unit == "字" and len(m["low"]) == 1:  # 「抱歉」二字 is a word
        return False
    if unit == "點" and _OF_THE_DAY.search(key) and re.fullmatch(r"[12]?\d|[一二兩三四五六七八九十]{1,3}", m["low"]):
        return False
    if (
        unit == "年"
        and _IS_A_YEAR.search(key[: m.start()])
        and len(m["low"]) == 3
        and key[m.end() : m.end() + 1] not in _SINCE
    ):
        return False
    if unit == "年" and key.endswith(("（前", "(前", "西元前", "公元前"), 0, m.start()):
        return False
    if unit == "天" and key.startswith("安門", m.end("unit")):
        return False
    if m["low"] in _NOUGHT and m["unit"] in ("件", "組", "點"):
        return False
    if m["unit"] == "年" and (re.fullmatch(r"[12]\d{3}", m["low"]) or key.endswith("/", 0, m.start())):
        return False
    after = key[m.end("unit") : m.end("unit") + 1]
    return not (after and after in units()[m["unit"]].not_before)


def _is_warm(key: str, m: re.Match[str], low: Decimal) -> bool:
    """Whether a spelt number of 度 is one of degrees: 三十五度, 高出兩度 of a temperature; 三度 is three times."""
    if low > MOST_TIMES or low != int(low):
        return True
    return _OF_DEGREES.search(key) is not None and _BEFORE_DEGREES.search(key[: m.start()]) is not None


def vague(key: str) -> Iterator[Found]:
    """數百億元, 上千人: the least it can be, and the word that English has for it."""
    for m in _VAGUE_MONEY.finditer(key):
        size, words = _VAGUE[m["vague"]]
        unit = m["post"]
        code = currency_words().get(unit or "") or ("TWD" if unit == "元" else None)
        if code:
            noun = currencies()[code].words[0]
            amount = (
                f"{words} of {noun}"
                if m["vague"][0] in "數幾"
                else f"more than {english.money(Decimal(size), None, code)}"
            )
            yield Found(m.start(), m.end(), "money", Decimal(size), None, code, "over", amount, 1)
        else:
            known = units().get(unit or "")
            noun = known.plural if known else ""
            yield Found(
                m.start(),
                m.end(),
                known.kind if known else "count",
                Decimal(size),
                None,
                noun or None,
                "over",
                _vaguely(m["vague"], words, noun),
                1,
            )


def round_numbers(key: str) -> Iterator[Found]:
    """逾萬人, 破億元, 近百年: more than 10,000 people, more than NT$100 million, nearly 100 years."""
    for m in _BARE.finditer(key):
        value, word, about = Decimal(_ROUND[m["n"]]), m["post"] or "", APPROX_BEFORE[m["about"]]
        code = currency_words().get(word) or ("TWD" if word == "元" else None)
        if code:
            name = english.money(value, None, code)
            yield Found(m.start(), m.end(), "money", value, None, code, about, english.approx(about) + name, 1)
            continue
        unit = units().get(word)
        name = english.count(value, None, unit.singular if unit else "", unit.plural if unit else "")
        yield Found(
            m.start(),
            m.end(),
            unit.kind if unit else "count",
            value,
            None,
            (unit.plural if unit else None) or None,
            about,
            english.approx(about) + name,
            1,
        )


def terms(key: str) -> Iterator[Found]:
    """判刑3年6月, 3年6個月: three years and six months. Without 個 a month is one of a sentence only; elsewhere it is June."""
    for m in _TERM.finditer(key):
        years, months = value_of(m["years"]), value_of(m["months"])
        if (
            years is None
            or months is None
            or not (
                m["whole"]
                or _SENTENCED.search(key, max(0, m.start() - 12), m.start())
                or key.startswith(("徒刑", "有期"), m.end())
            )
        ):
            continue
        if years <= LONGEST_TERM and 0 < months < 12:
            name = f"{english.count(years, None, 'year', 'years')} and {english.count(months, None, 'month', 'months')}"
            yield Found(m.start(), m.end(), "duration", 12 * years + months, None, "months", None, name, 0)


def run_times(key: str) -> Iterator[Found]:
    """9秒98 is 9.98 seconds, 8公尺07 8.07 meters."""
    for m in _RUN.finditer(key):
        value = Decimal(f"{m['s']}.{m['hundredths']}")
        kind, unit = _OF_A_RUN[m["unit"]]
        yield Found(m.start(), m.end(), kind, value, None, unit, None, f"{value} {unit}", 0)


def _vaguely(han: str, words: str, noun: str) -> str:
    """Dozens of ships, more than 1,000 ships, decades."""
    if noun == "years" and han in ("數十", "幾十"):
        return "decades"
    return " ".join((words, "of" if han[0] in "數幾" and noun else "", noun)).replace("  ", " ").strip()


def degrees(key: str) -> Iterator[Found]:
    """Temperatures and angles: 攝氏38度, 零下5度, 38.5度; 三度 alone is three times, and so is 3度 where nothing tells of degrees."""
    for m in _DEGREES.finditer(key):
        low, high = values(m)
        spelt = re.match(r"\d", m["low"]) is None
        if low is None or (spelt and not (m["scale"] or m["below"]) and not _is_warm(key, m, low)):
            continue
        plain = low == int(low) and high is None and not (m["scale"] or m["below"])
        if plain and _OF_POWER.search(key):
            about = approximation(m)
            name = f"{english.approx(about)}{english.plain(low)} kilowatt-hours"
            yield Found(m.start(), m.end(), "measure", low, None, "kilowatt-hours", about, name, 1)
            continue
        if plain and low <= MOST_TIMES and not _OF_DEGREES.search(key):
            continue
        sign = -1 if m["below"] else 1
        unit = {"攝氏": "degrees Celsius", "華氏": "degrees Fahrenheit"}.get(m["scale"] or "", "degrees")
        about = approximation(m)
        words = f"{english.plain(low)} to {english.plain(high)}" if high else english.plain(low)
        name = english.approx(about) + ("minus " if m["below"] else "") + f"{words} {unit}"
        yield Found(m.start(), m.end(), "measure", sign * low, sign * high if high else None, unit, about, name, 1)


def halves(key: str) -> Iterator[Found]:
    """兩個半月, 一年半, 半年: units of time and a half of one."""
    units_of = {"月": "month", "小時": "hour", "鐘頭": "hour", "年": "year", "天": "day", "世紀": "century"}
    for m in _HALVES.finditer(key):
        number = value_of(m["n"] or m["years"]) if m["n"] or m["years"] else Decimal(0)
        if number is None:
            continue
        unit = units_of[m["unit"] or m["alone"] or "年"]
        plural = "centuries" if unit == "century" else f"{unit}s"
        if m["part"] == "多":
            name = english.count(number, None, unit, plural)
            yield Found(m.start(), m.end(), "duration", number, None, plural, "over", f"more than {name}", 1)
            continue
        if m["alone"]:
            name = f"half a{'n' if unit == 'hour' else ''} {unit}"
        else:
            name = english.and_a_half(number, unit, plural)
        yield Found(m.start(), m.end(), "duration", number + Decimal("0.5"), None, plural, None, name, 1)


def decimals(key: str) -> Iterator[Found]:
    """五點八 is 5.8, and a share where it goes on from one; an hour of the day (三點五分, 凌晨兩點三) has no such point."""
    for m in _DECIMAL.finditer(key):
        value = value_of(m["n"])
        if value is None or key.endswith(PARTS_OF_DAY, 0, m.start("n")):
            continue
        name = english.plain(value) + "%" * bool(m["share"])
        yield Found(
            m.start("n"),
            m.end(),
            "percent" if m["share"] else "count",
            value,
            None,
            "%" if m["share"] else None,
            None,
            name,
            0,
        )


def large(key: str) -> Iterator[Found]:
    """A large number without a unit, which stands for what was named before: 增至1.3億, 500多萬."""
    for m in _LARGE.finditer(key):
        low, high = values(m)
        if _CODE.search(key[: m.start()]):
            continue
        if low is not None and low >= LEAST and re.match("[0-9一二兩三四五六七八九]", m["low"]):
            about = approximation(m)
            name = english.approx(about) + english.count(low, high, "", "", left_open=left_open(m))
            yield Found(m.start(), m.end(), "count", low, high, None, about, name, 3)


RECOGNISERS = (
    ordinals,
    numbered,
    floors,
    grades,
    decades,
    anniversaries,
    tops,
    measures,
    terms,
    run_times,
    degrees,
    halves,
    decimals,
    vague,
    round_numbers,
    large,
)
