"""What each scope may do with each protected table: one row of everything, family by family."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from gwa.accounts.models import User
from gwa.collection.models import (
    DataSource,
    Import,
    ImportedHousehold,
    ImportFile,
    PaperForm,
    RefusedLine,
)
from gwa.common.ids import new_id
from gwa.common.scope import everywhere, scoped
from gwa.fieldwork.models import Assignment, Card, SentBack, ZoneAccess
from gwa.journal.actions import record
from gwa.journal.models import SYSTEM
from gwa.questionnaires.models import Form, FormVersion
from gwa.registry.models import (
    Compound,
    Document,
    Household,
    HouseholdOrigin,
    Identifier,
    Membership,
    Person,
    PersonName,
    SearchName,
    Source,
    Statement,
    ZoneFigure,
)
from gwa.submissions.models import DraftCopy, Original, Submission, SubmissionFile
from gwa.testing.accounts import make_account
from gwa.testing.places import TestPlaces, make_places
from gwa.zones.models import Zone

# Two families in Sévaré, one in Konna, three in Gao: each scope has a count of its own.
FAMILIES = {"sevare": 2, "konna": 1, "chateau": 3}
APPEND_ONLY = ("journal_entry", "registry_version")


def protected_tables() -> list[str]:
    """Every table under row-level security, read from the catalogue: a new one joins by itself."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relrowsecurity AND NOT relispartition ORDER BY 1"
        )
        return [row[0] for row in cursor.fetchall()]


@contextmanager
def _writing() -> Iterator[None]:
    """Write to the registry as one change, without its actions: rows matter here, not sense."""
    with transaction.atomic(), everywhere(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('gwa.change', %s, true)", [str(uuid.uuid4())])
        cursor.execute("SELECT set_config('gwa.bulk', 'on', true)")
        yield
        cursor.execute("SELECT set_config('gwa.change', '', true)")
        cursor.execute("SELECT set_config('gwa.bulk', '', true)")


def plant() -> TestPlaces:
    """Add the families: in every protected table, one row for each of them."""
    places = make_places()
    with _writing():
        source = Source.objects.create(
            kind="interview", label="essai", collected_on="2026-01-01", recorded_at=timezone.now()
        )
        number = 0
        for place, families in FAMILIES.items():
            for _ in range(families):
                number += 1
                _plant_family(getattr(places, place), source, number)
        for place, families in FAMILIES.items():
            _plant_figures(getattr(places, place), families)
    return places


def _plant_family(zone: Zone, source: Source, number: int) -> None:
    here: dict[str, Any] = {"zone_path": zone.path}
    compound = Compound.objects.create(zone=zone, started_on="2026-01-01", **here)
    household = Household.objects.create(
        registry_number=f"TEST{number:08d}",
        compound=compound,
        zone=zone,
        attached_on="2026-01-01",
        registered_on="2026-01-01",
        source=source,
        **here,
    )
    HouseholdOrigin.objects.create(household=household, zone=zone, **here)
    person = Person.objects.create(
        family_name="Traoré", given_name=f"Awa {number}", sex="F", source=source, **here
    )
    Membership.objects.create(
        person=person,
        household=household,
        relationship="head",
        is_head=True,
        started_on="2026-01-01",
        source=source,
        **here,
    )
    identifier = Identifier(person=person, kind="nina", source=source, **here)
    identifier.set_value(f"{number:014d}A")
    identifier.save()
    Document.objects.create(
        household=household,
        title="acte",
        media_type="image/png",
        size=1,
        sha256="0" * 64,
        file="x",
        added_at=timezone.now(),
        **here,
    )
    Statement.objects.create(
        subject_kind="person",
        subject_id=person.pk,
        field="family_name",
        value="Traore",
        source=source,
        stated_on="2026-01-01",
        is_in_force=True,
        **here,
    )
    name = SearchName.objects.create(text=f"awa {number} traore", words=["awa", "traore"])
    PersonName.objects.create(person=person, name=name, **here)
    _plant_import(household, number, here)
    _plant_interview(household, number, here)
    record("test.planted", actor=SYSTEM, subject=household)
    with connection.cursor() as cursor:  # one line of history
        cursor.execute("UPDATE registry_compound SET name = 'x' WHERE id = %s", [compound.pk])


def _plant_import(household: Household, number: int, here: dict[str, Any]) -> None:
    """A list that brought the household, with a file and a line that stayed outside."""
    days = {"collected_from": "2026-01-01", "collected_to": "2026-01-01"}
    listed = DataSource.objects.create(
        name=f"liste {number}", kind="partner", organisation="x", added_at=timezone.now(), **days
    )
    made = Import.objects.create(
        data_source=listed, collected_on="2026-01-01", added_at=timezone.now(), **here
    )
    ImportFile.objects.create(
        of_import=made, position=0, file_name="x.csv", size=1, sha256="0" * 64, format="csv", **here
    )
    ImportedHousehold.objects.create(
        of_import=made,
        data_source=listed,
        household_id=household.pk,
        key_index=b"x",
        outcome="registered",
        line=2,
        **here,
    )
    line = RefusedLine(of_import=made, sheet="x", line=3, codes=["x"], **here)
    line.set_content(["x"], [])
    line.save()


def _plant_interview(household: Household, number: int, here: dict[str, Any]) -> None:
    """An interview that made the household, with its original and a photo."""
    form, _ = Form.objects.get_or_create(code="essai", defaults={"title": "Essai"})
    version, _ = FormVersion.objects.get_or_create(
        form=form,
        version="1",
        defaults={"xform": b"x", "xform_md5": "0" * 32, "proposed_at": timezone.now()},
    )
    submission = Submission.objects.create(
        instance_id=f"uuid:{number}",
        interview_id=new_id(),
        form_version=version,
        received_at=timezone.now(),
        household=household,
        **here,
    )
    original = Original(id=submission.pk, at=submission.received_at, **here)
    original.set_xml(b"<data/>")
    original.save(force_insert=True)
    SubmissionFile.objects.create(submission=submission, name="1.jpg", **here)
    author = make_account("enumerator", username=f"author_{number}")
    draft = DraftCopy(
        user=author,
        instance_id=f"uuid:draft-{number}",
        form_version=version,
        made_at=timezone.now(),
        received_at=timezone.now(),
        **here,
    )
    draft.set_xml(b"<data/>")
    draft.save()
    _plant_work(submission, author, number, here)
    PaperForm.objects.create(
        number=f"F-{number}",
        count=number,
        form_version=version,
        printed_at=timezone.now(),
        **here,
    )


def _plant_work(submission: Submission, author: User, number: int, here: dict[str, Any]) -> None:
    """Work given for the household's village, the interview sent back, a card, a word on a zone."""
    now, by = timezone.now(), "essai"
    zone = Zone.objects.get(path=here["zone_path"])
    form = submission.form_version.form
    Assignment.objects.create(user=author, zone=zone, form=form, made_at=now, made_by=by, **here)
    sent = SentBack(submission=submission, at=now, by=by, **here)
    sent.set_words("x", [])
    sent.save()
    Card.objects.create(number=f"{number:012d}", printed_at=now, printed_by=by, **here)
    other = Zone.objects.filter(access=None).order_by("-pk")[0]
    ZoneAccess.objects.create(zone=other, state="open", reason="x", since=now, by=by, **here)


def _plant_figures(zone: Zone, families: int) -> None:
    for place in range(families):
        ZoneFigure.objects.create(
            zone=zone,
            zone_path=zone.path,
            measure=f"m{place}",
            value=1,
        )


def scopes_of(places: TestPlaces) -> dict[str, tuple[list[str], int]]:
    """Each scope by name: its paths, and how many rows it sees in every table."""
    return {
        "national": (["*"], 6),
        "cercle": ([places.socoura.parent.path], 3),
        "commune": ([places.socoura.path], 2),
        "other partner": ([places.gao_commune.path], 3),
        "two zones": ([places.konna.path, places.chateau.path], 4),
        "empty commune": ([places.sofara.path], 0),
        "nobody": ([], 0),
    }


def count_rows(table: str, paths: list[str]) -> int | str:
    """Count the rows a scope sees, or say how the database refused."""
    with transaction.atomic(), scoped(paths):
        return _try(f"SELECT count(*) FROM {table}")


def count_changed(table: str, verb: str, paths: list[str]) -> int | str:
    """Count the rows a scope can change or remove; nothing is kept."""
    statement = {
        "update": f"UPDATE {table} SET zone_path = zone_path",
        "delete": f"DELETE FROM {table}",
    }[verb]
    with _rolled_back(), scoped(paths):
        return _try(statement)


def move_to(table: str, paths: list[str], target: str) -> int | str:
    """Try to carry the rows in sight to another zone."""
    with _rolled_back(), scoped(paths):
        return _try(f"UPDATE {table} SET zone_path = %s", [target])


def insert_into(table: str, paths: list[str], target: str) -> int | str:
    """Try to add a row about the zone `target`, copied from one of the families of Sévaré."""
    with _rolled_back():
        with everywhere(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
                " AND attidentity = '' AND attgenerated = '' AND NOT attisdropped",
                [table],
            )
            columns = [row[0] for row in cursor.fetchall()]
            quoted = ", ".join(f'"{column}"' for column in columns)
            cursor.execute(
                f"CREATE TEMP TABLE copied ON COMMIT DROP AS SELECT * FROM {table} LIMIT 1"
            )
            cursor.execute("UPDATE copied SET zone_path = %s", [target])
            if "id" in columns and table != "registry_personname":
                cursor.execute("UPDATE copied SET id = %s", [new_id()])
        with scoped(paths):
            return _try(f"INSERT INTO {table} ({quoted}) SELECT {quoted} FROM copied")


@contextmanager
def _rolled_back() -> Iterator[None]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('gwa.change', %s, true)", [str(uuid.uuid4())])
        try:
            yield
        finally:
            transaction.set_rollback(True)


def _try(statement: str, given: list[Any] | None = None) -> int | str:
    """Return the count, or the kind of refusal: policy, privilege, no scope, constraint."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, given)
            return cursor.fetchone()[0] if cursor.description else cursor.rowcount
    except DatabaseError as error:
        text = str(error)
        if "row-level security policy" in text:
            return "policy"
        if "permission denied" in text:
            return "privilege"
        if "gwa.scope is not set" in text:
            return "no scope"
        return "constraint"


def find_leaks(places: TestPlaces, tables: list[str]) -> list[str]:
    """Compare what each scope can do with what it may do; return every difference."""
    leaks = []
    for table in tables:
        for name, (paths, seen) in scopes_of(places).items():
            if (rows := count_rows(table, paths)) != seen:
                leaks.append(f"{name} reads {rows} rows of {table}, not {seen}")
            if table in APPEND_ONLY:
                continue
            for verb in ("update", "delete"):
                if (rows := count_changed(table, verb, paths)) != seen:
                    leaks.append(f"{name} can {verb} {rows} rows of {table}, not {seen}")
        leaks += _find_writes_elsewhere(places, table)
    return leaks


def _find_writes_elsewhere(places: TestPlaces, table: str) -> list[str]:
    here, there = [places.socoura.path], places.chateau.path
    leaks = []
    if table in APPEND_ONLY:
        for verb in ("update", "delete"):
            if (answer := count_changed(table, verb, ["*"])) != "privilege":
                leaks.append(f"{table}: {verb} answered {answer}")
        return leaks
    if (answer := insert_into(table, here, there)) != "policy":
        leaks.append(f"{table}: insert elsewhere answered {answer}")
    if (answer := move_to(table, here, there)) != "policy":
        leaks.append(f"{table}: moving elsewhere answered {answer}")
    if insert_into(table, here, places.sevare.path) == "policy":
        leaks.append(f"{table}: insert at home is refused")
    return leaks
