"""Imports ordered by a machine: file, source and mapping in one call; followed, mended, stopped."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from gwa.accounts.models import Organisation
from gwa.collection.actions import save_mapping
from gwa.collection.intake.job import run_import
from gwa.collection.models import Import, ImportFile
from gwa.common.scope import everywhere
from gwa.registry.models import Household
from gwa.testing.machines import Caller, make_machine

from .conftest import FATOU, as_csv

FLAT = {
    "layout": "flat",
    "households": {
        "sheet": "liste",
        "key": "cle",
        "columns": {"village": "zone_code"},
    },
    "persons": {
        "sheet": "liste",
        "household_key": "cle",
        "columns": {
            "prenom": "given_name",
            "nom": "family_name",
            "sexe": "sex",
            "lien": "relationship",
        },
    },
}
TITLES = ["cle", "village", "prenom", "nom", "sexe", "lien"]
ROWS = [
    ["1", "05010101", "Ali", "Diop", "M", "head"],
    ["1", "05010101", "Fanta", "Diop", "F", "child"],
    ["2", "nowhere", "Sira", "Keïta", "F", "head"],
]


@pytest.fixture
def caller(lists) -> Caller:
    """A machine of the organisation whose list it is."""
    with transaction.atomic(), everywhere():
        save_mapping(name="Liste du partenaire", mapping=FLAT, actor=FATOU)
        Organisation.objects.update_or_create(name="CANAM", defaults={"kind": "scheme"})
        machine = make_machine(rights=["collection.import"])
        machine.machine.organisation = Organisation.objects.create(
            name="Un partenaire", kind="programme"
        )
        machine.machine.save()
    return machine


def order(caller, rows=ROWS, *, key=None, **more):
    form = {
        "data_source": "Filets sociaux 2026",
        "collected_on": "2026-03-01",
        "saved_mapping": "Liste du partenaire",
        "file": SimpleUploadedFile("liste.csv", as_csv(TITLES, rows)),
        **more,
    }
    return caller.client.post(
        "/api/v1/imports",
        form,
        headers={
            "Authorization": f"Bearer {caller.token}",
            "Idempotency-Key": key or uuid.uuid4().hex,
        },
    )


def test_a_list_is_ordered_followed_and_its_refused_lines_read(caller):
    answer = order(caller)
    assert answer.status_code == 201, answer.content
    made = answer.json()
    assert (made["status"], made["percent"]) == ("queued", 0)
    address = f"/imports/{made['import_id']}"
    assert answer.headers["Location"] == f"/api/v1{address}"
    run_import(uuid.UUID(made["import_id"]))
    done = caller.get(address).json()
    assert (done["status"], done["percent"]) == ("done", 100)
    assert (done["counts"]["households_registered"], done["counts"]["lines_refused"]) == (1, 1)
    (line,) = caller.get(f"{address}/refused-lines").json()["items"]
    assert (line["line"], line["cells"]) == (4, ROWS[2])
    assert line["reasons"]
    assert [one["import_id"] for one in caller.get("/imports").json()["items"]] == [
        made["import_id"]
    ]
    with transaction.atomic(), everywhere():
        assert Household.objects.get().source.kind == "partner"


def test_the_same_order_sent_twice_is_one_import(caller):
    first, again = order(caller, key="one"), order(caller, key="one")
    assert first.content == again.content
    other = order(caller, ROWS[:2], key="one")
    assert other.json()["code"] == "api.idempotency_key_reused"
    with transaction.atomic(), everywhere():
        assert Import.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"data_source": "Autre"}, "data_source", "collection.data_source_unknown"),
        ({"saved_mapping": "Autre"}, "saved_mapping", "collection.mapping_unknown"),
        ({"collected_on": "hier"}, "collected_on", "api.values_refused"),
    ],
)
def test_an_order_that_cannot_be_is_refused_and_keeps_no_file(
    caller, settings, change, field, code
):
    problem = order(caller, **change).json()
    assert (problem["code"], problem["errors"][0]["field"]) == (code, field)
    with transaction.atomic(), everywhere():
        assert ImportFile.objects.count() == 0
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []


def test_a_file_whose_columns_do_not_fit_leaves_nothing(caller, settings):
    file = SimpleUploadedFile("liste.csv", b"a;b\n1;2\n")
    assert order(caller, file=file).json()["code"] == "collection.mapping_refused"
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []


def test_the_next_month_s_file_has_another_name_and_the_same_columns(caller):
    file = SimpleUploadedFile("liste-2026-04.csv", as_csv(TITLES, ROWS[:2]))
    answer = order(caller, file=file)
    assert answer.status_code == 201, answer.content
    run_import(uuid.UUID(answer.json()["import_id"]))
    with transaction.atomic(), everywhere():
        assert Household.objects.count() == 1


def test_an_import_is_stopped_before_it_begins(caller):
    address = f"/imports/{order(caller).json()['import_id']}"
    answer = caller.post(f"{address}/cancel", {})
    assert (answer.status_code, answer.json()["status"]) == (200, "cancelled")
    assert caller.post(f"{address}/cancel", {}).json()["code"] == "collection.import_not_open"


def test_another_machine_sees_nothing_of_it(caller):
    address = f"/imports/{order(caller).json()['import_id']}"
    with transaction.atomic(), everywhere():
        other = make_machine(rights=["collection.import"], name="Autre")
    assert other.get(address).status_code == 404
    assert other.get(f"{address}/refused-lines").status_code == 404
    assert other.get("/imports").json()["items"] == []
    assert order(other).json()["code"] == "collection.data_source_unknown"


def test_json_is_not_a_file(caller):
    assert caller.post("/imports", {}).status_code == 415
