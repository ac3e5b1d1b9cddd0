"""The first lines of an import as they will be understood, by the very code that lets them in.

Nothing is written, and nothing is asked of the registry: whether a household is known is found out
by the job.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language

from gwa.collection import storage
from gwa.collection.files import Row, Unreadable, open_book
from gwa.collection.intake.groups import Detail, Group, ReadMember
from gwa.collection.intake.preparing import make_context
from gwa.collection.intake.refusing import pack_problem
from gwa.collection.intake.understanding import Understanding
from gwa.collection.models import Import
from gwa.collection.rules.cells import Unclear, text_of
from gwa.collection.rules.mappings import Layout, Mapping, SheetMapping, parse_mapping
from gwa.collection.words import label_of, say_packed
from gwa.registry.models import Source
from gwa.registry.rules.facts import PersonFacts
from gwa.registry.sources import new_source
from gwa.registry.words import say_birth
from gwa.variables.queries import current_version
from gwa.variables.rules.definitions import Dictionary
from gwa.variables.rules.display import format_value

_HOUSEHOLDS = 10
# How far to look for the members of the first households in a sheet of their own.
_LOOKED_AT = 5_000
_SHOWN_APART = frozenset({
    "given_name", "family_name", "full_name", "sex", "relationship", "birth_date", "birth_year",
    "birth_from", "birth_to", "birth_precision", "birth_known_by", "age", "age_on", "zone_code",
    "name_of_region", "name_of_cercle", "name_of_arrondissement", "name_of_commune", "name_of_zone",
})  # fmt: skip

Fact = tuple[str, str]


@dataclass(frozen=True, slots=True)
class MemberSeen:
    """A person of the first lines, in words."""

    line: int
    name: str
    sex: str
    birth: str
    relationship: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class HouseholdSeen:
    """A household of the first lines, in words, with everything that keeps it outside."""

    line: int
    place: str
    facts: tuple[Fact, ...]
    members: tuple[MemberSeen, ...]
    problems: tuple[str, ...]


def preview_import(of_import: Import) -> list[HouseholdSeen]:
    """Understand the first households of the files."""
    listed = of_import.data_source
    source = new_source(Source.Kind(listed.kind), listed.name, of_import.collected_on)
    context = make_context(of_import, source, current_version())
    understanding = Understanding(context)
    mapping = parse_mapping(of_import.mapping)
    groups = _first_groups(of_import, mapping)
    return [_say(understanding.reread(group), understanding) for group in groups]


def _first_groups(of_import: Import, mapping: Mapping) -> list[Group]:
    """Bring the lines of the first households together."""
    home, people = mapping.households, mapping.persons
    lead = people if mapping.layout == Layout.PERSONS else home
    if lead is None:
        return []
    groups: dict[str, Group] = {}
    apart = mapping.layout == Layout.TWO_SHEETS
    for row in _first_rows(of_import, lead.sheet):
        key = _key(of_import, lead, row) or f"line {row[0]}"
        if key not in groups and len(groups) == _HOUSEHOLDS:
            if apart or mapping.layout == Layout.HOUSEHOLDS:
                break
            continue
        group = groups.setdefault(key, Group(key))
        if mapping.layout != Layout.PERSONS:
            group.households.append(row)
        if people is not None and not apart:
            group.persons.append(row)
    if apart and people is not None:
        for row in _first_rows(of_import, people.sheet):
            known = groups.get(_key(of_import, people, row))
            if known is not None:
                known.persons.append(row)
    return list(groups.values())


def _key(of_import: Import, part: SheetMapping, row: Row) -> str:
    titles = _titles(of_import, part.sheet)
    number = next((name for name, said in part.columns.items() if said == "registry_number"), "")
    for column in (part.key, number):
        if column and (said := text_of(row[1][titles.index(column)])):
            return said
    return ""


def _titles(of_import: Import, sheet: str) -> Sequence[str]:
    found = (s for file in of_import.files.all() for s in file.sheets if s["name"] == sheet)
    titles: Sequence[str] = next(found)["columns"]
    return titles


def _first_rows(of_import: Import, sheet: str) -> list[Row]:
    for file in of_import.files.all():
        own = next((one["own_name"] for one in file.sheets if one["name"] == sheet), None)
        if own is None:
            continue
        with storage.opened(file) as path:
            book = open_book(
                path,
                file_name=file.file_name,
                encoding=file.encoding or None,
                separator=file.separator or None,
            )
            rows = zip(range(_LOOKED_AT), book.rows(own), strict=False)
            return [(line, _plain(cells)) for _, (line, cells) in rows]
    return []


def _plain(cells: Sequence[object]) -> tuple:  # type: ignore[type-arg]
    return tuple(Unclear(cell) if isinstance(cell, Unreadable) else cell for cell in cells)


def _say(detail: Detail, understanding: Understanding) -> HouseholdSeen:
    context = understanding.context
    dictionary = context.terms.dictionary
    place = context.gazetteer.places.get(detail.entry.household.zone_id)
    problems = say_packed([pack_problem(problem) for problem in detail.problems], dictionary)
    first = (detail.group.households or detail.group.persons)[0][0]
    return HouseholdSeen(
        line=first,
        place=place.shown if place is not None else "",
        facts=_facts(detail.household.values | detail.household.answers, dictionary),
        members=tuple(_say_member(member, dictionary) for member in detail.members),
        problems=tuple(dict.fromkeys(problems)),
    )


def _say_member(member: ReadMember, dictionary: Dictionary) -> MemberSeen:
    facts = member.entry.facts
    person = facts.person
    assert isinstance(person, PersonFacts)  # noqa: S101 (a line tells of somebody)
    return MemberSeen(
        line=member.read.line,
        name=f"{person.given_name} {person.family_name}".strip(),
        sex=_say_value("sex", person.sex, dictionary),
        birth=say_birth(person.birth) if person.birth else "",
        relationship=_say_value("relationship", facts.relationship, dictionary),
        facts=_facts(member.read.values | member.read.answers, dictionary),
    )


def _facts(values: dict[str, object], dictionary: Dictionary) -> tuple[Fact, ...]:
    return tuple(
        (label_of(name, dictionary), _say_value(name, value, dictionary))
        for name, value in values.items()
        if name not in _SHOWN_APART
    )


def _say_value(name: str, value: object, dictionary: Dictionary) -> str:
    variable = dictionary.by_name.get(name)
    if variable is None:
        return text_of(value)  # type: ignore[arg-type]
    return format_value(value, variable, get_language() or "fr")  # type: ignore[arg-type]
