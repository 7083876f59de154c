"""Bytes to text, never mojibake: a BOM, strict UTF-8, strict CP950, Big5-HKSCS, each only if its text is plausible.

No decoder is lenient and none is guessed from statistics alone: bytes that more than one of them accepts go to the
first whose text looks like Chinese prose. GB2312 bytes are what this matters for: CP950 takes most of them without an
error and makes rare characters of them.

Two readings of the same bytes are told apart by the share of frequent characters (:mod:`nlp.read.frequent`); what is no
Chinese at all by the share of characters outside Big5's level 1, the 5,401 in common use (rows 0xA4-0xC6 of the ETEN
layout).
"""

from __future__ import annotations

import codecs
from functools import cache

from nlp.errors import InputError
from nlp.read.frequent import SIMPLIFIED, TRADITIONAL, frequent_share

MAX_BYTES = 20_000_000
"""Longer input is refused: 20 MB of news text is a mistake in what was handed over."""

PLAUSIBLE_ODD = 0.25
"""The share of odd characters (neither common Chinese nor its punctuation) from which a decoding is doubted."""

MIN_FREQUENT = 0.15
"""The least share of frequent characters in any ten or more of Chinese prose."""

_SAMPLE = 20_000
"""Code points looked at when a decoding is judged."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_MAGIC = (
    (b"%PDF-", "a PDF; save it as text first"),
    (b"PK\x03\x04", "a ZIP archive or an Office document; save it as text first"),
    (b"\xd0\xcf\x11\xe0", "an old Office document; save it as text first"),
    (b"{\\rtf", "an RTF document; save it as text first"),
    (b"\x1f\x8b", "gzip-compressed; unpack it first"),
    (b"BZh", "bzip2-compressed; unpack it first"),
    (b"\xfd7zXZ\x00", "xz-compressed; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "zstd-compressed; unpack it first"),
    (b"7z\xbc\xaf", "a 7z archive; unpack it first"),
    (b"Rar!", "a RAR archive; unpack it first"),
    (b"\x89PNG", "an image; give it an article's text"),
    (b"\xff\xd8\xff", "an image; give it an article's text"),
    (b"GIF8", "an image; give it an article's text"),
    (b"\x7fELF", "a program; give it an article's text"),
    (b"SQLite format 3", "a database; export its text first"),
    (b"PAR1", "a Parquet file; give it to `zhbrief batch`"),
)

_GB = "GB18030 (Simplified Chinese), which is not read here; convert it to UTF-8 first: iconv -f GB18030 -t UTF-8"
_UNKNOWN = "neither UTF-8, UTF-16 nor Big5; convert it to UTF-8 first"


def decode(data: bytes) -> tuple[str, str]:
    """Decode ``data``; gives the text and the Python name of the codec that took every byte of it.

    Raises :class:`nlp.errors.InputError` for empty or blank input, more than :data:`MAX_BYTES`, binary data, GB18030
    and whatever else cannot be decoded. The message says what is wrong and what to do; which file, the caller knows.
    """
    if len(data) > MAX_BYTES:
        raise InputError(f"{len(data) / 1e6:.1f} MB, more than the {MAX_BYTES / 1e6:.0f} MB that are read; split it")
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise InputError(f"binary data, not text: {what}")
    text, codec = _decoded(data)
    if not text.strip():
        raise InputError("empty; give it an article's text")
    return text, codec


def _decoded(data: bytes) -> tuple[str, str]:
    for bom, codec in _BOMS:
        if data.startswith(bom):
            return _marked(data, codec)
    if b"\0" in data:
        return _unmarked_utf16(data)
    if (text := _strict(data, "utf-8")) is not None:
        return _not_binary(text), "utf-8"
    return _big5(data)


def _marked(data: bytes, codec: str) -> tuple[str, str]:
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as e:
        raise InputError(f"marked as {codec} but broken at byte {e.start}; save it again as UTF-8") from e
    return _not_binary(text), codec


def _unmarked_utf16(data: bytes) -> tuple[str, str]:
    """UTF-16 without a mark, only where there is no doubt: nearly every character is common Chinese or ASCII."""
    for codec in ("utf-16-le", "utf-16-be"):
        text = _strict(data, codec)
        if text and "\0" not in text and odd_share(text) < 0.1 and _controls(text) == 0:
            return text, codec
    raise InputError("binary data, not text (it has NUL bytes); give it an article's text")


def _big5(data: bytes) -> tuple[str, str]:
    """CP950, then Big5-HKSCS; where GB18030 makes the better Chinese of the bytes, that is said instead."""
    gb = _strict(data, "gb18030")
    for codec in ("cp950", "big5hkscs"):
        text = _strict(data, codec)
        if text is None or _controls(text):
            continue
        if gb is not None and _is_gb(text, gb):
            break
        if _plausible(text):
            return text, codec
    if gb is not None and not _controls(gb) and frequent_share(gb[:_SAMPLE], SIMPLIFIED) > MIN_FREQUENT:
        raise InputError(_GB)
    if _control_bytes(data) > 0.05:
        raise InputError("binary data, not text; give it an article's text")
    raise InputError(f"{_UNKNOWN} ({_first_fault(data)})")


def _is_gb(text: str, gb: str) -> bool:
    """Whether ``gb`` is the right reading of bytes that Big5 reads as ``text``: it has more frequent characters.

    Measured on PUD: no Big5 text of any length is taken for GB18030, and no GB18030 text of twenty characters for Big5.
    Under four characters it is Big5: a name in it says too little.
    """
    n = sum(c > "\x7f" for c in text[:_SAMPLE])
    lead = frequent_share(gb[:_SAMPLE], SIMPLIFIED) - frequent_share(text[:_SAMPLE], TRADITIONAL)
    return lead > (0 if n >= 10 else 0.13 if n >= 6 else 0.3 if n >= 4 else 1)


def _plausible(text: str) -> bool:
    """Whether this is Chinese at all and not another encoding that Big5 happens to take; too short a text is."""
    sample = text[:_SAMPLE]
    if sum(c > "\x7f" for c in sample) < 8:
        return True
    odd, frequent = odd_share(sample), frequent_share(sample, TRADITIONAL)
    return frequent > MIN_FREQUENT or odd < (PLAUSIBLE_ODD if frequent > MIN_FREQUENT / 3 else PLAUSIBLE_ODD / 3)


def odd_share(text: str) -> float:
    """The share of characters outside ASCII that are neither common Chinese nor its punctuation: 0.0 to 1.0.

    Text of ASCII alone has no odd character.
    """
    sample = [c for c in text[:_SAMPLE] if c > "\x7f"]
    common = _common()
    return sum(c not in common for c in sample) / len(sample) if sample else 0.0


@cache
def _common() -> frozenset[str]:
    pairs = b"".join(bytes((a, b)) for a in range(0xA4, 0xC7) for b in (*range(0x40, 0x7F), *range(0xA1, 0xFF)))
    level1 = {c for c in pairs.decode("cp950", "ignore") if "\u4e00" <= c <= "\u9fff"}
    marks = {chr(c) for c in [*range(0x2010, 0x2040), *range(0x3000, 0x3020), *range(0xFF01, 0xFF5F)]}
    return frozenset(level1 | marks | set("·•①②③④⑤⑥⑦⑧⑨⑩●○◎▲▼△▽■□◆◇★☆►▶→←↑↓℃℉°×÷±≦≧€"))


def _strict(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _controls(text: str) -> int:
    """How many control characters there are besides white space, escapes of a terminal's colours and form feeds."""
    return sum(c < " " and c not in "\t\n\r\x0b\x0c\x1b\x08\x07" for c in text[:_SAMPLE])


def _not_binary(text: str) -> str:
    if "\0" in text:
        raise InputError("binary data, not text (it has NUL characters); give it an article's text")
    if _controls(text) > 0.05 * min(len(text), _SAMPLE):
        raise InputError("binary data, not text; give it an article's text")
    return text


def _control_bytes(data: bytes) -> float:
    head = data[:_SAMPLE]
    return sum(b < 0x20 and b not in b"\t\n\r\x0b\x0c\x1b" for b in head) / max(1, len(head))


def _first_fault(data: bytes) -> str:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as e:
        return f"UTF-8 breaks at byte {e.start}"
    return "its characters make no sense"
