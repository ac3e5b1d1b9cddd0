"""How a name sounds to a Malian ear, whatever the habit of the one who wrote it.

Clerks write the same name the French way or as it is heard: Fatoumata or Fatumata, Cissé or Sissé,
Diarra or Djarra, Coulibaly or Kulibali, Traoré or Taraoré. The sound key brings such spellings
together; it is a help to search and never shown. It also brings a few different names together
(Hawa and Awa): ranking puts the exact spelling first.
"""

import re

from gwa.common.text import fold

SAME = 1.0
SAME_SOUND = 0.97

_APOSTROPHES = re.compile(r"(?<=\w)['’ʼ`´](?=\w)")
# In order: each works on what the one before left.
_HABITS = tuple(
    (re.compile(pattern), written)
    for pattern, written in (
        (r"ph", "f"),
        (r"th", "t"),
        (r"qu", "k"),
        (r"x", "ks"),
        (r"tch|ty(?=[aeou])|ti(?=[aeou])", "q"),  # Tiécoura, Tchiécoura, Cekura: one sound
        (r"qi(?=[aeou])", "q"),
        (r"sch|sh|ch", "s"),
        (r"dj|dy(?=[aeou])|di(?=[aeou])", "j"),
        (r"ji(?=[aeou])", "j"),
        (r"gn|ny", "ni"),
        (r"gu(?=[eiy])", "g"),
        (r"y", "i"),
        (r"sc(?=[ei])|c(?=[ei])", "s"),
        (r"c", "k"),
        (r"ou(?=[aeio])", "w"),
        (r"ou|oo", "u"),
        (r"o", "u"),
        (r"(?<=[aeu])w(?=u)", ""),
        (r"^h|(?<=[bcdfgjklmnpqrstvz])h|h(?![aeiou])", ""),
        (r"([bdfgkpt])([aeiu])r\2", r"\1r\2"),  # Taraoré, Traoré
        (r"(.)\1+", r"\1"),
    )
)


def words_of(text: str) -> list[str]:
    """Return the words of a name as compared: `N'Diaye Bintou` gives `ndiaye`, `bintou`."""
    return fold(_APOSTROPHES.sub("", text)).split()


def sound_of(word: str) -> str:
    """Return the key that spellings of one sound share."""
    for pattern, written in _HABITS:
        word = pattern.sub(written, word)
    return word


def searchable_names(given: str, family: str, everyday: str = "") -> list[str]:
    """Return the folded names under which a person is found, without repetition."""
    names = [" ".join(words_of(f"{given} {family}"))]
    if everyday:
        everyday_words = words_of(everyday)
        missing = [word for word in words_of(family) if word not in everyday_words]
        names.append(" ".join([*everyday_words, *missing]))
    return [name[:250] for name in dict.fromkeys(names) if name]
