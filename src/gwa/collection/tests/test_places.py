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
    place(4, "020701", "Médina", "4/", "Gao", "Berrah"),
    place(5, "0007", "Pont", "5/", "Bamako"),
    place(6, "00007", "Port", "6/", "Bamako"),
)
FORMER = {
    "ML01": FormerPlace("Ancien Sofara", ("mopti",), (1,), is_exact=True, is_settlement=False)
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
        (Asked(code="7"), "collection.zone_unknown"),  # of two codes, 0007 and 00007
        (Asked(code="0105"), "registry.zone_not_settlement"),
        (Asked(code="999", name="Konna"), "collection.zone_unknown"),
        (Asked(above=("0105",)), "registry.zone_not_settlement"),
        (Asked(), "collection.zone_missing"),
    ],
    ids=str,
)
def test_what_could_be_several_places_or_none_is_not_chosen(asked, fault):
    found = make_gazetteer(PLACES, FORMER, [""]).find(asked)
    assert isinstance(found, Fault)
    assert found.code == fault
