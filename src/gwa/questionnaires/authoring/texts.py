"""Texts in several languages, and what a speaker still has to review."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

REFERENCE = "fr"
TO_REVIEW = "_to_review"


class SourceFault(Exception):
    """Something in the sources of a form that cannot be: where, and what."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")


@dataclass(frozen=True, slots=True)
class Text:
    """One text by language code; a language among `to_review` was not read by a speaker yet."""

    words: Mapping[str, str] = field(default_factory=dict)
    to_review: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.words)

    def in_language(self, code: str) -> str:
        """Return the text in a language, in French where nobody has translated it."""
        return self.words.get(code) or self.words.get(REFERENCE, "")

    def filled(self, **facts: object) -> "Text":
        """Return the text with its `{gaps}` filled."""
        words = {code: text.format(**facts) for code, text in self.words.items()}
        return Text(words, self.to_review)


def text_keys(languages: Iterable[str]) -> frozenset[str]:
    """Return the keys under which the sources may hold a text."""
    return frozenset(key for code in languages for key in (code, code + TO_REVIEW))


def read_text(raw: Mapping[str, Any], languages: Iterable[str], where: str) -> Text:
    """Read `fr`, and each other language under its code, or under `CODE_to_review`."""
    words, to_review = {}, set()
    for code in languages:
        reviewed, draft = raw.get(code), raw.get(code + TO_REVIEW)
        if reviewed and draft:
            raise SourceFault(where, f"{code} and {code}{TO_REVIEW} exclude each other")
        if reviewed or draft:
            words[code] = str(reviewed or draft).strip()
        if draft:
            to_review.add(code)
    if words and REFERENCE not in words:
        raise SourceFault(where, f"no text in {REFERENCE}")
    return Text(words, frozenset(to_review))
