"""Exports of a whole country, each made in a process of its own as the worker makes it.

The columns are those the screen proposes, the address, some answers, and numbers in clear.
"""

from django.utils import timezone

from benchmarks import Figure
from benchmarks._child import run_child
from benchmarks._country import become_application, load_once
from gwa.accounts.models import User
from gwa.exports.models import Export
from gwa.testing.accounts import make_account

NAME = "export"
SIZE = 300_000
_TARGET_SECONDS, _TARGET_MIB = 60, 500
_HOUSEHOLD = [
    "household_id", "registry_number", "zone_code", "name_of_commune", "name_of_zone", "address",
    "status", "registered_on", "last_interview_on", "size", "area", "rooms", "roof_material",
    "drinking_water", "toilet",
]  # fmt: skip
_PERSON = [
    "person_id", "household_id", "given_name", "family_name", "sex", "birth_date", "age_min",
    "age_max", "relationship", "is_principal", "nina", "phone", "school_attendance",
]  # fmt: skip
_WORK = """
import sys, django
django.setup()
from gwa.exports.tasks import make
make(export_id=sys.argv[1])
"""


def run(size: int) -> list[Figure]:
    """Load a country and export it in each form."""
    loaded = load_once(size)
    become_application()
    operator = make_account("operator", username="export_bench")
    people = f"{loaded.households} households, {loaded.persons} persons"
    figures = _measure("csv", operator, _PERSON, people, size)
    figures += _measure("parquet", operator, _PERSON, people, size)
    # A sheet holds a million lines: the persons of such a country do not fit.
    return figures + _measure("xlsx", operator, [], f"{loaded.households} households", size)


def _measure(form: str, person: User, columns: list[str], data: str, size: int) -> list[Figure]:
    export = Export.objects.create(
        asked_by=person,
        asked_at=timezone.now(),
        reason="mesure",
        form=form,
        wording="codes" if form == "parquet" else "words",
        language="fr",
        household_columns=_HOUSEHOLD,
        person_columns=columns,
    )
    work = run_child("-c", _WORK, str(export.pk))
    export.refresh_from_db()
    assert export.state == Export.State.DONE, export.failure
    is_whole = size >= SIZE
    return [
        Figure(
            f"export_{form}",
            work.seconds,
            "s",
            data,
            target=_TARGET_SECONDS if is_whole else None,
        ),
        Figure(
            f"export_{form}_memory",
            work.peak_mib,
            "MiB",
            data,
            target=_TARGET_MIB if is_whole else None,
        ),
    ]
