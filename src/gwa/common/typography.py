"""Spaces and apostrophes as a printer sets them, so that nobody has to type them.

Interface texts and the guide are written with ordinary spaces and apostrophes: the compiled
catalogues and the guide's pages set them. In French a sign never begins a line without its word.
"""

import re

_NARROW, _WIDE = "\u202f", "\u00a0"
# A sign before which French leaves a space stands at the end of its word: ` :8000` is no sentence.
_ENDS = r"(?=[\s<)»”,.…]|$)"
_FRENCH = (
    (re.compile(rf" (?=[;!?]+{_ENDS})"), _NARROW),
    (re.compile(rf" (?=:{_ENDS})"), _WIDE),
    (re.compile("(?<=«) | (?=»)"), _WIDE),
    (re.compile("(?<=n°) "), _WIDE),
)
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[\w%{«<])")


def typeset(text: str, language: str) -> str:
    """Return the text with no-break spaces (in French) and curly apostrophes."""
    text = _APOSTROPHE.sub("’", text)
    for place, space in _FRENCH if language == "fr" else ():
        text = place.sub(space, text)
    return text
