"""A list enters: registered whole, read as it was meant."""

import datetime as dt

from django.db import connection, transaction

from gwa.collection.models import Import, ImportedHousehold, RefusedLine
from gwa.collection.tests.conftest import as_csv, refusals_of
from gwa.common.scope import everywhere, scoped
from gwa.common.text import fold
from gwa.journal.models import Entry
from gwa.registry.models import Household, Identifier, Membership, Person, PersonName
from gwa.testing.places import SINCE
from gwa.zones.models import Crosswalk, Geography, Level, Zone


def test_a_household_enters_with_its_members(lists, family):
    done = lists.bring(*family)
    assert (done.status, done.failure) == (Import.Status.DONE, None)
    with transaction.atomic(), everywhere():
        household = Household.objects.get()
        assert household.zone == lists.places.sevare
        assert household.address == "près du puits"
        assert household.answers == {"rooms": 3}
        members = Membership.objects.filter(household=household).order_by("started_on", "pk")
        assert [(m.person.given_name, m.relationship) for m in members] == [
            ("Awa", "head"),
            ("Binta", "child"),
            ("Seydou", "child"),
        ]
        awa = Person.objects.get(given_name="Awa")
        assert (awa.birth_from.isoformat(), awa.birth_precision) == ("1984-05-02", "day")
        assert awa.phone == "22376123456"
        assert Identifier.objects.get().value == "12345678901234A"
        assert PersonName.objects.count() == 3
        assert household.source.kind == "partner"
    assert done.counts["households_registered"] == 1
    assert done.counts["persons_registered"] == 3
    assert done.counts["lines"] == 4


def test_the_journal_has_one_line_for_all_that_entered(lists, family):
    lists.bring(*family)
    with transaction.atomic(), everywhere():
        actions = list(Entry.objects.order_by("at").values_list("action", flat=True))
    assert [name for name in actions if name.startswith(("collection.import", "registry."))] == [
        "collection.import_uploaded",
        "collection.import_prepared",
        "collection.import_started",
        "collection.import_done",
    ]


def test_a_household_with_a_faulty_member_is_refused_whole(lists, family):
    homes, people = family
    homes = [*homes, ["B2", "05010102", "", "2"]]
    people = [
        *people,
        ["B2", "Bakary", "Cissé", "M", "1970", "chef", "", ""],
        ["B2", "Oumou", "Sangaré", "F", "31/02/1978", "épouse", "", ""],
    ]
    done = lists.bring(homes, people)
    assert done.counts["households_registered"] == 1
    assert (done.counts["households_refused"], done.counts["lines_refused"]) == (1, 3)
    assert refusals_of(done) == {
        ("menages", 3): ["collection.refused_with_household"],
        ("personnes", 5): ["collection.refused_with_household"],
        ("personnes", 6): ["collection.date_unreadable"],
    }
    with transaction.atomic(), everywhere():
        assert not Person.objects.filter(given_name__in=["Bakary", "Oumou"]).exists()


def test_every_fault_of_a_line_is_told(lists, family):
    homes, people = family
    homes[0][3] = "beaucoup"
    people[0][4], people[0][6], people[0][7] = "02/05/84", "123", "1234"
    done = lists.bring(homes, people)
    codes = refusals_of(done)
    assert codes["menages", 2] == ["answers.not_a_number"]
    assert codes["personnes", 2] == [
        "collection.short_year",
        "registry.identifier_malformed",
        "registry.phone_malformed",
    ]


def test_refused_lines_are_sealed(lists, family):
    homes, people = family
    people[1][4] = "jamais"
    done = lists.bring(homes, people)
    with transaction.atomic(), everywhere(), connection.cursor() as cursor:
        line = RefusedLine.objects.get(of_import=done, sheet="personnes", line=3)
        cells = line.content["cells"]
        cursor.execute("SELECT encode(sealed, 'hex') FROM collection_refusedline")
        assert not [row for row in cursor.fetchall() if b"Binta".hex() in row[0]]
    assert cells[:3] == ["A1", "Binta", "Diarra"]


def test_files_lie_sealed_in_the_media_folder(lists, family, settings):
    done = lists.bring(*family)
    with transaction.atomic(), everywhere():
        files = [file.stored for file in done.files.all()]
    for name in files:
        assert b"Awa" not in (settings.MEDIA_ROOT / name).read_bytes()
    assert list((settings.MEDIA_ROOT / "work").iterdir()) == []


def test_members_without_their_household_line_are_refused(lists, family):
    homes, people = family
    stranger = ["Z9", "Ali", "Tall", "M", "1990", "chef", "", ""]
    nobody = ["", "Sira", "Keita", "F", "1990", "chef", "", ""]
    done = lists.bring(homes, [*people, stranger, nobody])
    assert done.counts["households_registered"] == 1
    assert refusals_of(done) == {
        ("personnes", 5): ["collection.household_line_missing"],
        ("personnes", 6): ["collection.key_missing"],
    }


def test_a_number_that_somebody_holds_is_kept_as_a_claim(lists, family):
    homes, people = family
    homes = [*homes, ["B2", "05010102", "", ""]]
    people = [*people, ["B2", "Bakary", "Cissé", "M", "1970", "chef", "12345678901234A", ""]]
    done = lists.bring(homes, people)
    assert (done.counts["households_registered"], done.counts["claims"]) == (2, 1)
    with transaction.atomic(), everywhere():
        assert sorted(Identifier.objects.values_list("is_claim", flat=True)) == [False, True]


def test_one_sheet_may_hold_both(lists):
    titles = ["cle", "village", "prenom", "nom", "sexe", "lien"]
    rows = [
        ["2", "05010101", "Oumou", "Sangaré", "F", "épouse"],
        ["1", "05010102", "Awa", "Traoré", "F", "chef"],
        ["2", "", "Bakary", "Cissé", "M", "chef"],
    ]
    mapping = {
        "layout": "flat",
        "households": {"sheet": "liste", "key": "cle", "columns": {"village": "zone_code"}},
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
    done = lists.run(lists.upload(("liste.csv", as_csv(titles, rows))), mapping)
    assert (done.status, done.counts["households_registered"]) == (Import.Status.DONE, 2)
    assert done.counts["persons_registered"] == 3


def test_a_member_without_a_key_keeps_the_household_above_outside_with_it(lists, family):
    homes, people = family
    people[1][0] = ""
    done = lists.bring(homes, [*people, ["", "Ali", "Tall", "M", "1990", "", "", ""]])
    assert done.counts["households_registered"] == 0
    assert refusals_of(done) == {
        ("menages", 2): ["collection.refused_with_household"],
        ("personnes", 2): ["collection.refused_with_household"],
        ("personnes", 3): ["collection.key_missing"],
        ("personnes", 4): ["collection.refused_with_household"],
        ("personnes", 5): ["collection.key_missing", "registry.relationship_missing"],
    }
    people[1][0] = "A1"
    assert lists.bring(homes, people).counts["persons_registered"] == 3


def test_a_first_line_without_a_key_is_nobody_s(lists, family):
    homes, people = family
    done = lists.bring(homes, [["", "Ali", "Tall", "M", "1990", "fils", "", ""], *people])
    assert done.counts["persons_registered"] == 3
    assert refusals_of(done) == {("personnes", 2): ["collection.key_missing"]}


def test_a_list_of_a_commune_stays_in_it(lists, family):
    homes, people = family
    homes = [*homes, ["B2", "07010101", "", ""]]
    people = [*people, ["B2", "Aïcha", "Walet", "F", "1990", "chef", "", ""]]
    done = lists.bring(homes, people, scope=lists.places.socoura.path)
    assert done.counts["households_registered"] == 1
    assert refusals_of(done)["menages", 3] == ["registry.zone_not_yours"]
    with transaction.atomic(), scoped([lists.places.gao.path]):
        assert not Import.objects.exists()
        assert not RefusedLine.objects.exists()
        assert not ImportedHousehold.objects.exists()


def test_codes_of_before_pass_through_the_crosswalk(lists, family):
    geography = Geography.objects.create(
        code="avant", name="Avant 2023", valid_from=dt.date(2000, 1, 1), valid_to=SINCE
    )

    def old(code, name, level, parent=None):
        zone = Zone(geography=geography, code=code, name=name, name_key=fold(name), level=level,
                    parent=parent, path=f"old/{code}", valid_from=geography.valid_from)  # fmt: skip
        zone.save()
        zone.path = f"{parent.path if parent else ''}{zone.pk}/"
        zone.save(update_fields=["path"])
        return zone

    country = old("AML", "Mali", Level.COUNTRY)
    region = old("A5", "Mopti", Level.REGION, country)
    cercle = old("A501", "Mopti", Level.CERCLE, region)
    whole = old("A50101", "Sévaré d’avant", Level.COMMUNE, cercle)
    exact = old("A5010101", "Sévaré", Level.QUARTIER, whole)
    parted = old("A5010102", "Ancien village", Level.VILLAGE, whole)
    places = lists.places
    for was, now, share in (
        (exact, places.sevare, "1"),
        (parted, places.soufouroulaye, "0.6"),
        (parted, places.konna, "0.4"),
        (whole, places.socoura, "1"),
    ):
        Crosswalk.objects.create(old=was, new=now, share=share)
    homes = [["A", "A5010101", "", ""], ["B", "A5010102", "", ""]]
    people = [
        ["A", "Awa", "Traoré", "F", "1984", "chef", "", ""],
        ["B", "Ali", "Tall", "M", "1990", "chef", "", ""],
    ]
    done = lists.bring(homes, people)
    with transaction.atomic(), everywhere():
        assert Household.objects.get().zone == places.sevare
        problem = RefusedLine.objects.get(sheet="menages").content["problems"][0]
    assert done.counts["households_refused"] == 1
    assert problem["code"] == "collection.zone_ambiguous"
    assert "Soufouroulaye" in problem["facts"]["candidates"]
    assert "Konna village" in problem["facts"]["candidates"]
