"""Heads and meetings of bodies, which Chinese writes as the body's name and one character: 勞動部長, 行政院長, 苗栗縣長, 行政院會, 民眾黨團.

A small model makes nothing of Ministry of Labor長, and the names of the bodies are no names of their heads.
"""

from __future__ import annotations

import re

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
_PLACES = {"縣": "magistrate", "市": "mayor", "州": "governor", "省": "governor"}


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
