"""Patterns as phones write them, in Python's own."""

import re
from functools import lru_cache

# What two languages write in two ways: `$` is the very end, a group's name has no P.
_DIFFERENT = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|\(\?<(?![=!])|\$", re.DOTALL)
_INSTEAD = {"$": r"\Z", "(?<": "(?P<"}


@lru_cache(maxsize=1024)
def compile_pattern(pattern: str) -> re.Pattern[str]:
    """Compile a pattern, or raise `re.error`. Digits and letters are those of ASCII."""
    translated = _DIFFERENT.sub(lambda found: _INSTEAD.get(found[0], found[0]), pattern)
    return re.compile(translated, re.ASCII)
