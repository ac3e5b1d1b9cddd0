"""Cut an expression into words."""

import re
from dataclasses import dataclass

from gwa.questionnaires.xform.xpath.syntax import ExpressionError

_WORD = re.compile(
    r"""\s*(?:
        (?P<number>\d+(?:\.\d*)?|\.\d+)
      | (?P<text>"[^"]*"|'[^']*')
      | (?P<name>[^\W\d][\w.\-]*(?::[^\W\d][\w.\-]*)?)
      | (?P<mark>\.\.|//|::|!=|<=|>=|[()\[\],/.@|+\-=<>*])
    )""",
    re.VERBOSE,
)
MOST_CHARACTERS = 50_000


@dataclass(frozen=True, slots=True)
class Word:
    """One word: its kind (`number`, `text`, `name`, `mark`), and where it stands."""

    kind: str
    text: str
    start: int
    end: int


def cut(expression: str) -> list[Word]:
    """Cut an expression into its words; the last one is the end."""
    if len(expression) > MOST_CHARACTERS:
        raise ExpressionError(expression[:40])
    words: list[Word] = []
    position = 0
    length = len(expression.rstrip())
    while position < length:
        found = _WORD.match(expression, position)
        if found is None:
            raise ExpressionError(expression[position:].strip()[:40])
        kind = str(found.lastgroup)
        words.append(Word(kind, found[kind], found.start(kind), found.end()))
        position = found.end()
    words.append(Word("end", "", length, length))
    return words
