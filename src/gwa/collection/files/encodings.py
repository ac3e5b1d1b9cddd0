"""Which encoding a text file was written in, found from its bytes."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gwa.collection.files import errors
from gwa.collection.files.limits import MAX_CELL, MAX_COLUMNS, MAX_ROWS

# What a person may choose from, as spreadsheets call them.
ENCODINGS = {
    "utf-8": "UTF-8",
    "windows-1252": "Windows (1252)",
    "iso-8859-15": "ISO 8859-15 (Latin-9)",
    "utf-16": "UTF-16",
    "mac-roman": "Macintosh",
    "cp850": "DOS (850)",
}
_CHUNK = 1 << 20
_LONGEST_LINE = 4 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Letters and signs that French and Malian names are written with.
_USUAL = frozenset("éèêëàâäçîïôöùûüœÉÈÊËÀÂÇÎÏÔÙÛŒñÑ’‘“”«»°€–…\u00a0ɛɔɲŋƐƆƝŊ")
# UTF-8 read once as Windows-1252 and saved so: é has become Ã©, the apostrophe â€™.
_TWICE = re.compile("Ã[\u0080-\u00bf¡-¿€-™ŠšŽžŒœŸ]|â€[™œ˜“”¦]|Â[°«»\u00a0]")
_ONE_BYTE = ("windows-1252", "mac-roman", "cp850", "iso-8859-15")


@dataclass(frozen=True, slots=True)
class TextFile:
    """A text file read once from end to end: how it is encoded, how many lines it has."""

    encoding: str
    line_count: int
    ends_with_newline: bool


def examine(path: Path, *, name: str, encoding: str | None) -> TextFile:
    """Read the whole file once; refuse what is no text, or text spoilt before it came here."""
    found = _known(encoding) if encoding else _detect(path)
    lines, last, running = 0, "", ""
    decoder = codecs.getincrementaldecoder(found)()
    try:
        for chunk, is_last in _chunks(path):
            text = decoder.decode(chunk, is_last)
            _refuse_spoilt(text, lines)
            running = _refuse_endless(running, text, name, lines)
            lines += _count_lines(text)
            last = text[-1:] or last
            if lines > MAX_ROWS:
                raise errors.TooManyRows(sheet=name, limit=MAX_ROWS)
    except UnicodeError:
        raise errors.WrongEncoding(line=lines + 1, encoding=label(found)) from None
    ends = last in {"\n", "\r"}
    return TextFile(found, lines + (0 if ends else 1), ends)


def label(encoding: str) -> str:
    """Name an encoding as people do."""
    return ENCODINGS.get(encoding.removesuffix("-sig"), encoding)


def _known(encoding: str) -> str:
    if encoding not in ENCODINGS:
        raise errors.NoSuchEncoding(encoding=encoding)
    return "utf-8-sig" if encoding == "utf-8" else encoding


def _detect(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(_CHUNK)
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    if _looks_utf16(head):
        return "utf-16-le" if head[1:2] == b"\0" else "utf-16-be"
    first_bad = _first_line_not_utf8(path)
    if first_bad is None:
        return "utf-8"
    return _weigh(path)


def _looks_utf16(head: bytes) -> bool:
    """UTF-16 without its mark: every other byte is nul, for Latin letters."""
    sample = head[:4000]
    if len(sample) < 4:
        return False
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    return max(even, odd) > half * 0.7 and min(even, odd) < half * 0.05


def _first_line_not_utf8(path: Path) -> int | None:
    decoder = codecs.getincrementaldecoder("utf-8")()
    lines = 0
    for chunk, is_last in _chunks(path):
        try:
            lines += decoder.decode(chunk, is_last).count("\n")
        except UnicodeDecodeError:
            return lines + 1
    return None


def _weigh(path: Path) -> str:
    """Take the one-byte encoding under which the accents are those that people write here."""
    high = bytearray()
    for chunk, _is_last in _chunks(path):
        high += bytes(byte for byte in chunk if byte > 127)[:_CHUNK]
        if len(high) >= _CHUNK:
            break
    scores = {name: _usual(bytes(high), name) for name in _ONE_BYTE}
    return max(_ONE_BYTE, key=lambda name: scores[name])


def _usual(high: bytes, encoding: str) -> float:
    try:
        text = high.decode(encoding)
    except UnicodeDecodeError:
        return -1
    return sum(letter in _USUAL for letter in text) / len(text)


def _count_lines(text: str) -> int:
    """Count the line ends of Unix, of Windows and of old Macintosh."""
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def _refuse_endless(running: str, text: str, name: str, lines: int) -> str:
    """Stop at a line so long that it would fill the memory; return the line still running."""
    cut = max(text.rfind("\n"), text.rfind("\r"))
    running = text[cut + 1 :] if cut >= 0 else running + text
    if len(running) > _LONGEST_LINE:
        line = lines + _count_lines(text) + 1
        if max(running.count(separator) for separator in ";,\t|") > MAX_COLUMNS:
            raise errors.TooManyColumns(sheet=name, limit=MAX_COLUMNS, line=line)
        raise errors.CellTooLong(sheet=name, limit=MAX_CELL, line=line)
    return running


def _refuse_spoilt(text: str, lines: int) -> None:
    if "\0" in text:
        raise errors.HasNul(line=lines + text.count("\n", 0, text.index("\0")) + 1)
    spoilt = _TWICE.search(text)
    place = spoilt.start() if spoilt else text.find("\ufffd")
    if place >= 0:
        sample = text[max(0, place - 8) : place + 8].replace("\n", " ").strip()
        line = lines + text.count("\n", 0, place) + 1
        raise errors.BrokenAccents(line=line, sample=sample)


def _chunks(path: Path) -> Iterator[tuple[bytes, bool]]:
    with path.open("rb") as file:
        chunk = file.read(_CHUNK)
        while chunk:
            following = file.read(_CHUNK)
            yield chunk, not following
            chunk = following
