"""What a page says about its article: the headline, the outlet and the byline; dates are in :mod:`nlp.clean.dates`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlp.clean.dates import only_dates, without_times
from nlp.clean.lines import Line, share, squeeze

_SIGNATURES = """
    經濟日報 聯合報 聯合新聞網 聯合晚報 自由時報 自由財經 中央社 ETtoday 世界日報 世界新聞網 中時新聞網 中時電子報
    中國時報 工商時報 旺報 時報資訊 鉅亨網 華視新聞 華視 NOWnews Yahoo奇摩 三立新聞網 鏡週刊 鏡新聞 鏡報 風傳媒 公視
    民視新聞 民視 台視 中視 東森新聞 中廣 TVBS 緯來新聞網 大愛電視 壹電視 壹蘋新聞網 上報 太報 財訊 今周刊 商業周刊
    天下雜誌 遠見雜誌 數位時代 科技新報 MoneyDJ 中央廣播電臺 央廣 信傳媒 引新聞 知新聞 CTWANT FTNN新聞網 匯流新聞網
    Newtalk新聞 台灣英文新聞 報導者 端傳媒 香港01 明報 星島日報 BBC中文 德國之聲 美國之音
"""
OUTLETS = {name: name for name in _SIGNATURES.split()} | {"今日新聞": "NOWnews"}
"""How an outlet signs its articles, and its name. The names are those the ten outlets and their partners print."""

_ROLE = r"(?:記者|編譯|特派員|特派記者|特約記者|駐\S{2,6}記者|實習記者|責任編輯|編輯|撰文|作者|主筆|文)"
_CREDIT = r"(?:報導|外電|專電|[日]電|特稿|連線|分析|攝影|編輯部)"
_BYLINES = (
    re.compile(
        rf"^[〔【\[（(]?\S{{0,10}}?[／/]?\s*{_ROLE}[^。，]{{0,24}}[／/]\s*[^。，]{{0,16}}{_CREDIT}[〕】\])）]?$"
    ),
    re.compile(r"^\S{2,10}[／/]\s*[^。，！？]{0,24}(?:報導|外電|專電|日電|特稿)$"),
    re.compile(rf"^{_ROLE}\s*[：:／/\s]\s*[^。，！？\s]{{2,12}}(?:\s.{{0,12}})?$"),
    re.compile(r"^(?:記者|編譯|特派員|責任編輯)\s?[\u4e00-\u9fff]{2,3}(?:\s?報導)?$"),
    re.compile(
        r"^(?:綜合報導|綜合外電報導|新聞部|編輯部|[◎☉文]\S{2,8}中心|\S{2,6}中心[／/]\S{0,12}[報電]導?|[◎☉]\S{2,4})$"
    ),
    re.compile(r"^中央社\S{0,12}(?:報導|電)$|^\S{2,12}\d{1,2}日\S{0,6}(?:報導|電)$|^即時新聞[／/]\S{2,8}$"),
    re.compile(r"^鉅亨網\S{2,10}(?:\s.{0,24})?$"),
    re.compile(r"^(?!獨家|專訪|快訊|直播|影音|圖解|專題|社論)[\u4e00-\u9fff]{2,4}[／/]\s?[\u4e00-\u9fff]{2,5}$"),
    re.compile(rf"^(?:{'|'.join(OUTLETS)})\s?[／/]\s?\S{{2,16}}$"),
    re.compile(
        rf"^(?:{'|'.join(OUTLETS)})\s[\u4e00-\u9fff]{{2,4}}(?:[\s、][\u4e00-\u9fff]{{2,4}}){{0,3}}(?:\s?報導)?$"
    ),
    re.compile(r"^(?:[文圖攝影採訪整理撰]{1,4}[｜|／/：:]\s?\S{2,8}\s{0,2}){1,3}$"),
    re.compile(r"^[\u4e00-\u9fff]{2,4}(?:\s[\u4e00-\u9fff]{2,4}){0,3}\s?報導\s?[／/]\s?\S{2,8}$"),
)
_REPORTER = re.compile(r"(?:記者|編譯|特派員|責任編輯)[\s：:]?([\u4e00-\u9fff]{2,3}(?:、[\u4e00-\u9fff]{2,3})*)")
_NOT_A_NAME = re.compile(r"綜合|報導|外電|編輯|台北|臺北|中心|連線|即時|整理|會|攝影")
_SITE_NAME = r"[|｜]|新聞|日報|時報|中央社|鉅亨|ETtoday|Yahoo|NOWnews|華視|CNA"
_SITE = re.compile(r"\s*[|｜–—_-]\s*[^|｜]{0,24}$")

KIN = 0.1
"""The part of a headline's bigrams its article has at least; headlines of other articles mostly have none."""


def is_dateline(line: Line) -> bool:
    """Whether a line says when the article appeared and nothing else."""
    if len(line.text) > 60 or (line.paragraph and "。" in line.text):
        return False
    rest = line.text
    for outlet in OUTLETS:
        rest = rest.replace(outlet, "")
    return only_dates(rest)


def is_byline(line: Line) -> bool:
    """Whether a line names the reporter or the desk, as ``聯合報／ 記者王小明／台北報導`` does."""
    if len(line.text) > 60 or line.sentence:
        return False
    bare = without_times(line.text)
    return bare in OUTLETS or any(pattern.match(bare) for pattern in _BYLINES)


def reporter(text: str) -> str | None:
    """The reporter a byline or an opening names, with the role before the name: ``編譯簡國帆``."""
    found = _REPORTER.search(text)
    if not found or _NOT_A_NAME.search(found.group(1)):
        return None
    return squeeze(found.group(0)).replace("：", "").replace(":", "")


def outlet(texts: Sequence[str]) -> str | None:
    """The outlet named earliest in the first of ``texts`` (bylines, then the opening of the body) that names one."""
    for text in texts:
        found = [(text.find(sign), -len(sign), name) for sign, name in OUTLETS.items() if sign in text]
        if found:
            return min(found)[2]
    return None


def opening(body: Sequence[Line]) -> str:
    """What stands in brackets at the very start of the body: ``(中央社倫敦2日綜合外電報導)``, ``〔記者…〕``."""
    start = body[0].text[:60] if body else ""
    found = re.match(r"[（(〔［\[【]([^）)〕］\]】]{2,40})[）)〕］\]】]|([^。，]{2,30}報導)(?=[\s　])", start)
    return found.group(0) if found else ""


def without_site(title: str) -> str:
    """A headline without the site's name that browsers put behind it: ``… | 國際 | 聯合新聞網``."""
    for _ in range(3):
        found = _SITE.search(title)
        if not found or not re.search(_SITE_NAME, found.group(0)):
            break
        if found.start() < 6:
            break
        title = title[: found.start()]
    return title


def pick_title(candidates: Sequence[tuple[int, Line]], known: set[str], anchors: Sequence[int]) -> int | None:
    """Which of the headlines above the body is the article's own: the place of one of ``candidates``, or None.

    ``known`` holds the bigrams of the body, ``anchors`` the places of bylines, datelines and captions, the surest first.
    The last headline before the first anchor that has one wins, else the last of all, unless it says next to nothing of
    what the body says and another one says much of it. One without a single word of the body is not its headline.
    """
    kin = [(place, share(line.text, known) if known else 1.0) for place, line in candidates]
    kin = [(place, part) for place, part in kin if part > 0]
    before = [[one for one in kin if one[0] < anchor] for anchor in anchors]
    pool = next((some for some in before if some), kin)
    if not pool:
        return None
    place, part = pool[-1]
    best = max(pool, key=lambda one: (one[1], one[0]))
    return best[0] if part < KIN and best[1] > 3 * KIN else place
