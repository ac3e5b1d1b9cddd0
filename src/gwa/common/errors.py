"""The root of every refusal that a person may read."""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_BY_CONSTRAINT: "dict[str, type[DomainError]]" = {}
_BY_CODE: "dict[str, type[DomainError]]" = {}


class DomainError(Exception):
    """A refusal: a stable `code` for machines and a French sentence for people.

    `message` may hold `%(name)s` places, filled by the facts given to the constructor. The sentence
    says what is wrong, where, and how to mend it. Actions raise, edges translate to HTTP.
    `field` names the one value that is refused, where there is one: a form says it beside its box.
    `constraints` names the database constraints whose violation this refusal puts into words.
    """

    code: ClassVar[str] = "common.refused"
    message: ClassVar[str | Promise] = ""
    field: ClassVar[str] = ""
    constraints: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        _BY_CONSTRAINT.update(dict.fromkeys(cls.constraints, cls))
        _BY_CODE[cls.code] = cls

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.code)

    @property
    def sentence(self) -> str:
        """The sentence in the reader's language, with its facts filled in."""
        return str(self.message) % self.facts if self.facts else str(self.message)

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence}"


class Busy(DomainError):
    """Two changes waited for each other, and PostgreSQL let only one of them go on."""

    code = "common.busy"
    message = _(
        "Quelqu’un d’autre modifie ces données en ce moment. Rien n’a été enregistré : "
        "recommencez dans un instant."
    )


def refusal_of(constraint: str | None) -> type[DomainError] | None:
    """Return the refusal that puts a constraint's violation into words, or None."""
    return _BY_CONSTRAINT.get(constraint or "")


def refusal_named(code: str) -> type[DomainError] | None:
    """Return the refusal of a code, among those of the modules that are loaded."""
    return _BY_CODE.get(code)


class _AnyFact(dict[str, str]):
    """Whatever a sentence tells of one case."""

    def __missing__(self, name: str) -> str:
        return "…"


def say_in_general(message: str | Promise, **shared: str) -> str:
    """Return the sentence of a refusal for all its cases, what differs between them left open."""
    sentence = str(message)
    return sentence % _AnyFact(shared) if "%(" in sentence else sentence
