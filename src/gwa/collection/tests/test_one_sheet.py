"""Lists of households alone and of persons alone: the households first, then their people."""

import pytest
from django.db import transaction

from gwa.collection.models import Import, RefusedLine
from gwa.collection.tests.conftest import as_csv, everything, refusals_of
from gwa.collection.words import say_reasons
from gwa.common.scope import everywhere
from gwa.registry.models import Household, Membership, Person
from gwa.variables.queries import current_dictionary

HEADS = ["cle", "village", "adresse", "prenom", "nom", "sexe", "naissance"]
HEADS_MAPPING = {
    "layout": "households",
    "households": {
        "sheet": "menages",
        "key": "cle",
        "columns": {"village": "zone_code", "adresse": "address"},
    },
    "persons": {
        "sheet": "menages",
        "columns": {
            "prenom": "given_name",
            "nom": "family_name",
            "sexe": "sex",
            "naissance": "birth_date",
        },
    },
}
PEOPLE = ["menage", "prenom", "nom", "sexe", "naissance", "lien"]
PEOPLE_MAPPING = {
    "layout": "persons",
    "persons": {
        "sheet": "personnes",
        "household_key": "menage",
        "columns": {
            "prenom": "given_name",
            "nom": "family_name",
            "sexe": "sex",
            "naissance": "birth_date",
            "lien": "relationship",
        },
    },
}
AWA = ["A1", "05010101", "près du puits", "Awa", "Traoré", "F", "02/05/1984"]
FAMILY = [
    ["A1", "Awa", "Traoré", "F", "02/05/1984", "chef"],
    ["A1", "Binta", "Diarra", "F", "2008", "fille"],
    ["A1", "Seydou", "Diarra", "M", "2012", "fils"],
]


def households(lists, *rows, titles=HEADS, mapping=HEADS_MAPPING, **more):
    return lists.run(lists.upload(("menages.csv", as_csv(titles, rows))), mapping, **more)


def persons(lists, *rows):
    return lists.run(lists.upload(("personnes.csv", as_csv(PEOPLE, rows))), PEOPLE_MAPPING)


def members():
    with transaction.atomic(), everywhere():
        found = Membership.objects.current().order_by("person__given_name")
        return list(found.values_list("person__given_name", "relationship"))


def sentences_of(made):
    with transaction.atomic(), everywhere():
        lines = RefusedLine.objects.filter(of_import=made)
        return [say_reasons(line, current_dictionary()) for line in lines]


def test_households_alone_enter_with_their_heads(lists):
    done = households(lists, AWA)
    assert (done.counts["households_registered"], done.counts["persons_registered"]) == (1, 1)
    assert members() == [("Awa", "head")]
    before = everything()
    assert households(lists, AWA).counts["households_unchanged"] == 1
    assert everything() == before


def test_a_household_alone_without_its_head_stays_outside_and_is_told_why(lists):
    done = households(lists, [*AWA[:3], "", "", "", ""])
    assert refusals_of(done)["menages", 2][0] == "collection.no_members"
    assert "ajoutez au moins son chef" in sentences_of(done)[0][0]


def test_a_household_that_is_known_needs_no_head_in_the_list(lists):
    households(lists, AWA)
    with transaction.atomic(), everywhere():
        number = Household.objects.get().registry_number
    mapping = {
        "layout": "households",
        "households": {
            "sheet": "menages",
            "columns": {"numero": "registry_number", "adresse": "address"},
        },
    }
    row = [number, "près du marché"]
    done = households(lists, row, titles=["numero", "adresse"], mapping=mapping)
    assert done.counts["households_updated"] == 1
    with transaction.atomic(), everywhere():
        assert Household.objects.get().address == "près du marché"


def test_persons_alone_join_the_households_that_came_before_them(lists):
    households(lists, AWA)
    done = persons(lists, *FAMILY)
    assert (done.counts["households_updated"], done.counts["persons_registered"]) == (1, 2)
    assert members() == [("Awa", "head"), ("Binta", "child"), ("Seydou", "child")]
    before = everything()
    assert persons(lists, *FAMILY).counts["households_unchanged"] == 1
    assert households(lists, AWA).counts["households_unchanged"] == 1
    assert everything() == before


def test_persons_are_brought_to_a_household_by_its_registry_number(lists):
    households(lists, AWA)
    with transaction.atomic(), everywhere():
        number = Household.objects.get().registry_number
    done = persons(lists, [number, *FAMILY[1][1:]])
    assert done.counts["persons_registered"] == 1
    assert members() == [("Awa", "head"), ("Binta", "child")]


def test_persons_of_an_unknown_household_are_told_what_to_send_first(lists):
    """In the wrong order nothing enters half; in the right one the same file does."""
    early = persons(lists, *FAMILY)
    assert early.counts["households_refused"] == 1
    assert refusals_of(early)["personnes", 2] == ["collection.household_not_known"]
    (sentence,) = sentences_of(early)[0]
    assert "« A1 »" in sentence
    assert "envoyez d’abord la liste des ménages" in sentence
    with transaction.atomic(), everywhere():
        assert not Person.objects.exists()
    households(lists, AWA)
    assert persons(lists, *FAMILY).counts["persons_registered"] == 2


def test_a_key_alone_brings_nobody_into_a_household(lists):
    """Without anybody that both know, a key may be that of another family."""
    households(lists, AWA)
    done = persons(lists, *FAMILY[1:])
    assert refusals_of(done)["personnes", 2] == ["collection.household_not_known"]
    assert members() == [("Awa", "head")]


@pytest.mark.parametrize("known", [Import.Known.LEAVE, Import.Known.REFUSE])
def test_the_choice_for_known_households_holds_for_households_alone(lists, known):
    households(lists, AWA)
    before = everything()
    households(lists, [*AWA[:2], "ailleurs", *AWA[3:]], known=known)
    assert everything() == before
