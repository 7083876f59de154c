"""Heads and meetings of bodies, which Chinese writes as the body's name and one character: 勞動部長, 行政院長, 苗栗縣長, 行政院會, 民眾黨團, 台北市立.

A small model makes nothing of Ministry of Labor長, and the names of the bodies are no names of their heads.
"""

from __future__ import annotations

import re

from nlp.names import adjective
from nlp.types import Entity, Mention

_YUANS = {
    "Executive Yuan": ("premier", "vice premier"),
    "Legislative Yuan": ("legislative speaker", "deputy legislative speaker"),
}
"""Heads and their deputies that English does not call presidents of their yuan."""
_MINISTRY = "Ministry of "
_DEPARTMENT = re.compile(r"U\.S\. (?:Department of (?P<of>.+)|(?P<field>.+) Department)")
_HEAD = "長(?![期達久年遠途大])"
_SESSIONS = {"Executive Yuan": "cabinet meeting", "Legislative Yuan": "Legislative Yuan plenary session"}
_SESSION = re.compile("院?會(?![計議員報同客商址])")
_MEMBER = re.compile("黨?員")
_CAUCUS = re.compile("團(?![隊體長結員圓])")
_OF_A_YUAN = re.compile(f"(?P<deputy>副院)?院?{_HEAD}")
_OF_A_MINISTRY = re.compile(f"(?P<deputy>(?:政務|常務)?次)?{_HEAD}")
_OF_A_PLACE = re.compile(_HEAD)
_RUN_BY = re.compile("立(?=[^，。、委法場即志下定有約於])")
_PUBLIC = {"縣": "county", "市": "municipal", "州": "state"}
"""Whose it is: 台北市立動物園, Taipei municipal zoo."""
_PLACES = {"縣": "magistrate", "市": "mayor", "州": "governor", "省": "governor"}


_TITLES = {
    "總統": "President", "總理": "Prime Minister", "首相": "Prime Minister", "國務卿": "Secretary of State", "參議員": "Sen.", "眾議員": "Rep.",
    "州長": "Gov.", "市長": "Mayor", "議長": "Speaker", "大法官": "Justice", "法官": "Judge", "教授": "Professor", "教宗": "Pope", "國王": "King", "女王": "Queen",
    "將軍": "Gen.", "爵士": "Sir", "秘書長": "Secretary-General",
}  # fmt: skip
_TITLE = re.compile(f"(?P<title>{'|'.join(_TITLES)})(?![府任級選職權夫候職團室辦事署期提])")
_OF_A_COUNTRY = re.compile(
    "(?:人民|民眾|居民|國民|官員|政府|軍方|警方|當局|媒體|總統|總理|首相|國會|議員|參議員|外長|外交官|大使|記者|學者|專家|科學家|作家|導演|歌手|演員|球員|選手|球迷|前鋒|後衛|門將|"
    "教練|商人|企業|公司|業者|製造商|車廠|品牌|銀行|股市|經濟|市場|士兵|軍隊|部隊|海軍|空軍|陸軍|男子|女子|男星|女星|遊客|學生|工人|農民|律師|法院|法官|工會)(?![^，。、的]?國籍)"
)
"""Who or what is of the country before it, which English says with its adjective: 德國官員, German officials."""


def titled(text: str, mention: Mention, entity: Entity) -> tuple[str, int] | None:
    """A person with the title behind the name before it, and where the title ends: 川普總統, President Donald Trump; 梅首相 has it in the name."""
    if entity.type != "PERSON" or not entity.name:
        return None
    if found := _TITLE.match(text, mention.end):
        return f"{_TITLES[found['title']]} {entity.name}", found.end()
    title = next((english for han, english in _TITLES.items() if mention.text[1:].endswith(han)), None)
    return (f"{title} {entity.name}", mention.end) if title else None


def national(text: str, mention: Mention, entity: Entity) -> str | None:
    """The adjective of a country that a noun for somebody or something of it follows."""
    if entity.type != "GPE" or not _OF_A_COUNTRY.match(text, mention.end):
        return None
    return "U.S." if entity.name == "United States" else adjective(entity.name or "")


def office(text: str, mention: Mention, entity: Entity) -> tuple[str, int] | None:
    """What begins with a ``mention`` of ``entity`` and is no body, in English, and where it ends in ``text`` (code points)."""
    name = entity.name or ""
    if name.endswith(" Yuan") and (m := _SESSION.match(text, mention.end)):
        return _SESSIONS.get(name, f"{name} meeting"), m.end()
    if name.endswith(("Party", "Kuomintang")) and (m := _CAUCUS.match(text, mention.end)):
        return f"{name} caucus", m.end()
    if name.endswith("Party") and (m := _MEMBER.match(text, mention.end)):
        return f"{name} member", m.end()
    if name.endswith(" Yuan") and (m := _OF_A_YUAN.match(text, mention.end)):
        head, deputy = _YUANS.get(name, (f"{name} president", f"{name} vice president"))
        return (deputy if m["deputy"] else head), m.end()
    if entity.type == "ORG" and (m := _OF_A_MINISTRY.match(text, mention.end)) and (minister := _minister(name)):
        return f"{'Deputy ' if m['deputy'] else ''}{minister}", m.end()
    if (
        mention.text.endswith("州")
        and entity.type == "GPE"
        and text.startswith(("警", "議會", "政府", "檢察"), mention.end)
    ):
        return f"{name} state", mention.end
    if entity.type == "GPE" and mention.text[-1] in _PLACES and (m := _OF_A_PLACE.match(text, mention.end)):
        return f"{name} {_PLACES[mention.text[-1]]}", m.end()
    return None


def run_by(text: str, place: Mention, name: str) -> tuple[str, int] | None:
    """What a city or county runs, and where 立 behind its name ends: 台北市立動物園, Taipei municipal."""
    found = _RUN_BY.match(text, place.end) if place.text[-1] in _PUBLIC else None
    if found is None:
        return None
    kind = _PUBLIC[place.text[-1]]
    return f"{name.removesuffix(f' {kind}')} {kind} ", found.end()


def _minister(name: str) -> str | None:
    """The head of a ministry or of a department of the U.S. government: Minister of Labor, U.S. Energy Secretary."""
    country, found, field = name.rpartition(_MINISTRY)
    if found:
        return f"{country}Minister of {field}"
    department = _DEPARTMENT.fullmatch(name)
    return f"U.S. {department['of'] or department['field']} Secretary" if department else None


def heads(name: str) -> tuple[str, ...]:
    """What stands for a body's ``name`` where its head is meant: premier, Labor Minister."""
    if head := _minister(name):
        country, _, field = name.rpartition(_MINISTRY)
        others = (
            (f"{country}{field} Minister", f"{country}{field} Ministry", f"{field} Minister") if field != name else ()
        )
        return head, *others
    return (*_YUANS[name], "cabinet") if name == "Executive Yuan" else _YUANS.get(name, ())
