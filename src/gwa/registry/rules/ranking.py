"""How near a name in the registry is to the words somebody typed."""

from collections.abc import Mapping, Sequence

from rapidfuzz.distance import JaroWinkler

from gwa.registry.rules.spelling import SAME, SAME_SOUND

_PREFIX = 0.95
_EACH_WORD_MORE = 0.01
# Below this, two words are different names.
WORD_THRESHOLD = 0.80


def word_likeness(asked: str, asked_sound: str, word: str, sound: str) -> float:
    """Return 1 for the same spelling, a little less for the same sound, then what resembles."""
    if word == asked:
        return SAME
    if sound == asked_sound:
        return SAME_SOUND
    likeness = max(JaroWinkler.similarity(asked, word), JaroWinkler.similarity(asked_sound, sound))
    if len(asked) >= 3 and word.startswith(asked):
        likeness = max(likeness, _PREFIX)
    return min(likeness, SAME_SOUND - 0.01)


def name_likeness(words: Sequence[str], likeness: Sequence[Mapping[str, float]]) -> float:
    """Average, over the words typed, the best word of the name; each word answers only once.

    `likeness` holds, for each word typed, the registry's words that resemble it.
    """
    left = list(words)
    total = 0.0
    for candidates in likeness:
        best, chosen = 0.0, -1
        for place, word in enumerate(left):
            value = candidates.get(word, 0.0)
            if value > best:
                best, chosen = value, place
        if chosen >= 0:
            del left[chosen]
        total += best
    return total / len(likeness) - _EACH_WORD_MORE * len(left)
