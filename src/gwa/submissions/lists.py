"""The lists that go with a form: places, households and persons of the account's zones.

They hold what the form reads, and what a household is found by, and no more: a telephone that is
lost must not tell what a commune answered. Each is read under the zones of the present scope.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias
from uuid import UUID

from django.db import connection
from django.db.models import F

from gwa.accounts.models import User
from gwa.questionnaires.rules.deriving import HOUSEHOLDS, PERSONS
from gwa.questionnaires.rules.listed import columns_read
from gwa.questionnaires.xform.definitions import Form
from gwa.registry.columns import SEALED_VARIABLES, right_to_read
from gwa.registry.models import Household, Membership
from gwa.registry.rules.numbers import show_number
from gwa.submissions.members import name_of_member
from gwa.submissions.reach import reach_of
from gwa.variables.rules.definitions import Dictionary, Level, VariableDefinition
from gwa.zones.models import Level as ZoneLevel
from gwa.zones.models import Zone

_SETTLEMENT = "settlement"
_LEVELS = {
    ZoneLevel.REGION: "region",
    ZoneLevel.CERCLE: "cercle",
    ZoneLevel.COMMUNE: "commune",
}
ABOVE = tuple(_LEVELS.values())
ABOVE_COMMUNES = ABOVE[:-1]


def write_zones(zones: Iterable[Zone], *, above_them: Sequence[str] = ABOVE) -> bytes:
    """The places: `name` is the code, and each row names those above it by their codes.

    `above_them`: the levels that have a column.
    """
    titles = ("name", "label", "level", *above_them)
    rows: list[list[str]] = []
    above: dict[str, Mapping[str, str]] = {}
    for zone in zones:
        parent = above.get(zone.path[: zone.path.rstrip("/").rfind("/") + 1], {})
        level = _SETTLEMENT if zone.is_settlement else _LEVELS.get(ZoneLevel(zone.level), "")
        above[zone.path] = {**parent, level: zone.code} if level in _LEVELS.values() else parent
        if level:
            told = {"name": zone.code, "label": zone.name, "level": level, **parent}
            rows.append([told.get(title, "") for title in titles])
    return _as_csv(titles, rows)


def write_campaign(values: Mapping[str, str]) -> bytes:
    """What the form is told of the campaign: one row a value."""
    return _as_csv(("name", "value"), values.items())


def write_households(user: User, form: Form, dictionary: Dictionary) -> tuple[bytes, int]:
    """The households of the account's zones; also how many there are."""
    names = _properties(form, HOUSEHOLDS, dictionary, Level.HOUSEHOLD)
    homes = Household.objects.visible_to(user).filter(status=Household.Status.ACTIVE)
    homes = reach_of(user).narrow(homes)
    known = homes.annotate(zone_code=F("zone__code")).order_by("zone_path", "id")
    told = known.values("id", "answers", *_HOUSEHOLD)
    found = list(told.iterator(2000))
    versions = read_versions([home["id"] for home in found])
    heads = _heads(user)
    rows = [
        (
            home["id"],
            f"{heads.get(home['id'], '–')} – {show_number(home['registry_number'])}",
            versions.get(home["id"], 1),
            *_values(names, home, home["answers"]),
        )
        for home in found
    ]
    return _as_csv(("name", "label", "__version", *names), rows), len(rows)


def write_persons(user: User, form: Form, dictionary: Dictionary) -> tuple[bytes, int]:
    """The members of those households; also how many there are."""
    names = _properties(form, PERSONS, dictionary, Level.PERSON)
    members = Membership.objects.visible_to(user).filter(
        ended_on__isnull=True, household__status=Household.Status.ACTIVE
    )
    members = reach_of(user).narrow(members)
    order = ("zone_path", "household_id", "-is_head", "started_on", "id")
    own = {name: F(f"person__{name}") for name in ("answers", *_PERSON)}
    told = members.order_by(*order).values("id", "person_id", "is_principal", *_MEMBERSHIP, **own)
    found = list(told.iterator(2000))
    versions = read_versions(list({member["household_id"] for member in found}))
    rows = [
        (
            name_of_member(member),
            f"{member['given_name']} {member['family_name']}",
            versions.get(member["household_id"], 1),
            *_values(names, member, member["answers"]),
        )
        for member in found
    ]
    return _as_csv(("name", "label", "__version", *names), rows), len(rows)


# What lists may hold beside the answers.
_HOUSEHOLD = ("zone_code", "registry_number", "address")
_MEMBERSHIP = ("household_id", "relationship", "is_absent")
_PERSON = (
    "given_name", "family_name", "everyday_name", "father_name", "mother_name", "sex",
    "birth_from", "birth_to", "birth_known_by",
)  # fmt: skip
_KNOWN = {HOUSEHOLDS: _HOUSEHOLD, PERSONS: (*_MEMBERSHIP, *_PERSON)}
# What a telephone searches a household by, whatever the form reads.
_SOUGHT = {HOUSEHOLDS: _HOUSEHOLD, PERSONS: ("household_id", "everyday_name")}


def _properties(form: Form, dataset: str, dictionary: Dictionary, level: Level) -> list[str]:
    """What households are found by, and what the form reads of what a telephone may hold."""
    repeats = {one.repeat for one in form.entities if one.dataset == dataset}
    saved = [q.save_to for q in form.questions if q.save_to and q.repeat in repeats]
    read, variables = columns_read(form, dataset), dictionary.at_level(level)
    known = [
        name
        for name in (*_KNOWN[dataset], *saved)
        if name in read and may_be_held(variables.get(name), name)
    ]
    return list(dict.fromkeys((*_SOUGHT[dataset], *known)))


def may_be_held(variable: VariableDefinition | None, name: str) -> bool:
    """Tell whether a telephone may hold an answer: none that is sealed or sensitive."""
    return name not in SEALED_VARIABLES and (variable is None or not right_to_read(variable))


def _values(
    names: Sequence[str], known: Mapping[str, object], answers: Mapping[str, object]
) -> Iterator[object]:
    return (as_told(known[name] if name in known else answers.get(name)) for name in names)


def as_told(value: object) -> object:
    """Return a value as an interview writes it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return " ".join(map(str, value))
    return "" if value is None else value


def read_versions(households: list[UUID]) -> dict[UUID, int]:
    """How many times each household was changed, and one: its version on a telephone.

    A household entered by a list has no change yet; what was never changed is not in the answer.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT household_id, 1 + count(DISTINCT change_id) FROM registry_version"
            " WHERE household_id = ANY(%s) GROUP BY household_id",
            [households],
        )
        return dict(cursor.fetchall())


def _heads(user: User) -> dict[object, str]:
    heads = Membership.objects.visible_to(user).filter(is_head=True, ended_on__isnull=True)
    return {
        key: f"{given} {family}"
        for key, given, family in heads.values_list(
            "household_id", "person__given_name", "person__family_name"
        )
    }


def _as_csv(titles: Sequence[str], rows: Iterable[Iterable[object]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(titles)
    writer.writerows(rows)
    return text.getvalue().encode()


WriteList: TypeAlias = Callable[[User, Form, Dictionary], tuple[bytes, int]]
ENTITY_LISTS: Mapping[str, WriteList] = {HOUSEHOLDS: write_households, PERSONS: write_persons}
