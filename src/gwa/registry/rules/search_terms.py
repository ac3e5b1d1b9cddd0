"""What the words typed in the one search box mean."""

import re
from dataclasses import dataclass
from enum import StrEnum

from gwa.registry.rules.identifiers import parse_identifier
from gwa.registry.rules.numbers import LENGTH, parse_number
from gwa.registry.rules.phones import parse_phone
from gwa.registry.rules.spelling import words_of

ANY_KIND = "any"
_PLACE = re.compile(r"\s*,\s*|\s+[àÀ@]\s+")
_MOST_WORDS = 6


class Asked(StrEnum):
    """The ways a household or a person is asked for."""

    NOTHING = "nothing"
    REGISTRY_NUMBER = "registry_number"
    MISTYPED_NUMBER = "mistyped_number"
    PHONE = "phone"
    IDENTIFIER = "identifier"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Terms:
    """One kind of question; a name may come with a place."""

    kind: Asked
    value: str = ""
    words: tuple[str, ...] = ()
    place: str = ""


def understand(text: str) -> Terms:
    """Tell a registry number from a phone, another number or a name.

    `Fatumata Taraoré, Sanankoroba` and `Fatumata Taraoré à Sanankoroba` name a person and a place.
    """
    if not any(letter.isdigit() for letter in text):
        return _understand_name(text)
    number = parse_number(text)
    if number is not None:
        return Terms(Asked.REGISTRY_NUMBER, number)
    phone = parse_phone(text)
    if phone is not None:
        return Terms(Asked.PHONE, phone)
    identifier = parse_identifier(ANY_KIND, text)
    if identifier is None:
        return _understand_name(text)
    if len(identifier) == LENGTH and identifier.isdigit():
        return Terms(Asked.MISTYPED_NUMBER, identifier)
    return Terms(Asked.IDENTIFIER, identifier)


def _understand_name(text: str) -> Terms:
    found = _PLACE.search(text)
    name, place = (text[: found.start()], text[found.end() :]) if found else (text, "")
    words = tuple(words_of(name)[:_MOST_WORDS])
    place = " ".join(words_of(place))
    return Terms(Asked.NAME if words or place else Asked.NOTHING, "", words, place)
