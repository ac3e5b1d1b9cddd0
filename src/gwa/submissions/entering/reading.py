"""What an interview says, by the rules of lists: facts, and everything that is wrong."""

import datetime as dt
from dataclasses import dataclass, replace
from functools import lru_cache
from uuid import UUID

from django.utils import timezone

from gwa.collection.intake.groups import Context, Detail
from gwa.collection.intake.understanding import Understanding
from gwa.collection.queries.places import read_gazetteer
from gwa.collection.rules.places import Gazetteer
from gwa.common.scope import EVERYWHERE
from gwa.questionnaires.queries.versions import form_of
from gwa.registry.actions.bulk import Terms
from gwa.registry.models import Source
from gwa.registry.rules.facts import HouseholdEntry, MemberEntry, PersonFacts
from gwa.registry.sources import nina_layout
from gwa.submissions.lines import Lines, mapping_of, titles_of
from gwa.submissions.models import Submission
from gwa.variables.models import DictionaryVersion
from gwa.variables.queries import read_dictionary
from gwa.zones.models import Geography


@dataclass(frozen=True, slots=True)
class Country:
    """The places of the geography in force, and where each settlement stands in the tree."""

    gazetteer: Gazetteer
    zones: dict[int, str]


def read_country() -> Country:
    """Return the country's places: read again only when a zone changed."""
    stamps = Geography.objects.order_by("pk").values_list("pk", "changed_at")
    return _read_country(tuple(stamps))


@lru_cache(maxsize=1)
def _read_country(stamps: tuple[tuple[int, dt.datetime], ...]) -> Country:
    gazetteer = read_gazetteer([EVERYWHERE])
    places = gazetteer.places.values()
    return Country(gazetteer, {place.id: place.path for place in places if place.is_settlement})


@dataclass(frozen=True, slots=True)
class Interview:
    """An interview as it was understood."""

    lines: Lines
    detail: Detail
    context: Context
    version: DictionaryVersion


def understand(submission: Submission, lines: Lines, source: Source, on: dt.date) -> Interview:
    """Read the lines into facts. Persons and household keep the ids that the telephone gave."""
    version = submission.form_version.dictionary_version
    assert version is not None  # noqa: S101 (published: the constraint says so)
    form, dictionary, country = (
        form_of(submission.form_version),
        read_dictionary(version),
        read_country(),
    )
    context = Context(
        import_id=submission.pk,
        data_source_id=0,
        zone_path=submission.zone_path,
        mapping=mapping_of(form, dictionary),
        titles=titles_of(form),
        gazetteer=country.gazetteer,
        terms=Terms(
            dictionary=dictionary,
            dictionary_version_id=version.pk,
            source_id=source.pk,
            today=timezone.localdate(),
            collected_on=on,
            zones=country.zones,
        ),
        nina_layout=nina_layout(),
    )
    detail, _is_loose = Understanding(context).read(lines.group)
    detail.entry = _with_ids(detail.entry, lines)
    for one, entry in zip(detail.members, detail.entry.members, strict=True):
        one.entry = entry
    return Interview(lines, detail, context, version)


def _with_ids(entry: HouseholdEntry, lines: Lines) -> HouseholdEntry:
    members = tuple(
        _member(member, UUID(told.id))
        for member, told in zip(entry.members, lines.persons, strict=True)
    )
    return replace(
        entry, household=replace(entry.household, id=lines.household_id), members=members
    )


def _member(member: MemberEntry, key: UUID) -> MemberEntry:
    person = member.facts.person
    assert isinstance(person, PersonFacts)  # noqa: S101 (lines tell of persons, not of rows)
    return replace(member, facts=replace(member.facts, person=replace(person, id=key)))
