"""Markdown to lines of text: marks gone, words and order kept, the first level-1 heading as title.

Only what people paste is read (CommonMark headings, lists, quotes, rules, fences, links, images, emphasis, and YAML
front matter of simple ``key: value`` lines); anything else stays as it stands.
"""

from __future__ import annotations

import datetime
import re

from nlp.read.raw import Fields

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*$")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_LEAD = re.compile(r"[ \t]*(?:>[ \t]?)*(?:[-*+][ \t]+)?")
_IMAGE = re.compile(r"!\[[^\[\]\n]{0,500}\]\([^()\n]{0,2000}\)")
_LINK = re.compile(r"\[([^\[\]\n]{1,500})\](?:\([^()\n]{0,2000}\)|\[[^\[\]\n]{0,200}\])")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,2000})>")
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,2000}?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![*\w])\*(?=[^\s*])([^*\n]{1,2000}?)(?<=[^\s*])\*(?![*\w])")
_CODE = re.compile(r"`([^`\n]{1,2000})`")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>|~])")
_FRONT = re.compile(r"([A-Za-z_]{1,40})[ \t]*:[ \t]*(.*)")
_DATE = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")


def parse_markdown(text: str) -> Fields:
    """Lines without their marks; title, date and author from front matter, else title from the first ``#`` heading."""
    lines = text.splitlines()
    front, lines = _front_matter(lines)
    title = front.get("title")
    out: list[str] = []
    for line in lines:
        if _FENCE.match(line) or _LINK_DEFINITION.match(line):
            continue
        if _UNDERLINE.match(line) and out and out[-1] and "=" in line:
            title = title or out.pop()
            continue
        if _RULE.match(line):
            out.append("")
            continue
        heading = _HEADING.match(line)
        if heading and len(heading[1]) == 1 and title is None:
            title = _inline(heading[2]) or None
            continue
        out.append(_inline(heading[2] if heading else line[_end(line) :]))
    return Fields(
        "\n".join(out),
        title=title,
        byline=front.get("author"),
        published=_date(front.get("date", "")),
        structured=title is not None,
    )


_LINK_DEFINITION = re.compile(r" {0,3}\[[^\[\]\n]{1,200}\]:[ \t]")


def _end(line: str) -> int:
    lead = _LEAD.match(line)
    return lead.end() if lead else 0


def _inline(text: str) -> str:
    text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    text = _AUTOLINK.sub(r"\1", text)
    text = _CODE.sub(r"\1", _EMPHASIS.sub(r"\1", _STRONG.sub(r"\2", text)))
    return _ESCAPE.sub(r"\1", text).strip()


def _front_matter(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    if not lines or lines[0].strip() != "---":
        return {}, lines
    for i, line in enumerate(lines[1:60], 1):
        if line.strip() == "---":
            found = (_FRONT.fullmatch(x.strip()) for x in lines[1:i])
            return {m[1].lower(): m[2].strip().strip("'\"") for m in found if m and m[2].strip()}, lines[i + 1 :]
    return {}, lines


def _date(value: str) -> datetime.date | None:
    found = _DATE.search(value)
    try:
        return datetime.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
