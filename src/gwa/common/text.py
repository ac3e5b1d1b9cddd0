"""Names as they are compared, never as they are shown."""

import re
import unicodedata

# Letters of Bambara, Songhay and Fulfulde that Unicode does not decompose.
_LETTERS = str.maketrans(
    {
        "ɛ": "e",
        "ɔ": "o",
        "ɲ": "ny",
        "ŋ": "ng",
        "ɓ": "b",
        "ɗ": "d",
        "ƴ": "y",
        "œ": "oe",
        "æ": "ae",
        "ß": "ss",
    }
)
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """Return `text` in plain ASCII small letters and digits, words parted by one space.

    `fold("Kɔ̀nyɛ̀ba  N'Diaye")` is `"konyeba n diaye"`.
    """
    small = text.lower()
    if not small.isascii():
        small = unicodedata.normalize("NFKD", small).translate(_LETTERS)
        small = "".join([letter for letter in small if not unicodedata.combining(letter)])
    return _NOT_LETTERS.sub(" ", small).strip()


def elides(name: str) -> bool:
    """Tell whether French shortens "de" before a name: d’Awa, d’Oumar; de Hawa, de Youssouf."""
    return fold(name)[:1] in set("aeiou")
