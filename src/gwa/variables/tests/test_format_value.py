"""Values are written as Malians read them."""

import pytest

from gwa.variables.rules.display import format_value
from gwa.variables.tests.cast import BUILT, LAND, LIGHT, MOVED, NOTE, ROOF, ROOMS, WATER


@pytest.mark.parametrize(
    ("value", "defined", "french", "english"),
    [
        (None, ROOMS, "", ""),
        (3, ROOMS, "3", "3"),
        (1234567, ROOMS, "1\u202f234\u202f567", "1,234,567"),
        (1.5, LAND, "1,5\u00a0ha", "1.5\u00a0hectares"),
        (100.0, LAND, "100\u00a0ha", "100\u00a0hectares"),
        (True, LIGHT, "Oui", "Yes"),
        (False, LIGHT, "Non", "No"),
        ("1998-03-05", BUILT, "05/03/1998", "05/03/1998"),
        ("2026-11", MOVED, "11/2026", "11/2026"),
        ("metal", ROOF, "Metal", "metal (en)"),
        (["boil", "filter"], WATER, "Boil\u00a0; Filter", "boil (en)\u00a0; filter (en)"),
        ("près du fleuve", NOTE, "près du fleuve", "près du fleuve"),
    ],
)
def test_values_in_both_languages(value, defined, french, english):
    assert format_value(value, defined, "fr") == french
    assert format_value(value, defined, "en") == english


@pytest.mark.parametrize(
    ("value", "defined"), [("straw", ROOF), ("1999-99-99", BUILT), ("12", ROOMS), (True, ROOMS)]
)
def test_what_does_not_fit_is_shown_as_it_is_kept(value, defined):
    assert format_value(value, defined) == str(value)
