"""The root of every refusal that a person may read."""

from typing import ClassVar

from django.utils.functional import Promise


class DomainError(Exception):
    """A refusal: a stable `code` for machines and a French sentence for people.

    `message` may hold `%(name)s` places, filled by the facts given to the constructor. The sentence
    says what is wrong, where, and how to mend it. Actions raise, edges translate to HTTP.
    """

    code: ClassVar[str] = "common.refused"
    message: ClassVar[str | Promise] = ""

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.code)

    @property
    def sentence(self) -> str:
        """The sentence in the reader's language, with its facts filled in."""
        return str(self.message) % self.facts if self.facts else str(self.message)

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence}"
