"""The columns that a person may take away: those of the registry and of the dictionary."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gwa.common.access import Person
from gwa.exports.errors import ColumnRefused
from gwa.registry.columns import (
    IDENTIFIER_PREFIX,
    Column,
    Way,
    asked_on_column,
    columns_of,
    right_to_read,
)
from gwa.registry.rules.identifiers import NINA
from gwa.variables.rules.definitions import (
    Dictionary,
    Level,
    Storage,
    ValueType,
    VariableDefinition,
)

# Said by the variable `nina` of the dictionary; and members present have no last day.
_LEFT_OUT = {
    Level.HOUSEHOLD: frozenset[str](),
    Level.PERSON: frozenset({f"{IDENTIFIER_PREFIX}{NINA}", "ended_on"}),
}
# What links the two tables is always there.
LINKS = {Level.HOUSEHOLD: ("household_id",), Level.PERSON: ("household_id", "person_id")}


@dataclass(frozen=True, slots=True)
class Offered:
    """One column: its name, what people read above it, where it is listed, what it needs."""

    name: str
    label: str
    group: str
    type: ValueType
    right: str = ""
    variable: VariableDefinition | None = None
    column: Column | None = None

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The codes it may hold with their labels, in the reader's language."""
        if self.variable is not None:
            language = get_language() or "fr"
            return [(one.code, one.label(language)) for one in self.variable.choices]
        if self.column is not None and self.column.choices is not None:
            return [(str(code), str(label)) for code, label in self.column.choices.choices]
        return []

    @property
    def is_answer(self) -> bool:
        """Tell whether it is kept among the answers."""
        return self.variable is not None and self.variable.storage == Storage.ANSWERS


def offered_columns(dictionary: Dictionary, level: Level, language: str) -> list[Offered]:
    """List every column that exports know at a level, in the order in which they are written."""
    variables = dictionary.at_level(level).values()
    own = [one for one in variables if one.storage == Storage.REGISTRY]
    return [
        *_registry_columns(own, level, language),
        *_freshness(dictionary, level, language),
        *(
            _of_variable(one, dictionary.sections_by_name[one.section].label(language), language)
            for one in variables
            if one.storage == Storage.ANSWERS
        ),
    ]


def _registry_columns(
    variables: list[VariableDefinition], level: Level, language: str
) -> Iterator[Offered]:
    group = _("Registre")
    columns = [
        Offered(one.name, str(one.label), group, one.type, one.right, column=one)
        for one in columns_of(level).values()
        if one.way != Way.IN and one.name not in _LEFT_OUT[level]
    ]
    links = [one for one in columns if one.name in LINKS[level]]
    yield from links
    yield from (_of_variable(one, group, language) for one in variables)
    yield from (one for one in columns if one not in links)


def _freshness(dictionary: Dictionary, level: Level, language: str) -> Iterator[Offered]:
    if level == Level.HOUSEHOLD:
        for section in dictionary.sections:
            label = _("%(section)s : demandé le") % {"section": section.label(language)}
            name = asked_on_column(section.name)
            yield Offered(name, label, _("Fraîcheur"), ValueType.DATE)


def _of_variable(variable: VariableDefinition, group: str, language: str) -> Offered:
    return Offered(
        name=variable.name,
        label=variable.label(language),
        group=group,
        type=variable.type,
        right=right_to_read(variable),
        variable=variable,
    )


def allowed(columns: Iterable[Offered], person: Person) -> list[Offered]:
    """Keep the columns that the person may read."""
    return [one for one in columns if not one.right or person.has_right(one.right)]


def choose(
    dictionary: Dictionary, level: Level, language: str, names: Iterable[str], person: Person
) -> list[Offered]:
    """Return the columns named, links first, in their usual order. Raises `ColumnRefused`."""
    wanted = {*names, *LINKS[level]}
    known = {one.name: one for one in offered_columns(dictionary, level, language)}
    may = {one.name for one in allowed(known.values(), person)}
    for name in sorted(wanted - may):
        raise ColumnRefused(column=known[name].label if name in known else name)
    return [one for one in known.values() if one.name in wanted]
