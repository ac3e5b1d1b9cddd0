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
    note_asked,
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


@dataclass(frozen=True, slots=True)
class Settled:
    """Conflicts that somebody settled, by name; True where the interview is believed.

    Whoever believed it vouches for it: their `source` writes it, since the interview alone would
    lose again against the later word that it contradicts.
    """

    believed: Mapping[str, bool] = field(default_factory=dict)
    source: Source | None = None


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
    settled: Settled,
    actor: Actor,
) -> Outcome:
    """Write what the interview says, whole or not at all. A step of an open change."""
    key = interview.lines.household_id
    known = load_known([key]).get(key)
    if known is None:
        return _register(interview, source)
    outcome = _update(interview, known, source, before, settled)
    if outcome.source is not None:
        note_asked(key, interview.detail.entry.household.freshness)
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
    settled: Settled,
) -> Outcome:
    detail = interview.detail
    pairing = pair(detail.members, known, Match(known.household.pk))
    comparison = compare(detail, known, pairing)
    if comparison.problems:
        return Outcome(problems=comparison.problems)
    if comparison.update is None:
        return Outcome(known.household, keep(source))
    base = _base_of(interview, known.household, before)
    weighed = _against(base, comparison.update, known, pairing, settled)
    if weighed.conflicts:
        return Outcome(problems=weighed.conflicts)
    kept = keep(source)
    version = interview.version.pk
    if _says_something(weighed.told):
        update_household(weighed.told, source=kept, dictionary_version_id=version)
    if settled.source is not None and _says_something(weighed.believed):
        by = keep(settled.source)
        update_household(weighed.believed, source=by, dictionary_version_id=version)
    return Outcome(Household.objects.get(pk=known.household.pk), kept)


def _base_of(interview: Interview, household: Household, before: Submission | None) -> Base:
    """Return what the telephone knew: its list's version, or what its last sending left."""
    version: int | None = interview.lines.household.base_version or None
    if before is not None and before.change_id is not None:
        version = version_of(household, until=before.change_id)
    return read_base(household, version) if version is not None else Base()


@dataclass(frozen=True, slots=True)
class _Weighed:
    """What the interviewer changed, what of it somebody believed against others, what is open."""

    told: HouseholdUpdate
    believed: HouseholdUpdate
    conflicts: list[Problem]


def _says_something(update: HouseholdUpdate) -> bool:
    return bool(update.changes or update.persons or update.newcomers)


def _against(
    base: Base, update: HouseholdUpdate, known: Known, pairing: Pairing, settled: Settled
) -> _Weighed:
    """Keep what the interviewer changed; say where others changed the same meanwhile."""
    conflicts: list[Problem] = []
    weigh = _Weighing(base, settled.believed, conflicts)
    told, believed = weigh.sort(known.household, update.changes, None)
    places = {member.person_id: place for place, member in pairing.members.items()}
    people = {member.person_id: member.person for member in known.members}
    persons, vouched = [], []
    for one in update.persons:
        place = places.get(one.person_id)
        changed, sure = weigh.sort(people[one.person_id], one.changes, place)
        if changed or one.identifiers:
            persons.append(replace(one, changes=changed))
        if sure:
            vouched.append(replace(one, changes=sure, identifiers=()))
    return _Weighed(
        told=replace(update, changes=told, persons=persons),
        believed=HouseholdUpdate(update.household_id, believed, vouched),
        conflicts=conflicts,
    )


@dataclass(slots=True)
class _Weighing:
    """Weighs what was told against what others changed since the telephone's version."""

    base: Base
    settled: Mapping[str, bool]
    conflicts: list[Problem]

    def sort(
        self, row: Household | Person, changes: Mapping[str, object], place: int | None
    ) -> tuple[dict[str, object], dict[str, object]]:
        """Return what nobody contradicts, and what somebody settled for the interview."""
        told: dict[str, object] = {}
        believed: dict[str, object] = {}
        for name, said, now, then in _compared(self.base, row, changes):
            if said == then and now != then:
                continue
            if now == then:
                told[name] = changes[name]
                continue
            conflict = Problem(CONFLICT, name, place, {"told": said, "now": now, "then": then})
            is_believed = self.settled.get(name_of_conflict(asdict(conflict)))
            if is_believed is None:
                self.conflicts.append(conflict)
            elif is_believed:
                believed[name] = changes[name]
        return told, believed


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
