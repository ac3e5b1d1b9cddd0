"""Loading the country: whole or not at all, through the policies, and found again afterwards."""

import json
import re
from collections import Counter
from pathlib import Path

import polars as pl
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from gwa.common.scope import everywhere, scoped
from gwa.journal.models import SYSTEM, Entry
from gwa.registry.models import (
    Household,
    HouseholdOrigin,
    Identifier,
    Membership,
    Person,
    PersonName,
    Version,
)
from gwa.registry.rules.numbers import is_registry_number
from gwa.submissions.models import Submission
from gwa.testing.demo import busiest_commune, is_loaded, load_demonstration, load_first_dictionary
from gwa.testing.loading import country
from gwa.testing.loading.country import Loaded, RegistryNotEmpty, load_country
from gwa.zones.models import Crosswalk, Level, Zone

HOUSEHOLDS = 400


@pytest.fixture(scope="module")
def truth(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("truth")


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, truth) -> Loaded:
    """One load for all tests of this file that only look; they leave nothing behind."""
    with django_db_blocker.unblock(), transaction.atomic():
        with everywhere():
            load_first_dictionary()
            yield load_country(households=HOUSEHOLDS, seed=5, actor=SYSTEM, truth=truth)
        transaction.set_rollback(True)


def test_everybody_asked_for_is_there(loaded):
    assert loaded.households == Household.objects.count() == HOUSEHOLDS
    assert loaded.persons == Person.objects.count()
    principal = Membership.objects.filter(is_principal=True)
    assert principal.count() == loaded.persons
    assert Zone.objects.current().filter(level__gte=Level.VILLAGE).count() == 12_641
    assert Crosswalk.objects.count() > 815


def test_households_and_their_members_carry_the_path_of_their_zone(loaded):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM registry_household h JOIN zones_zone z ON z.id = h.zone_id"
            " WHERE h.zone_path <> z.path"
        )
        assert cursor.fetchone() == (0,)
        cursor.execute(
            "SELECT count(*) FROM registry_membership m"
            " JOIN registry_household h ON h.id = m.household_id"
            " JOIN registry_person p ON p.id = m.person_id"
            " WHERE m.zone_path <> h.zone_path OR m.is_principal AND p.zone_path <> m.zone_path"
        )
        assert cursor.fetchone() == (0,)


def test_a_commune_sees_its_own_households_only(loaded):
    commune = Zone.objects.get(code=busiest_commune(), geography__code="demo-2023")
    inside = Household.objects.under_path(commune.path).count()
    with scoped([commune.path]):
        assert 0 < Household.objects.count() == inside < HOUSEHOLDS


def test_registry_numbers_are_well_formed_and_different(loaded):
    numbers = list(Household.objects.values_list("registry_number", flat=True))
    assert len(set(numbers)) == HOUSEHOLDS
    assert all(map(is_registry_number, numbers))


def test_phones_and_identifiers_are_sealed_for_their_row(loaded):
    person = Person.objects.exclude(phone_sealed=None).first()
    assert re.fullmatch(r"223[5-9][0-9]{7}", person.phone)
    assert person.phone.encode() not in bytes(person.phone_sealed)
    same = Person()
    same.set_phone(person.phone)
    assert bytes(same.phone_index) == bytes(person.phone_index)
    identifier = Identifier.objects.first()
    assert re.fullmatch(r"[0-9]{14}[A-Z]", identifier.value)


def test_the_load_is_one_line_and_no_versions(loaded):
    line = Entry.objects.get(action="testing.country_loaded")
    assert line.data == {"households": HOUSEHOLDS, "persons": loaded.persons, "seed": 5}
    assert not Version.objects.exists()


def test_everybody_is_found_by_name(loaded):
    assert PersonName.objects.values("person").distinct().count() == loaded.persons


def test_the_truth_is_beside_and_not_in_the_registry(loaded, truth):
    households = pl.read_parquet(truth / "households-*.parquet")
    persons = pl.read_parquet(truth / "persons-*.parquet")
    assert (households.height, persons.height) == (HOUSEHOLDS, loaded.persons)
    known = {
        number: str(pk).replace("-", "")
        for number, pk in Household.objects.values_list("registry_number", "id")
    }
    assert dict(households.select("registry_number", "id").iter_rows()) == known
    assert households["consumption_xof"].min() > 0
    assert households["duplicate_of"].is_null().all()
    assert "consumption_xof" not in json.dumps(Household.objects.first().answers)


def test_displaced_households_have_an_origin_and_a_hidden_position(loaded):
    displaced = Household.objects.filter(is_position_hidden=True)
    assert 0 < displaced.count() == HouseholdOrigin.objects.count()
    assert not displaced.filter(place_now=None).exists()


def test_a_registry_with_people_is_refused(loaded):
    with pytest.raises(RegistryNotEmpty):
        load_country(households=1, seed=1, actor=SYSTEM)


def test_the_demonstration_has_interviews_in_each_state_and_loads_them_once(
    loaded, settings, tmp_path
):
    settings.STATE_DIR = tmp_path
    said = []
    with transaction.atomic():
        for _start in range(2):
            load_demonstration(households=10, seed=1, say=said.append)
        states = Counter(Submission.objects.values_list("status", "queue"))
        homes = Household.objects.count()
        transaction.set_rollback(True)
    assert said == ["comptes", "questionnaires", "entretiens", "comptes"]
    assert states[("accepted", "")] >= 15
    assert states.keys() == {
        ("accepted", ""),
        ("warned", ""),
        ("waiting", "checks"),
        ("waiting", "place"),
        ("waiting", "conflict"),
        ("nobody", ""),
        ("quarantined", ""),
        ("refused", ""),
    }
    assert homes > HOUSEHOLDS


@pytest.mark.django_db
def test_a_load_that_fails_leaves_nothing(monkeypatch):
    def fail() -> None:
        raise OSError("no space left")

    monkeypatch.setattr(country, "rebuild_search", fail)
    with pytest.raises(OSError, match="no space"):
        load_demonstration(households=5, seed=1, say=lambda _: None)
    assert not is_loaded()
    assert not Zone.objects.exists()
    with transaction.atomic(), everywhere():
        assert not Household.objects.exists()


_CATALOGUE = """
SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid)
FROM pg_constraint WHERE conrelid::regclass::text LIKE 'registry%'
UNION ALL SELECT 'index', tablename, indexname, indexdef
FROM pg_indexes WHERE tablename LIKE 'registry%'
UNION ALL
SELECT 'trigger', tgrelid::regclass::text, tgname, tgenabled::text || pg_get_triggerdef(oid)
FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT 'column', table_name, column_name, coalesce(column_default, '')
FROM information_schema.columns WHERE table_name LIKE 'registry%'
UNION ALL SELECT 'table', relname, reloptions::text, relrowsecurity::text || relforcerowsecurity
FROM pg_class WHERE relkind = 'r' AND relname LIKE 'registry%'
"""


@pytest.fixture
def as_owner(transactional_db):
    """The tests' connection as the owner of the tables."""
    mine = dict(connection.settings_dict)
    connection.close()
    for name in ("USER", "PASSWORD"):
        connection.settings_dict[name] = settings.OWNER_DATABASE[name]
    yield
    connection.close()
    connection.settings_dict.update(mine)


def test_the_owner_loads_bare_tables_and_leaves_them_as_they_were(as_owner, monkeypatch):
    def catalogue() -> set[tuple]:
        with connection.cursor() as cursor:
            cursor.execute(_CATALOGUE)
            return set(cursor.fetchall())

    before = catalogue()
    monkeypatch.setattr(country, "_MANY_HOUSEHOLDS", 1)
    load_first_dictionary()
    loaded = load_country(households=30, seed=5, actor=SYSTEM)
    assert catalogue() == before
    with transaction.atomic(), everywhere():
        assert Household.objects.count() == 30
        assert PersonName.objects.values("person").distinct().count() == loaded.persons


@pytest.mark.django_db
def test_the_command_says_how_many(capsys, tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
    call_command("synth", "--households", "7", "--seed", "2", "--truth", str(tmp_path))
    assert re.search(r"^7 ménages, \d+ personnes en \d+ s$", capsys.readouterr().out, re.MULTILINE)
