"""A small reader of briefs, written apart from the checks: it knows figures by value, Chinese characters and capitals, no more."""

import re
from decimal import Decimal

_DIGITS = dict(zip("零〇一二兩三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_SCALES = {"十": 10, "百": 100, "千": 1000, "萬": 10**4, "億": 10**8, "兆": 10**12}
_ENGLISH = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_CALENDAR = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "Aug",
    "Sept",
    "Oct",
    "Nov",
    "Dec",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
]
_TITLES = {
    "Prime": "首相|總理|揆", "Minister": "首相|總理|部長|大臣|揆", "President": "總統|總裁|主席|會長", "Governor": "總裁|州長", "King": "國王",
    "Chief": "長|首席", "General": "將|長", "Mayor": "市長",
}  # fmt: skip
"""Titles that English writes with a capital, and the Chinese that they stand for."""
_OTHER = ["US", "NT", "HK", "A", "C", "I", "U.S", "U.S."]


def figures(english):
    """The values of the figures in digits, each with the text it was read from."""
    found = re.finditer(r"(\d[\d,]*(?:\.\d+)?)(?:[ -](thousand|million|billion|trillion))?", english)
    return [(m.group(), Decimal(m[1].rstrip(",").replace(",", "")) * _ENGLISH.get(m[2], 1)) for m in found]


def values(chinese):
    """Every value that the Chinese may stand for: of whole figures, of their parts, and of what news counts in (碼)."""
    out = set()
    for run in re.findall(
        r"[\d,.十百千萬億兆零〇一二兩三四五六七八九]+", chinese.translate({0xFF10 + n: 48 + n for n in range(10)})
    ):
        for start in range(len(run)):
            for end in range(start + 1, len(run) + 1):
                value = _value(run[start:end])
                out |= {value} if value is not None else set()
    out |= {v * 25 for v in out if "碼" in chinese}
    out |= {v - 12 for v in out if 12 < v <= 24 and re.search("[時點:]", chinese)}
    return out | {v + 1911 for v in out if "民國" in chinese}


def _value(text):
    total = section = Decimal(0)
    number = None
    for piece in re.findall(r"\d[\d,]*(?:\.\d+)?|.", text):
        if piece[0].isdigit():
            if number is not None:
                return None
            number = Decimal(piece.rstrip(",").replace(",", ""))
        elif piece in _DIGITS:
            number = Decimal(_DIGITS[piece]) if number is None else number * 10 + _DIGITS[piece]
        elif piece in _SCALES and _SCALES[piece] < 10**4:
            section, number = section + (1 if number is None else number) * _SCALES[piece], None
        elif piece in _SCALES:
            total, section, number = total + (section + (number or 0)) * _SCALES[piece], Decimal(0), None
        else:
            return None
    return total + section + (number or 0)


def capitalised(english):
    """Runs of capitalised words, without what opens a sentence or somebody's words in an ordinary word's place."""
    out = []
    for m in re.finditer(r"(?<![\w.'’-])[A-Z][\w.'’&-]*(?: [A-Z][\w.'’&-]*)*", english):
        quoted = english[: m.start()].endswith(('"', "“")) and english[m.end() : m.end() + 2].strip().islower()
        opens = m.start() == 0 or quoted or english[: m.start()].rstrip(' "“(').endswith((".", "!", "?", ":"))
        out += [w for n, w in enumerate(m.group().split()) if not (opens and n == 0)]
    return [re.sub(r"(?:['’]s)?[.,;:]*$", "", w) for w in out]


def faults(english, result):
    """What is wrong with a text of a brief, by itself and against the whole article."""
    article = result.article.text + (result.article.title or "")
    known = {*_CALENDAR, *_OTHER, *re.findall(r"[A-Za-zÀ-ɏ][\w&'’-]*", article)}
    for form in [
        *(e.name for e in result.entities),
        *(e.short for e in result.entities),
        *(t.name for t in result.terms),
        *(q.name for q in result.quantities),
    ]:
        known |= set(re.findall(r"[A-Za-zÀ-ɏ][\w.&'’-]*", form or ""))
    spelt = {w.rstrip(".").casefold() for w in known}
    spelt |= {title.casefold() for title, chinese in _TITLES.items() if re.search(chinese, article)}
    found = [
        f"Chinese: {c}" for c in re.findall(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]", english)
    ]
    found += [f"no text: {c!r}" for c in english if not c.isprintable() or ord(c) >= 0x2400]
    found += [
        f"markup: {m}" for m in re.findall(r"[<>{}|\\^`#*_=\[\]~]|https?:|www\.|\w\.(?:com|net|org|example)\b", english)
    ]
    here = values(article) | (
        {Decimal(n) for n in (result.article.published or "") and str(result.article.published).split("-")}
    )
    found += [f"figure: {text}" for text, value in figures(_without(english, known)) if value not in here]
    found += [f"name: {w}" for w in capitalised(english) if w.casefold() not in spelt and not _demonym(w, known)]
    return found


def _without(english, known):
    """The text without names that have figures in them (G7)."""
    return re.sub(
        "|".join(sorted((re.escape(k) for k in known if re.search(r"\d", k)), key=len, reverse=True)) or "(?!)",
        " ",
        english,
    )


def _demonym(word, known):
    """A people or adjective is told by what it shares with the country's name: Australian, Indian, Japanese."""
    return any(len(k) > 3 and word[:4] == k[:4] for k in known) or (word, "United") in {
        (w, "United") for w in ("British", "American", "Americans", "Britain")
    } & {(word, k) for k in known}
