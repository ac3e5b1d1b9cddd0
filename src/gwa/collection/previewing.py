"""The first lines of an import as they will be understood, by the very code that lets them in.

Nothing is written: the registry is only asked who is known.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gwa.collection import storage
from gwa.collection.intake.comparing import load_known
from gwa.collection.intake.deciding import Decision, Fate, decide
from gwa.collection.intake.groups import Context, Detail, Group, ReadMember, Understood
from gwa.collection.intake.hearing import drop_heard
from gwa.collection.intake.matching import match_all
from gwa.collection.intake.preparing import make_context, sheets_to_spool
from gwa.collection.intake.refusing import pack_problem
from gwa.collection.intake.spool import gather, own_key, read_keyed
from gwa.collection.intake.understanding import Understanding
from gwa.collection.models import Import
from gwa.collection.rules.cells import text_of
from gwa.collection.rules.mappings import Layout, Mapping
from gwa.collection.words import label_of, say_packed
from gwa.common.scope import scoped
from gwa.registry.models import Source
from gwa.registry.rules.facts import PersonFacts
from gwa.registry.rules.numbers import show_number
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
    """A household of the first lines, in words, and what would become of it.

    `number`: under which the registry knows it. `changes`: what the list tells otherwise.
    """

    line: int
    place: str
    facts: tuple[Fact, ...]
    members: tuple[MemberSeen, ...]
    fate: Fate
    problems: tuple[str, ...]
    number: str
    changes: tuple[str, ...]
    # Members may stand further down than anybody looked.
    is_cut: bool


def preview_import(of_import: Import) -> list[HouseholdSeen]:
    """Understand the first households of the files, and say what would become of each."""
    listed = of_import.data_source
    source = new_source(Source.Kind(listed.kind), listed.name, of_import.collected_on)
    context = make_context(of_import, source, current_version())
    understanding = Understanding(context)
    groups, are_all = _first_groups(of_import, context.mapping)
    details = [understanding.reread(group) for group in groups]
    with scoped(of_import.scope_paths):
        understood = [understanding.understand(group, place) for place, group in enumerate(groups)]
        decisions = _decide(understood, details, of_import, source)
    seen = zip(details, decisions, strict=True)
    return [_say(*one, context=context, are_all=are_all) for one in seen]


def _decide(
    groups: Sequence[Understood], details: Sequence[Detail], of_import: Import, source: Source
) -> list[Decision]:
    """Decide as the job will, in the importer's zones."""
    matches = match_all(groups, of_import.data_source_id)
    known = load_known({key for match in matches for key in match.households})
    numbers: dict[str, int] = {}
    decisions = []
    for group, match in zip(groups, matches, strict=True):
        decision = decide(
            group,
            match,
            known=known,
            numbers=numbers,
            policy=of_import.known,
            detail_of=lambda one: details[one.place],
        )
        if decision.update is not None:
            (decision.update,) = drop_heard([decision.update], source)
            decision.fate = Fate.UPDATED if decision.update else Fate.UNCHANGED
        decisions.append(decision)
    return decisions


def _first_groups(of_import: Import, mapping: Mapping) -> tuple[list[Group], bool]:
    """Bring the lines of the first households together; False where lines of theirs may follow."""
    files = of_import.files.all()
    with ExitStack() as stack:
        paths = {file.position: stack.enter_context(storage.opened(file)) for file in files}
        sheets = [
            (sheet.role, list(islice(read_keyed(sheet), _LOOKED_AT)))
            for sheet in sheets_to_spool(of_import, mapping, paths, chunks=1)
        ]
    lead, lines = sheets[0]
    keys = dict.fromkeys(own_key(key) or (lead, row[0]) for key, row in lines)
    first = frozenset(islice(keys, _HOUSEHOLDS))
    wanted = (
        (role, [(key, row) for key, row in pairs if (own_key(key) or (role, row[0])) in first])
        for role, pairs in sheets
    )
    groups = sorted(gather(wanted), key=lambda group: (group.households or group.persons)[0][0])
    return groups, all(len(pairs) < _LOOKED_AT for _, pairs in sheets)


def _say(detail: Detail, decision: Decision, *, context: Context, are_all: bool) -> HouseholdSeen:
    dictionary = context.terms.dictionary
    place = context.gazetteer.places.get(detail.entry.household.zone_id)
    wrong = decision.problems or detail.problems if decision.fate is Fate.REFUSED else ()
    problems = say_packed([pack_problem(problem) for problem in wrong], dictionary)
    first = (detail.group.households or detail.group.persons)[0][0]
    return HouseholdSeen(
        line=first,
        place=place.shown if place is not None else "",
        facts=_facts(detail.household.values | detail.household.answers, dictionary),
        members=tuple(_say_member(member, dictionary) for member in detail.members),
        fate=decision.fate,
        problems=tuple(dict.fromkeys(problems)),
        number=show_number(decision.found.household.registry_number) if decision.found else "",
        changes=tuple(_changes(decision, dictionary)),
        is_cut=not (are_all or detail.members) and context.mapping.layout == Layout.TWO_SHEETS,
    )


def _changes(decision: Decision, dictionary: Dictionary) -> Iterator[str]:
    """Say what the list tells otherwise: of the household, of each person, who is new in it."""
    update, found = decision.update, decision.found
    if update is None or found is None:
        return
    if update.changes:
        yield _labels(update.changes, dictionary)
    names = {member.person_id: str(member.person) for member in found.members}
    for person in update.persons:
        told = [*person.changes, *(f"identifier_{one.kind}" for one in person.identifiers)]
        yield f"{names[person.person_id]} : {_labels(told, dictionary)}"
    for newcomer in update.newcomers:
        told_of = newcomer.facts.person
        assert isinstance(told_of, PersonFacts)  # noqa: S101 (a line tells of somebody)
        name = f"{told_of.given_name} {told_of.family_name}".strip()
        yield _("Nouvelle personne : %(name)s") % {"name": name}


def _labels(names: Iterable[str], dictionary: Dictionary) -> str:
    return ", ".join(label_of(name.removeprefix("answers."), dictionary) for name in names)


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
