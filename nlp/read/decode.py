"""Bytes to text, never mojibake.

Tried in this order, and kept only where the text is plausible: a byte order mark, strict UTF-8, strict CP950 (Big5 with
the ETEN characters), Big5-HKSCS. Other encodings (GB18030 above all, whose bytes often decode as Big5 to rare
characters) are an error and not a guess.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from nlp.errors import InputError

MAX_BYTES = 20_000_000
"""Largest input in bytes."""
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_MAGIC = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\xd0\xcf\x11\xe0", b"\x7fELF", b"RIFF")
_SAMPLE = 20_000
_COMMON = frozenset(
    "的一是在不有人這上大來和我國時年會為個日中要以到說了們他生公月發出也子那成行地就部可於前本市者對後多新能分自之家最全經法民現學高而方長下與過動員主進法當工同業面重關從美台元將由電政外但小開所其定表區報"
    "，。、「」：；！？（）"
)
_CANTONESE = frozenset("佢哋喺嘅咗畀嗰啲冇嚟睇唔乜嘢咁諗攞搵俾咩嗌啱嘥")
"""Everyday characters of Hong Kong that Big5 has only in its rare half or in HKSCS."""
_RARE_SHARE = 0.35
"""Largest share of second-level Big5 characters (hanzi from C940 on) that plausible text has."""


def decode(data: bytes) -> tuple[str, str]:
    """Decode ``data``; returns (text, codec name).

    Raises :class:`nlp.errors.InputError` for empty, binary, too large or undecodable input.
    """
    if len(data) > MAX_BYTES:
        raise InputError(f"{len(data):,} bytes is more than {MAX_BYTES:,}: divide it, or use zhbrief batch on its parts")
    if not data.strip():
        raise InputError("the input is empty")
    if data.startswith(_MAGIC):
        raise InputError("the input is a binary file, not text: give .txt, .md, .html or .json")
    for bom, codec in _BOMS:
        if data.startswith(bom):
            return _with_bom(data, codec), codec
    if b"\x00" in data[:_SAMPLE]:
        return _utf16(data)
    for codec in ("utf-8", "cp950", "big5hkscs"):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if codec == "utf-8" or _plausible(text):
            return _textual(text), codec
    if _is_gb(data):
        raise InputError("the input is in a mainland encoding (GB18030), which is not read: convert it to UTF-8 first")
    raise InputError("the input is neither UTF-8 nor Big5: convert it to UTF-8 first")


def _with_bom(data: bytes, codec: str) -> str:
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as e:
        raise InputError(f"the input says it is {codec} but is not, from byte {e.start} on") from e
    if not text.strip("\ufeff \t\r\n"):
        raise InputError("the input is empty")
    return _textual(text)


def _utf16(data: bytes) -> tuple[str, str]:
    """UTF-16 without a mark, believed only where one half of the bytes looks like it and the text is plausible."""
    sample = data[:_SAMPLE]
    for codec, zeros in (("utf-16-le", sample[1::2].count(0)), ("utf-16-be", sample[0::2].count(0))):
        if zeros and len(data) % 2 == 0:
            try:
                text = data.decode(codec)
            except UnicodeDecodeError:
                continue
            if "\x00" not in text and _plausible(text):
                return _textual(text), codec
    raise InputError("the input is a binary file, not text: give .txt, .md, .html or .json")


def _textual(text: str) -> str:
    sample = text[:_SAMPLE]
    odd = sum(unicodedata.category(c) == "Cc" and c not in "\t\n\r\f\v\x85\x1b" for c in sample)
    if "\x00" in text or odd > 0.02 * len(sample) + 2:
        raise InputError("the input is a binary file, not text: give .txt, .md, .html or .json")
    return text


def _plausible(text: str) -> bool:
    """Whether decoded text reads like Chinese news: few characters of the rare half of Big5, none unassigned."""
    sample = text[:_SAMPLE]
    han = [c for c in sample if "\u3400" <= c <= "\u9fff"]
    if any(unicodedata.category(c) in ("Cn", "Co") for c in sample):
        return False
    if not han:
        return not re.search("[\u2500-\u257f\u2550-\u2570]{2}", sample)
    rare = sum(_second_level(c) and c not in _CANTONESE for c in han)
    common = sum(c in _COMMON for c in sample)
    return rare <= _RARE_SHARE * len(han) and (common >= 0.04 * len(sample.strip()) or len(han) < 12 and rare <= 0.2 * len(han))


def _second_level(char: str) -> bool:
    """Whether a character stands in Big5's second, rare level (C940–F9D5) or outside Big5."""
    try:
        encoded = char.encode("cp950")
    except UnicodeEncodeError:
        return True
    return len(encoded) == 2 and encoded >= b"\xc9\x40"


def _is_gb(data: bytes) -> bool:
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return sum("\u4e00" <= c <= "\u9fff" for c in text) > 0
