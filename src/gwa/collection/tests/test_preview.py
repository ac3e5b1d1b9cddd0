"""What the first lines are said to become is what becomes of them."""

import pytest
from django.db import transaction

from gwa.collection.actions import set_mapping
from gwa.collection.intake.deciding import Fate
from gwa.collection.models import Import
from gwa.collection.previewing import preview_import
from gwa.collection.tests.conftest import FATOU, HOUSEHOLDS, MAPPING, PERSONS, as_csv
from gwa.common.scope import everywhere, scoped
from gwa.registry.models import Household
from gwa.registry.rules.numbers import show_number

COUNTED = {
    Fate.REGISTERED: "households_registered",
    Fate.UPDATED: "households_updated",
    Fate.UNCHANGED: "households_unchanged",
    Fate.LEFT: "households_left",
    Fate.REFUSED: "households_refused",
}


def preview(made, mapping=MAPPING, known=Import.Known.UPDATE):
    """Choose the columns, and look."""
    with transaction.atomic(), scoped(made.scope_paths):
        set_mapping(of_import=made, mapping=mapping, known=known, actor=FATOU)
        made.refresh_from_db()
        return preview_import(made)


def upload(lists, homes, people, **more):
    return lists.upload(
        ("menages.csv", as_csv(HOUSEHOLDS, homes)),
        ("personnes.csv", as_csv(PERSONS, people)),
        **more,
    )


@pytest.mark.parametrize(
    ("known", "differs", "fate"),
    [
        (Import.Known.UPDATE, True, Fate.UPDATED),
        (Import.Known.UPDATE, False, Fate.UNCHANGED),
        (Import.Known.LEAVE, True, Fate.LEFT),
        (Import.Known.REFUSE, False, Fate.REFUSED),
    ],
)
def test_a_known_household_is_said_to_become_what_it_becomes(lists, family, known, differs, fate):
    homes, people = family
    lists.bring(homes, people)
    if differs:
        homes[0][2] = "près du marché"
        people[0][7] = "66 00 00 00"
        people.append(["A1", "Kadia", "Coulibaly", "F", "1955", "mère", "", ""])
    made = upload(lists, homes, people)
    (seen,) = preview(made, known=known)
    assert seen.fate is fate
    with transaction.atomic(), everywhere():
        assert seen.number == show_number(Household.objects.get().registry_number)
    assert bool(seen.problems) == (fate is Fate.REFUSED)
    if fate is Fate.UPDATED:
        assert seen.changes == (
            "Adresse ou repère pour retrouver le ménage",
            "Awa Traoré : Téléphone",
            "Nouvelle personne : Kadia Coulibaly",
        )
    else:
        assert seen.changes == ()
    assert lists.run(made, MAPPING, known).counts[COUNTED[fate]] == 1


def test_a_list_without_keys_is_recognised_too(lists):
    """One line a household: what the job knows it by is known here."""
    titles = ["village", "adresse", "prenom", "nom", "sexe"]
    line = ["05010101", "près du puits", "Awa", "Traoré", "F"]
    columns = {"village": "zone_code", "adresse": "address"}
    person = {"prenom": "given_name", "nom": "family_name", "sexe": "sex"}
    mapping = {
        "layout": "households",
        "households": {"sheet": "chefs", "columns": columns},
        "persons": {"sheet": "chefs", "columns": person},
    }
    file = ("chefs.csv", as_csv(titles, [line, ["", "", "Ali", "Tall", "M"]]))
    made = lists.upload(file)
    assert [one.fate for one in preview(made, mapping)] == [Fate.REGISTERED, Fate.REFUSED]
    lists.run(made, mapping)
    again = preview(lists.upload(file), mapping)
    assert [one.fate for one in again] == [Fate.UNCHANGED, Fate.REFUSED]


def test_what_lies_in_another_zone_is_not_told(lists, family):
    lists.bring(*family)
    gao = lists.places.gao.path
    made = upload(lists, *family, scope=gao)
    (seen,) = preview(made)
    assert (seen.fate, seen.number) == (Fate.REFUSED, "")


def test_members_further_down_than_anybody_looked_are_not_said_to_be_missing(
    lists, family, monkeypatch
):
    homes, people = family
    monkeypatch.setattr("gwa.collection.previewing._LOOKED_AT", 3)
    strangers = [["Z9", "Ali", "Tall", "M", "1970", "chef", "", ""]] * 3
    (seen,) = preview(upload(lists, homes, [*strangers, *people]))
    assert seen.is_cut
