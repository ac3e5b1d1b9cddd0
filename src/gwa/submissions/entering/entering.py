"""A household that is new enters; one that is known hears what the interview says of it."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.db.models import BinaryField

from gwa.collection.intake.comparing import Known, Pairing, compare, load_known, pair
from gwa.collection.intake.matching import Match
from gwa.journal.models import Actor
from gwa.registry.actions.bulk import (
    HouseholdUpdate,
    prepare_household,
    register_households,
    update_household,
)
from gwa.registry.actions.checks import keep
from gwa.registry.actions.fields import field_of
from gwa.registry.models import Household, Person, Source
from gwa.registry.rules.problems import Problem
from gwa.submissions.actions.settling import name_of_conflict
from gwa.submissions.entering.base import Base, read_base, version_of
from gwa.submissions.entering.departing import depart
from gwa.submissions.entering.reading import Interview
from gwa.submissions.models import Submission

CONFLICT = "submissions.conflict"


@dataclass(slots=True)
class Outcome:
    """What became of an interview; without a household nothing was written."""

    household: Household | None = None
    source: Source | None = None
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_conflict(self) -> bool:
        """Tell whether the registry and the interview contradict each other."""
        return any(problem.code == CONFLICT for problem in self.problems)


def enter(
    interview: Interview,
    source: Source,
    *,
    before: Submission | None,
    settled: Mapping[str, bool],
    actor: Actor,
) -> Outcome:
    """Write what the interview says, whole or not at all. A step of an open change.

    `settled`: conflicts that somebody settled, by name; True where the interview is believed.
    """
    key = interview.lines.household_id
    known = load_known([key]).get(key)
    if known is None:
        return _register(interview, source)
    outcome = _update(interview, known, source, before, settled)
    if outcome.source is not None:
        depart(interview.lines, known, on=source.collected_on, actor=actor)
    return outcome


def _register(interview: Interview, source: Source) -> Outcome:
    if interview.detail.problems:
        return Outcome(problems=list(interview.detail.problems))
    prepared, problems = prepare_household(interview.detail.entry, interview.context.terms)
    if prepared is None:
        return Outcome(problems=problems)
    kept = keep(source)
    register_households([prepared])
    return Outcome(Household.objects.get(pk=prepared.id), kept)


def _update(
    interview: Interview,
    known: Known,
    source: Source,
    before: Submission | None,
    settled: Mapping[str, bool],
) -> Outcome:
    detail = interview.detail
    pairing = pair(detail.members, known, Match(known.household.pk))
    comparison = compare(detail, known, pairing)
    if comparison.problems:
        return Outcome(problems=comparison.problems)
    if comparison.update is None:
        return Outcome(known.household, keep(source))
    base = _base_of(interview, known.household, before)
    update, conflicts = _against(base, comparison.update, known, pairing, settled)
    if conflicts:
        return Outcome(problems=conflicts)
    kept = keep(source)
    if update is not None:
        update_household(update, source=kept, dictionary_version_id=interview.version.pk)
    return Outcome(Household.objects.get(pk=known.household.pk), kept)


def _base_of(interview: Interview, household: Household, before: Submission | None) -> Base:
    """Return what the telephone knew: its list's version, or what its last sending left."""
    version: int | None = interview.lines.household.base_version or None
    if before is not None and before.change_id is not None:
        version = version_of(household, until=before.change_id)
    return read_base(household, version) if version is not None else Base()


def _against(
    base: Base,
    update: HouseholdUpdate,
    known: Known,
    pairing: Pairing,
    settled: Mapping[str, bool],
) -> tuple[HouseholdUpdate | None, list[Problem]]:
    """Keep what the interviewer changed; say where others changed the same meanwhile."""
    conflicts: list[Problem] = []
    weigh = _Weighing(base, settled, conflicts)
    changes = weigh.keep(known.household, update.changes, None)
    places = {member.person_id: place for place, member in pairing.members.items()}
    people = {member.person_id: member.person for member in known.members}
    persons = []
    for one in update.persons:
        told = weigh.keep(people[one.person_id], one.changes, places.get(one.person_id))
        if told or one.identifiers:
            persons.append(replace(one, changes=told))
    if not (changes or persons or update.newcomers):
        return None, conflicts
    return replace(update, changes=changes, persons=persons), conflicts


@dataclass(slots=True)
class _Weighing:
    """Weighs what was told against what others changed since the telephone's version."""

    base: Base
    settled: Mapping[str, bool]
    conflicts: list[Problem]

    def keep(
        self, row: Household | Person, changes: Mapping[str, object], place: int | None
    ) -> dict[str, object]:
        """Return what the interviewer changed and nobody contradicts, or somebody settled."""
        kept: dict[str, object] = {}
        for name, told, now, then in _compared(self.base, row, changes):
            if told == then and now != then:
                continue
            if now == then:
                kept[name] = changes[name]
                continue
            facts = {"told": told, "now": now, "then": then}
            conflict = Problem(CONFLICT, name, place, facts)
            is_believed = self.settled.get(name_of_conflict(asdict(conflict)))
            if is_believed is None:
                self.conflicts.append(conflict)
            elif is_believed:
                kept[name] = changes[name]
        return kept


def _compared(
    base: Base, row: Household | Person, changes: Mapping[str, object]
) -> Iterator[tuple[str, object, object, object]]:
    """Each field with what was told, what it is and what it was, as statements keep values."""
    then = _as_it_was(base, row)
    for name, given in changes.items():
        one = field_of(row, name)
        told = given if name.startswith("answers.") else one.parse(row, given)
        yield name, told, one.read(row), one.read(then)


def _as_it_was(base: Base, row: Household | Person) -> Household | Person:
    """Return the row as it was at the telephone's version."""
    before = base.rows.get(row.pk)
    if before is None:
        return row
    columns = {one.column: one.attname for one in row._meta.concrete_fields}
    values = {columns[name]: value for name, value in before.items() if name in columns}
    return _typed(type(row), values)


def _typed(
    model: type[Household] | type[Person], values: Mapping[str, object]
) -> Household | Person:
    """Make a row of what a version keeps as JSON."""
    return model(**{name: _value(model._meta.get_field(name), v) for name, v in values.items()})


def _value(column: Any, value: object) -> object:  # noqa: ANN401 (a field of either model)
    if isinstance(value, str) and isinstance(column, BinaryField):
        return bytes.fromhex(value.removeprefix("\\x"))
    return value if column.is_relation else column.to_python(value)
