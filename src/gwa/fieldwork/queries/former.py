"""What the households given to a person answered before, as the form would say it.

A telephone holds it of its own villages alone, a file each; it opens one when it updates somebody.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from uuid import UUID

from gwa.accounts.models import User
from gwa.fieldwork.former import Asking, answers_in, asking_of
from gwa.fieldwork.models import Assignment
from gwa.questionnaires.models import FormVersion
from gwa.questionnaires.queries.versions import form_of
from gwa.questionnaires.xform.definitions import Form
from gwa.registry.models import Household, Membership
from gwa.snapshots.changes import state_of
from gwa.submissions.lists import read_versions
from gwa.submissions.made_lists import Listed, find_made
from gwa.submissions.members import name_of_member
from gwa.submissions.reach import reach_of
from gwa.variables.queries import current_dictionary, read_dictionary
from gwa.variables.rules.definitions import Level
from gwa.zones.models import Zone

# Raise it when the files are written otherwise.
_LAYOUT = 1


@dataclass(slots=True)
class Given:
    """A zone where a person works with a form. Without households: all of it."""

    zone: Zone
    households: set[UUID] = field(default_factory=set)


def given_with(version: FormVersion, assignments: Iterable[Assignment]) -> dict[str, Given]:
    """Return what was given to be asked with a form, by the code of the zone."""
    mine = [one for one in assignments if one.form_id == version.form_id]
    whole = {one.zone.code for one in mine if not one.households}
    given: dict[str, Given] = {}
    for one in mine:
        found = given.setdefault(one.zone.code, Given(one.zone))
        if one.zone.code not in whole:
            found.households.update(one.households)
    return given


def find_former(user: User, version: FormVersion, given: Given) -> Listed:
    """Return the former answers of what was given, made again where something has changed."""
    households = sorted(map(str, given.households))
    words = (str(_LAYOUT), str(version.pk), "former", given.zone.path, *households)
    return find_made(
        (*words, *reach_of(user).words),
        state_of([given.zone.path]),
        lambda: _write(user, version, given),
    )


def _write(user: User, version: FormVersion, given: Given) -> tuple[bytes, int]:
    homes = Household.objects.visible_to(user).under_path(given.zone.path)
    homes = homes.filter(status=Household.Status.ACTIVE)
    if given.households:
        homes = homes.filter(pk__in=given.households)
    found = list(reach_of(user).narrow(homes).order_by("pk"))
    form = form_of(version)
    of_homes, of_people = _asking(version.pk, form)
    keys = [home.pk for home in found]
    versions, members = read_versions(keys), _members(keys, of_people, form)
    told = {
        str(home.pk): {
            "version": str(versions.get(home.pk, 1)),
            "asked_on": max(home.freshness.values(), default=""),
            "answers": answers_in(of_homes, {**home.answers, "address": home.address}, form),
            "members": members[home.pk],
        }
        for home in found
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode(), len(found)


@lru_cache(maxsize=16)
def _asking(version_id: int, form: Form) -> tuple[Asking, Asking]:
    version = FormVersion.objects.select_related("dictionary_version").get(pk=version_id)
    meaning = version.dictionary_version
    dictionary = read_dictionary(meaning) if meaning else current_dictionary()
    return (
        asking_of(form, dictionary, Level.HOUSEHOLD),
        asking_of(form, dictionary, Level.PERSON),
    )


def _members(
    households: list[UUID], asking: Asking, form: Form
) -> defaultdict[UUID, dict[str, dict[str, str]]]:
    rows = Membership.objects.filter(household__in=households, ended_on__isnull=True)
    told: defaultdict[UUID, dict[str, dict[str, str]]] = defaultdict(dict)
    for one in rows.select_related("person").order_by("pk"):
        row: dict[str, Any] = {
            "id": one.pk, "person_id": one.person_id, "is_principal": one.is_principal,
        }  # fmt: skip
        answers = answers_in(asking, one.person.answers, form)
        if answers:
            told[one.household_id][str(name_of_member(row))] = answers
    return told
