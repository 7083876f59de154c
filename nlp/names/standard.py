"""Names from Unicode CLDR, through Babel: countries, cities and currencies in the Chinese of Taiwan, Hong Kong and the mainland.

Source: CLDR (Unicode License v3) as packaged by Babel. Its English names are written as news writes them; the table of
exceptions is this project's.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from nlp.names.glossary_file import Entry
from nlp.names.lexicon import Lexicon, derived

_LOCALES = ("zh_Hant_TW", "zh_Hant_HK", "zh_Hans_CN")
_ENGLISH = {
    "Hong Kong SAR China": "Hong Kong",
    "Macao SAR China": "Macao",
    "Myanmar (Burma)": "Myanmar",
    "Palestinian Territories": "Palestinian territories",
    "Congo - Kinshasa": "Democratic Republic of the Congo",
    "Congo - Brazzaville": "Republic of the Congo",
    "Bosnia & Herzegovina": "Bosnia and Herzegovina",
    "Trinidad & Tobago": "Trinidad and Tobago",
    "Türkiye": "Turkey",
    "Côte d’Ivoire": "Ivory Coast",
}
_SHORT = {"US": "US", "GB": "UK", "AE": "UAE", "EU": "EU"}
_ZH_BRACKET = re.compile(r"[（(].*?[）)]")


def cldr() -> Lexicon:
    """The names of :func:`standard`, compiled."""
    return derived("babel", Path(__file__), standard)


@cache
def standard() -> tuple[Entry, ...]:
    """Countries (GPE), cities that name a time zone (GPE) and currencies (terms)."""
    from babel import Locale

    english = Locale.parse("en")
    chinese = [Locale.parse(code) for code in _LOCALES]
    return (*_countries(english, chinese), *_cities(english, chinese), *_currencies(english, chinese))


def _countries(english: object, chinese: list) -> list[Entry]:  # type: ignore[type-arg]
    out = []
    for code, name in english.territories.items():  # type: ignore[attr-defined]
        if not re.fullmatch("[A-Z]{2}", code) or code in ("ZZ", "EU", "UN", "EZ", "XA", "XB", "QO"):
            continue
        forms = _forms(locale.territories.get(code, "") for locale in chinese)
        if forms:
            name = _ENGLISH.get(name, name).replace("’", "'")
            out.append(Entry(forms[0], name, forms[1:], _SHORT.get(code), "GPE", source="CLDR"))
    return out


def _cities(english: object, chinese: list) -> list[Entry]:  # type: ignore[type-arg]
    out = []
    zones: dict[str, dict[str, str]] = english.time_zones  # type: ignore[attr-defined]
    for zone in sorted(set().union(*(locale.time_zones for locale in chinese))):
        if "/" not in zone or zone.startswith(("Etc/", "Antarctica/")):
            continue
        name = zones.get(zone, {}).get("city") or zone.rsplit("/", 1)[1].replace("_", " ")
        forms = _forms(locale.time_zones.get(zone, {}).get("city", "") for locale in chinese)
        if forms and all(len(f) > 1 for f in forms):
            out.append(Entry(forms[0], name, forms[1:], None, "GPE", source="CLDR"))
    return out


def _currencies(english: object, chinese: list) -> list[Entry]:  # type: ignore[type-arg]
    out = []
    for code in ("USD", "TWD", "EUR", "JPY", "CNY", "GBP", "KRW", "HKD", "AUD", "CAD", "CHF", "SGD", "INR", "THB", "RUB", "VND", "IDR", "MYR", "PHP", "BRL", "MXN", "TRY", "SEK", "NOK", "ZAR"):  # fmt: skip
        forms = _forms(locale.currencies.get(code, "") for locale in chinese)
        name = english.currencies[code]  # type: ignore[attr-defined]
        if forms:
            words = name.split()
            out.append(Entry(forms[0], " ".join([*words[:-1], words[-1].lower()]), forms[1:], source="CLDR"))
    return out


def _forms(names: object) -> tuple[str, ...]:
    """Distinct Chinese forms of two characters and more, explanations in brackets taken off."""
    plain = [_ZH_BRACKET.sub("", n).strip() for n in names]  # type: ignore[attr-defined]
    return tuple(dict.fromkeys(n for n in plain if len(n) > 1 and not n.isascii()))
