"""Which settlement a line means, however the list writes it."""

import pytest

from gwa.collection.rules.cells import Fault
from gwa.collection.rules.places import Asked, FormerPlace, Place, make_gazetteer
from gwa.common.text import fold


def place(key, code, name, path, *above, is_settlement=True):
    return Place(key, code, name, 5, path, tuple(map(fold, above)), name, is_settlement)


COMMUNE = place(1, "0105", "Sofara", "1/", "Mopti", is_settlement=False)
PLACES = (
    COMMUNE,
    place(2, "010501", "Médina", "1/2/", "Mopti", "Sofara"),
    place(3, "010502", "Konna", "1/3/", "Mopti", "Sofara"),
    place(7, "0207", "Berrah", "7/", "Gao", is_settlement=False),
    place(4, "020701", "Médina", "7/4/", "Gao", "Berrah"),
    place(5, "0007", "Pont", "5/", "Bamako"),
    # A cercle, its arrondissement and its first commune bear one name.
    place(8, "16", "Mourdiah", "8/", "Nara", is_settlement=False),
    place(9, "1601", "Mourdiah", "8/9/", "Nara", "Mourdiah", "Mourdiah", is_settlement=False),
    place(10, "1602", "Lambira", "8/10/", "Nara", "Mourdiah", "Mourdiah", is_settlement=False),
    place(11, "160101", "Tambodi", "8/9/11/", "Nara", "Mourdiah", "Mourdiah", "Mourdiah"),
    place(12, "160201", "Tambodi", "8/10/12/", "Nara", "Mourdiah", "Mourdiah", "Lambira"),
    place(6, "00007", "Port", "6/", "Bamako"),
)
FORMER = {
    "ML01": FormerPlace("Ancien Sofara", ("mopti",), (1,), is_exact=True, is_settlement=False),
    "ML02": FormerPlace(
        "Commune partagée", ("mopti",), (1, 7), is_exact=False, is_settlement=False
    ),
}


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (Asked(code="010501"), "010501"),
        (Asked(code="Konna"), "010502"),
        (Asked(code="Médina", above=("Gao",)), "020701"),
        (Asked(name="010501"), "010501"),
        (Asked(name="Médina", above=("0105",)), "010501"),
        (Asked(name="Médina", above=("Mopti", "ML01")), "010501"),
        (Asked(code="10501"), "010501"),
        (Asked(name="10501"), "010501"),
        (Asked(code="105", name="Konna"), "010502"),
        (Asked(name="Tambodi", above=("Mourdiah", "Mourdiah"), has_commune=True), "160101"),
        (Asked(name="Tambodi", above=("Mourdiah", "Lambira"), has_commune=True), "160201"),
    ],
    ids=str,
)
def test_codes_and_names_are_found_in_either_column_and_without_their_first_zeros(asked, code):
    found = make_gazetteer(PLACES, FORMER, [""]).find(asked)
    assert isinstance(found, Place), found
    assert found.code == code


@pytest.mark.parametrize(
    ("asked", "fault"),
    [
        (Asked(code="Médina"), "collection.zone_ambiguous"),
        (Asked(name="Médina"), "collection.zone_ambiguous"),
        (Asked(name="Tambodi", above=("Nara", "Mourdiah")), "collection.zone_ambiguous"),
        (Asked(code="7"), "collection.zone_unknown"),  # of two codes, 0007 and 00007
        (Asked(code="0105"), "registry.zone_not_settlement"),
        (Asked(code="999", name="Konna"), "collection.zone_unknown"),
        (Asked(above=("0105",)), "registry.zone_not_settlement"),
        (Asked(), "collection.zone_missing"),
        (Asked(name="Nulle Part"), "collection.zone_unknown"),
        (Asked(name="Nulle Part", above=("Inconnue",)), "collection.zone_unknown"),
    ],
    ids=str,
)
def test_what_could_be_several_places_or_none_is_not_chosen(asked, fault):
    found = make_gazetteer(PLACES, FORMER, [""]).find(asked)
    assert isinstance(found, Fault)
    assert found.code == fault


@pytest.mark.parametrize(
    ("asked", "zone"),
    [
        (Asked(name="Nulle Part", above=("Mopti", "Sofara")), "Sofara"),
        (Asked(code="0105", name="Nulle Part"), "Sofara"),
        (Asked(name="Nulle Part", above=("Mopti", "Ancien Sofara")), "Sofara"),
        (Asked(name="Nulle Part", above=("Mopti", "Commune partagée")), "Sofara, Berrah"),
        (Asked(code="ML02", name="Nulle Part"), "Sofara, Berrah"),
    ],
    ids=str,
)
def test_a_village_that_a_known_commune_does_not_have_is_unknown_and_never_ambiguous(asked, zone):
    found = make_gazetteer(PLACES, FORMER, [""]).find(asked)
    assert found == Fault("collection.village_unknown", {"value": "Nulle Part", "zone": zone})


@pytest.mark.parametrize(
    ("written", "near"), [("Kona", "Konna"), ("KONNÁH", "Konna"), ("Medina bis", "Médina")]
)
def test_villages_of_the_commune_with_names_alike_are_named(written, near):
    asked = Asked(name=written, above=("Sofara",))
    found = make_gazetteer(PLACES, FORMER, [""]).find(asked)
    assert found == Fault(
        "collection.village_misspelt", {"value": written, "zone": "Sofara", "near": near}
    )


def test_an_origin_may_be_known_no_nearer_than_its_commune():
    gazetteer = make_gazetteer(PLACES, FORMER, ("1/",))
    assert isinstance(gazetteer.find(Asked("0207"), anywhere=True), Fault)
    found = gazetteer.find(Asked("0207"), anywhere=True, any_level=True)
    assert found.name == "Berrah"
