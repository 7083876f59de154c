"""Chinese personal names in Latin script: Wade–Giles as Taiwanese passports have it, Hanyu Pinyin for the mainland.

Readings of single characters are pypinyin's, but for surnames, which read differently (曾 *zeng*, 單 *shan*). Wade–Giles
is made from Pinyin by the rules below, written after the comparison table of the system; like passports, it leaves out
apostrophes and the dots of ü. Nobody has vouched for a name made so: its bearer may spell it otherwise.
"""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path

from nlp.names.folding import fold

SURNAME_READINGS = {
    "曾": "zeng", "單": "shan", "单": "shan", "仇": "qiu", "查": "zha", "解": "xie", "任": "ren", "區": "ou", "区": "ou", "葉": "ye", "叶": "ye",
    "樂": "yue", "乐": "yue", "翟": "zhai", "冼": "xian", "盛": "sheng", "繆": "miao", "缪": "miao", "應": "ying", "应": "ying", "費": "fei",
    "沈": "shen", "紀": "ji", "纪": "ji", "覃": "qin", "卜": "bu", "薄": "bo", "蓋": "ge", "牟": "mou", "員": "yun", "黑": "he", "柏": "bo",
    "尉": "yu", "召": "shao", "華": "hua", "华": "hua", "寧": "ning", "宁": "ning", "石": "shi", "甯": "ning", "俞": "yu", "於": "yu", "于": "yu",
    "万": "wan", "萬": "wan", "祭": "zhai", "晟": "cheng", "洗": "xian", "重": "chong", "長": "zhang", "車": "che", "车": "che", "朴": "piao",
}  # fmt: skip
GIVEN_READINGS = {
    "行": "xing", "長": "chang", "长": "chang", "樂": "le", "乐": "le", "重": "zhong", "朝": "chao", "澄": "cheng", "傳": "chuan", "传": "chuan",
    "興": "xing", "兴": "xing", "正": "zheng", "中": "zhong", "好": "hao", "為": "wei", "为": "wei", "和": "he", "相": "xiang", "宿": "su",
    "柏": "bo", "伯": "bo", "卓": "zhuo", "賢": "xian", "盛": "sheng", "乾": "qian", "曾": "zeng", "柔": "rou", "佑": "you", "妤": "yu",
    "翟": "zhai", "少": "shao", "省": "sheng", "調": "diao", "藏": "cang", "佛": "fo", "冠": "guan", "勝": "sheng", "釗": "zhao", "钊": "zhao",
}  # fmt: skip
"""Readings in given names where a character has several and pypinyin's first is another."""
_DOUBLE = (
    "歐陽",
    "欧阳",
    "司馬",
    "司马",
    "諸葛",
    "诸葛",
    "上官",
    "司徒",
    "張簡",
    "张简",
    "范姜",
    "皇甫",
    "東方",
    "夏侯",
    "令狐",
    "公孫",
    "端木",
)
SURNAMES = frozenset(
    "丁丘严于仇伍何余侯俞倪傅僑儲全兵冉冯冷凃凌刁刘劉勞勾包匡區千卓卜卞卡卢古史司吉向吕吳吴呂周咸哈唐商喬單喻嚴婁孔孙孟季孫安宋宗官宮尚尤尹屈屠岑"
    "岳崔左巫常平幸庄康廉廖张張強彭徐成戚戴房支文方於施易晁時曲曹曾朱朴李杜束杨林柏查柯柳柴栗桂桑梁梅植楊楚榮樂樊樓欒欧歐武殷毛水江池汪沈沙洛洪浦"
    "涂温游湯溫滕潘澎焦熊牛牟狄王甄甘田申留畢白皮盛盧瞿石祁祖祝秦程穆竇章童端符简管簡米紀練繆纪罗羅翁翟翦耿聂聶胡胥臧艾芮苏苗范茅莊莫華萧萬葉葛董"
    "蒋蒙蒲蓋蔡蔣蔺蕭薄薛藍蘇虞衛袁裘裴覃解許詹談諸謝譚许谢谭谷豐貝貢賀賈賴赖赫赵趙路車车辛辜連遊邊邓邢那邱邵邸郁郎郑郝郭鄂鄒鄔鄧鄭鄺酆金錢鍾鐘钟"
    "钱閔閻闕關阎阮陆陈陳陶陸陽隋雷霍霸靳韋韓韩韶項顏顧顾饒馬馮駱马高鬱魏魯鮑鲍麥黃黄黎黨齊齐龍龐龔龙"
)
"""Characters that Chinese surnames are written with, in both scripts; foreign names begin with many of them too."""
_HAN = re.compile(r"[\u3400-\u9fff]+")
_INITIAL = re.compile("zh|ch|sh|[bpmfdtnlgkhjqxrzcs]?")
_INITIALS = {
    "b": "p", "p": "p", "d": "t", "t": "t", "g": "k", "k": "k", "j": "ch", "q": "ch", "x": "hs", "zh": "ch", "ch": "ch",
    "r": "j", "z": "ts", "c": "ts",
}  # fmt: skip
_WHOLE = {
    "zhi": "chih", "chi": "chih", "shi": "shih", "ri": "jih", "zi": "tzu", "ci": "tzu", "si": "szu", "er": "erh", "ye": "yeh", "yue": "yueh",
    "yan": "yen", "yong": "yung", "you": "yu", "ge": "ko", "ke": "ko", "he": "ho", "guo": "kuo", "kuo": "kuo", "huo": "huo", "shuo": "shuo",
    "gui": "kuei", "kui": "kuei", "yo": "yo",
}  # fmt: skip
_FINALS = {
    "ie": "ieh",
    "ue": "ueh",
    "ve": "ueh",
    "ian": "ien",
    "ong": "ung",
    "iong": "iung",
    "uo": "o",
    "v": "u",
    "üe": "ueh",
    "ü": "u",
}


def wade_giles(syllable: str) -> str:
    """A Pinyin syllable without tone (ü as ``v`` or ``ü``) in Wade–Giles without signs: ``guo`` → ``kuo``."""
    if syllable in _WHOLE:
        return _WHOLE[syllable]
    initial = _INITIAL.match(syllable).group()  # type: ignore[union-attr]
    final = syllable[len(initial) :]
    return _INITIALS.get(initial, initial) + _FINALS.get(final, final)


def taiwanese(name: str) -> str:
    """A Taiwanese name as passports have it: 韓國瑜 → ``Han Kuo-yu``. Raises ``ValueError`` for what is no such name."""
    surname, given = _readings(name)
    family = "".join(map(wade_giles, surname)).capitalize()
    return f"{family} {'-'.join(map(wade_giles, given)).capitalize()}"


def mainland(name: str) -> str:
    """A mainland name in Pinyin: 丁薛祥 → ``Ding Xuexiang``. Raises ``ValueError`` for what is no such name."""
    surname, given = _readings(name)
    return f"{_plain(''.join(surname)).capitalize()} {_plain(''.join(given)).capitalize()}"


def _plain(pinyin: str) -> str:
    return pinyin.replace("lv", "lü").replace("nv", "nü").replace("ü", "u")


def _parts(name: str) -> tuple[str, str] | None:
    """Surname and given name of what has the form of a Chinese name: two or three characters, more with a double surname."""
    size = 2 if name.startswith(_DOUBLE) and len(name) > 2 else 1
    if not size < len(name) <= size + 2 or not _HAN.fullmatch(name):
        return None
    return name[:size], name[size:]


def _readings(name: str) -> tuple[list[str], list[str]]:
    parts = _parts(name)
    if parts is None:
        raise ValueError(f"{name}: not a Chinese name of two to four characters")
    surname, given = parts
    return (
        [SURNAME_READINGS.get(c) or _reading(c) for c in surname],
        [GIVEN_READINGS.get(c) or _reading(c) for c in given],
    )


@cache
def _reading(char: str) -> str:
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")  # only single characters are read
    from pypinyin import Style, lazy_pinyin

    (syllable,) = lazy_pinyin([char], style=Style.NORMAL, v_to_u=False)
    return syllable


THRESHOLD = 2.0
"""Log odds from which a name is taken to be Chinese (training/chinese_names.py prints what each threshold keeps)."""


@cache
def _odds() -> tuple[dict[str, float], dict[str, float]]:
    lines = Path(__file__).with_name("chinese_names.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")][1:]
    return {c: float(first) for c, first, _ in rows}, {c: float(rest) for c, _, rest in rows}


def likelihood(name: str) -> float:
    """Log odds that a person's name is Chinese and no transliteration, by its characters; ``-inf`` where it cannot be.

    A surname alone says little: 21 % of foreign names begin with one (華盛頓, 施洛德).
    """
    if _parts(name) is None or name[0] not in SURNAMES:
        return float("-inf")
    first, rest = _odds()
    name = fold(name)
    return first.get(name[0], 0.0) + sum(rest.get(c, 0.0) for c in name[1:])


def looks_transliterated(name: str) -> bool:
    """Whether the characters of a name are those that foreign names are written with, more than not."""
    _, rest = _odds()
    return sum(rest.get(c, 0.0) for c in fold(name)) < 0
