"""Texts: cut, joined, searched, digested."""

import base64
import binascii
import hashlib
import re

from gwa.questionnaires.xform.xpath.functions.table import (
    MANY,
    Function,
    number_of,
    text_of,
    texts_of,
)
from gwa.questionnaires.xform.xpath.patterns import compile_pattern
from gwa.questionnaires.xform.xpath.values import CannotTell
from gwa.questionnaires.xform.xpath.world import Context, Evaluate

_DIGESTS = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384",
            "SHA-512": "sha512"}  # fmt: skip


def _own_text(context: Context, arguments: tuple[Evaluate, ...]) -> str:
    """Take the argument, or the context where there is none."""
    return text_of(context, arguments[0]) if arguments else context.world.read(context.node)


def _substr(context: Context, text: Evaluate, start: Evaluate, *end: Evaluate) -> str:
    """Cut from a place that is counted from 0, or from the end where it is negative."""
    whole = text_of(context, text)
    first = number_of(context, start)
    last = number_of(context, end[0]) if end else float(len(whole))
    if first != first or last != last:
        return ""
    places = [int(max(min(place, len(whole)), -len(whole))) for place in (first, last)]
    from_, to = (place + len(whole) if place < 0 else place for place in places)
    return whole[from_:to]


def _substring(context: Context, text: Evaluate, start: Evaluate, *length: Evaluate) -> str:
    """Cut from a place that is counted from 1, as XPath 1.0 does."""
    whole = text_of(context, text)
    first = _half_up(number_of(context, start))
    last = first + _half_up(number_of(context, length[0])) if length else float("inf")
    return "".join(letter for place, letter in enumerate(whole, 1) if first <= place < last)


def _half_up(number: float) -> float:
    return number if number != number or abs(number) == float("inf") else (number + 0.5) // 1


def _before(context: Context, text: Evaluate, mark: Evaluate) -> str:
    before, found, _after = _partition(text_of(context, text), text_of(context, mark))
    return before if found else ""


def _after(context: Context, text: Evaluate, mark: Evaluate) -> str:
    return _partition(text_of(context, text), text_of(context, mark))[2]


def _partition(text: str, mark: str) -> tuple[str, bool, str]:
    if not mark:
        return "", True, text
    before, found, after = text.partition(mark)
    return before, bool(found), after


def _translate(context: Context, text: Evaluate, letters: Evaluate, others: Evaluate) -> str:
    """Put one letter for another; a letter without another goes."""
    instead = text_of(context, others)
    table: dict[int, str] = {}
    for place, letter in enumerate(text_of(context, letters)):
        table.setdefault(ord(letter), instead[place : place + 1])
    return text_of(context, text).translate(table)


def _join(context: Context, separator: Evaluate, *parts: Evaluate) -> str:
    return text_of(context, separator).join(texts_of(context, parts))


def _is_like(context: Context, text: Evaluate, pattern: Evaluate) -> bool:
    try:
        compiled = compile_pattern(text_of(context, pattern))
    except re.error as error:
        raise CannotTell("regex") from error
    return compiled.search(text_of(context, text)) is not None


def _digest(context: Context, text: Evaluate, algorithm: Evaluate, *encoding: Evaluate) -> str:
    name = _DIGESTS.get(text_of(context, algorithm))
    if name is None:
        raise CannotTell("digest")
    digest = hashlib.new(name, text_of(context, text).encode(), usedforsecurity=False).digest()
    if encoding and text_of(context, encoding[0]) == "hex":
        return digest.hex()
    return base64.b64encode(digest).decode()


def _decode(context: Context, text: Evaluate) -> str:
    try:
        return base64.b64decode(text_of(context, text), validate=True).decode(errors="replace")
    except (binascii.Error, ValueError):
        return ""


TEXTS = {
    "string": Function(0, 1, lambda context, *value: _own_text(context, value)),
    "concat": Function(0, MANY, lambda context, *parts: "".join(texts_of(context, parts))),
    "join": Function(1, MANY, _join),
    "substr": Function(2, 3, _substr),
    "substring": Function(2, 3, _substring),
    "substring-before": Function(2, 2, _before),
    "substring-after": Function(2, 2, _after),
    "translate": Function(3, 3, _translate),
    "string-length": Function(0, 1, lambda context, *text: float(len(_own_text(context, text)))),
    "normalize-space": Function(
        0, 1, lambda context, *text: " ".join(_own_text(context, text).split())
    ),
    "contains": Function(
        2, 2, lambda context, text, part: text_of(context, part) in text_of(context, text)
    ),
    "starts-with": Function(
        2, 2, lambda context, text, part: text_of(context, text).startswith(text_of(context, part))
    ),
    "ends-with": Function(
        2, 2, lambda context, text, part: text_of(context, text).endswith(text_of(context, part))
    ),
    "regex": Function(2, 2, _is_like),
    "digest": Function(2, 3, _digest),
    "base64-decode": Function(1, 1, _decode),
}
