"""One group of lines understood: facts, problems, rows that may enter; without a database."""

import datetime as dt
import pickle
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from hashlib import blake2b
from typing import Any
from uuid import UUID

from gwa.collection.intake.groups import (
    Context,
    Detail,
    Group,
    ReadMember,
    RefusedRow,
    Repeated,
    Row,
    Told,
    Understood,
)
from gwa.collection.intake.places import Places, position_of
from gwa.collection.intake.problems import merged, of_member
from gwa.collection.intake.refusing import refuse_group
from gwa.collection.intake.repeating import Fingerprints
from gwa.collection.rules.checks import find_oddities
from gwa.collection.rules.mappings import Layout
from gwa.collection.rules.readers import LineReader, Read, identifiers_of, names_of, settle_birth
from gwa.common.crypto import blind_index, derived_key
from gwa.common.ids import new_id, new_ids
from gwa.common.text import fold
from gwa.registry.actions.bulk import PreparedHousehold, prepare_household
from gwa.registry.rules.entries import check_household
from gwa.registry.rules.facts import (
    HEAD,
    BirthFacts,
    HouseholdEntry,
    HouseholdFacts,
    MemberEntry,
    MemberFacts,
    PersonFacts,
)
from gwa.registry.rules.identifiers import parse_identifier
from gwa.registry.rules.numbers import parse_number
from gwa.registry.rules.problems import Problem

KEY_KIND = "import_key"


class Understanding:
    """Everything needed to understand the groups of one import."""

    def __init__(self, context: Context) -> None:
        self.context = context
        mapping = context.mapping
        self._layout = mapping.layout
        self.households = self.persons = None
        if mapping.households is not None and mapping.layout != Layout.PERSONS:
            self.households = self._reader(mapping.households.sheet, "households")
        if mapping.persons is not None:
            self.persons = self._reader(mapping.persons.sheet, "persons")
        self._key = derived_key("import_member")
        self._places = Places(context.gazetteer)
        self._sections = {
            variable.name: variable.section
            for variable in context.terms.dictionary.household.values()
        }

    def _reader(self, sheet: str, part: str) -> LineReader:
        context = self.context
        return LineReader(
            getattr(context.mapping, part),
            context.titles[sheet],
            context.mapping,
            context.terms.dictionary,
        )

    @cached_property
    def _fingerprints(self) -> Fingerprints:
        return Fingerprints(self.context)

    def understand_all(self, groups: Sequence[Group]) -> list[Told]:
        """Say what each group of a chunk means, but for what the source says again."""
        return [
            self._repeated(group, place) or self.understand(group, place)
            for place, group in enumerate(groups)
        ]

    def understand(self, group: Group, place: int) -> Understood:
        """Say what a group means: may it enter as new, what is wrong, who it might be."""
        detail, is_loose = self.read(group)
        prepared = None
        if not detail.problems:
            prepared, detail.problems = prepare_household(detail.entry, self.context.terms)
        elif not is_loose:
            detail.problems = merged(detail.problems, self._check(detail.entry))
        return self._pack(detail, place, prepared, is_loose=is_loose)

    def _repeated(self, group: Group, place: int) -> Repeated | None:
        said = self._fingerprints.of(group) if self.context.said else b""
        if said not in self.context.said:
            return None
        number = None
        if self.households is None or "registry_number" in self.households.titles:
            number = self._read_household(group)[0].values.get("registry_number")
        return Repeated(
            place=place,
            key_index=key_index(self.context.data_source_id, group.key),
            line=_first_line(group),
            lines=_count_lines(group),
            registry_number=number,
            said=said,
        )

    def reread(self, group: Group) -> Detail:
        """Understand a group again, for the few whose detail was not kept."""
        detail, is_loose = self.read(group)
        if not is_loose:
            detail.problems = merged(detail.problems, self._check(detail.entry))
        return detail

    def read(self, group: Group) -> tuple[Detail, bool]:
        """Read the lines into facts, with what is unclear in them; True where they are loose."""
        household, conflicts = self._read_household(group)
        since = household.values.get("registered_on") or self.context.terms.collected_on
        asked_on = self._asked_on(household)
        ids = new_ids(len(group.persons))
        members = [
            self._read_member(row, key, since, asked_on)
            for row, key in zip(group.persons, ids, strict=True)
        ]
        if self._layout == Layout.HOUSEHOLDS:
            # The head's columns are all empty where only the household is told of.
            members = [one for one in members if one.read.values.keys() - {"relationship"}]
        entry, problems = self._make_entry(household, members)
        if self._layout == Layout.PERSONS:
            facts = {"value": group.key}
            problems = [Problem("collection.household_not_known", "household_key", None, facts)]
        problems = [*conflicts, *household.problems, *problems]
        keyless = [
            Problem("collection.key_missing", "household_key", place)
            for place, member in enumerate(members)
            if member.read.line in group.keyless
        ]
        for place, member in enumerate(members):
            problems += [of_member(problem, place) for problem in member.read.problems]
        loose = self._loose(group)
        problems = [*(loose or problems), *keyless]
        return Detail(group, household, members, entry, problems), bool(loose)

    def _loose(self, group: Group) -> list[Problem]:
        """Lines whose household nobody can know."""
        if not group.key:
            return [Problem("collection.key_missing")]
        if self._layout == Layout.TWO_SHEETS and not group.households:
            facts = {"value": group.key}
            return [Problem("collection.household_line_missing", "household_key", None, facts)]
        return []

    def _check(self, entry: HouseholdEntry) -> list[Problem]:
        return check_household(
            entry.household,
            [member.facts for member in entry.members],
            dictionary=self.context.terms.dictionary,
            today=self.context.terms.today,
            collected_on=self.context.terms.collected_on,
            identifiers=[member.identifiers for member in entry.members],
        )

    def _pack(
        self,
        detail: Detail,
        place: int,
        prepared: PreparedHousehold | None,
        *,
        is_loose: bool,
    ) -> Understood:
        context, group = self.context, detail.group
        facts = [member.entry.facts for member in detail.members]
        numbers = [member.entry.identifiers for member in detail.members]
        oddities = list(find_oddities(facts, numbers, context.nina_layout))
        refused: list[RefusedRow] = []
        if detail.problems:
            refused = refuse_group(detail, detail.problems, context)
        values = detail.household.values
        return Understood(
            place=place,
            key_index=key_index(context.data_source_id, group.key),
            line=_first_line(group),
            lines=_count_lines(group),
            registry_number=values.get("registry_number"),
            household_id=_uuid(values.get("household_id") or group.key),
            identifiers=tuple(_indexes(numbers)),
            members={
                member.fingerprint: person
                for member, person in zip(
                    detail.members, prepared.persons if prepared else (), strict=False
                )
            },
            warnings=len(oddities),
            prepared=prepared,
            refused=refused,
            detail=pickle.dumps(detail, protocol=5) if context.expects_known else None,
            said=self._fingerprints.of(group),
            is_loose=is_loose,
        )

    # -- lines -------------------------------------------------------------------------------

    def _read_household(self, group: Group) -> tuple[Read, list[Problem]]:
        """Read the household's columns; lines of one household may not contradict each other."""
        rows = group.households
        if self.context.mapping.layout == Layout.FLAT:
            rows = [row for row in rows if row[0] not in group.keyless]
        if self.households is None or not rows:
            read = Read(group.persons[0][0] if group.persons else 0)
            if (number := parse_number(group.key)) is not None:
                read.values["registry_number"] = number
            return read, []
        first = self.households.read(*rows[0])
        if self._layout != Layout.FLAT:
            return first, [
                Problem("collection.line_repeated", "household_key", None, {"line": rows[0][0]})
                for _ in rows[1:]
            ]
        conflicts = []
        for row in rows[1:]:
            conflicts += self._join(first, self.households.read(*row))
        return first, conflicts

    def _join(self, first: Read, other: Read) -> list[Problem]:
        reader = self.households
        assert reader is not None  # noqa: S101 (only called where there is one)
        conflicts = []
        for mine, theirs in ((first.values, other.values), (first.answers, other.answers)):
            for name, value in theirs.items():
                if mine.setdefault(name, value) != value:
                    facts = {"column": reader.titles.get(name, name)}
                    conflicts.append(Problem("collection.household_differs", name, None, facts))
        known = {(problem.code, problem.field) for problem in first.problems}
        first.problems += [
            problem for problem in other.problems if (problem.code, problem.field) not in known
        ]
        first.erased = tuple(dict.fromkeys((*first.erased, *other.erased)))
        return conflicts

    def _read_member(self, row: Row, key: UUID, since: dt.date, asked_on: dt.date) -> ReadMember:
        reader = self.persons
        assert reader is not None  # noqa: S101 (groups have persons only where a sheet has them)
        read = reader.read(*row)
        values = read.values
        if self._layout == Layout.HOUSEHOLDS:
            values["relationship"] = HEAD
        given, family = names_of(read)
        birth = settle_birth(read, asked_on)
        relationship, sex = values.get("relationship", ""), values.get("sex", "")
        facts = MemberFacts(
            person=PersonFacts(
                id=key,
                given_name=given,
                family_name=family,
                everyday_name=values.get("everyday_name", ""),
                father_name=values.get("father_name", ""),
                mother_name=values.get("mother_name", ""),
                sex=sex,
                birth=birth,
                phone=values.get("phone", ""),
                answers=read.answers,
                dictionary_version_id=self.context.terms.dictionary_version_id,
            ),
            relationship=relationship,
            is_principal=values.get("is_principal", True),
            is_absent=values.get("is_absent", False),
            # Who was born into the household belongs to it from birth.
            started_on=values.get("started_on") or _born_since(birth, since),
        )
        numbers = identifiers_of(read, reader.numbers)
        mark = f"{_folded(given)} {_folded(family)} {sex} {birth and birth.first}"
        return ReadMember(read, MemberEntry(facts=facts, identifiers=numbers), mark)

    # -- facts -------------------------------------------------------------------------------

    def _make_entry(
        self, household: Read, members: Sequence[ReadMember]
    ) -> tuple[HouseholdEntry, list[Problem]]:
        values, context = household.values, self.context
        problems: list[Problem] = []
        registered_on = values.get("registered_on") or context.terms.collected_on
        zone_id = self._places.zone(values, problems)
        if not members:
            problems.append(Problem("collection.no_members", "relationship"))
        facts = HouseholdFacts(
            id=new_id(),
            zone_id=zone_id,
            registered_on=registered_on,
            address=values.get("address", ""),
            position=position_of(values, problems),
            is_position_hidden=values.get("is_position_hidden", False),
            answers=household.answers,
            dictionary_version_id=context.terms.dictionary_version_id,
            last_interview_on=values.get("last_interview_on"),
            freshness=self._freshness(household),
            registry_number=values.get("registry_number"),
        )
        entry = HouseholdEntry(
            household=facts,
            members=tuple(member.entry for member in members),
            place_now=self._places.place_now(values, facts, problems),
            origin=self._places.origin(values, problems),
        )
        self._fingerprint(members)
        return entry, problems

    def _fingerprint(self, members: Iterable[ReadMember]) -> None:
        """Turn marks into keyed fingerprints; equals are told apart by their order."""
        seen: dict[str, int] = {}
        for member in members:
            mark = member.fingerprint
            seen[mark] = seen.get(mark, 0) + 1
            told = f"{mark}\0{seen[mark]}".encode()
            member.fingerprint = blake2b(told, key=self._key, digest_size=8).hexdigest()

    def _asked_on(self, household: Read) -> dt.date:
        """The day of the interview, or that of the list."""
        told: dt.date | None = household.values.get("last_interview_on")
        return told or self.context.terms.collected_on

    def _freshness(self, household: Read) -> dict[str, str]:
        """The sections that the list asked, and when."""
        sections = {self._sections[name] for name in household.answers}
        return dict.fromkeys(sorted(sections), self._asked_on(household).isoformat())


_folded = lru_cache(maxsize=50_000)(fold)


def key_index(data_source_id: int, key: str) -> bytes:
    """Return the keyed fingerprint of a household's key in the lists of one source."""
    return blind_index(f"{data_source_id}\0{key}", kind=KEY_KIND)


def _first_line(group: Group) -> int:
    return (group.households or group.persons)[0][0]


def _count_lines(group: Group) -> int:
    """How many lines of the file: one that is both the household's and a person's counts once."""
    return len(set(map(id, (*group.households, *group.persons))))


def _born_since(birth: BirthFacts | None, since: dt.date) -> dt.date | None:
    return birth.first if birth is not None and birth.first > since else None


def _indexes(numbers: Sequence[Sequence[Any]]) -> Iterable[tuple[str, bytes]]:
    for own in numbers:
        for number in own:
            value = parse_identifier(number.kind, number.value)
            if value is not None:
                yield number.kind, blind_index(value, kind=number.kind)


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
