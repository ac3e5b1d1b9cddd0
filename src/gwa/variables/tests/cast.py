"""Small variables and dictionaries that the tests of this module speak of."""

from decimal import Decimal

from gwa.variables.rules.definitions import (
    ChoiceDefinition,
    Dictionary,
    Level,
    SectionDefinition,
    ValueType,
    VariableDefinition,
)

HOUSING = SectionDefinition("housing", {"fr": "Logement", "en": "Housing"})


def choices(*codes):
    """Make choices whose French label is the code with a capital."""
    return tuple(ChoiceDefinition(c, {"fr": c.capitalize(), "en": f"{c} (en)"}) for c in codes)


def variable(name, kind=ValueType.TEXT, **more):
    """Make one household variable."""
    facts = {
        "section": "housing",
        "level": Level.HOUSEHOLD,
        "labels": {"fr": name.capitalize().replace("_", " "), "en": name},
        **more,
    }
    return VariableDefinition(name=name, type=ValueType(kind), **facts)


ROOF = variable("roof", "choice", choices=choices("metal", "thatch", "tiles"))
WATER = variable("water_treatment", "choices", choices=choices("boil", "filter", "none"))
ROOMS = variable("rooms", "integer", minimum=Decimal(0), maximum=Decimal(60))
LAND = variable(
    "land", "decimal", decimals=2, minimum=Decimal(0), unit={"fr": "ha", "en": "hectares"}
)
LIGHT = variable("electricity", "boolean")
BUILT = variable("built_on", "date")
MOVED = variable("moved_in", "year_month")
NOTE = variable("note", "text")
ALL = (ROOF, WATER, ROOMS, LAND, LIGHT, BUILT, MOVED, NOTE)


def dictionary(*variables, number=1):
    """Make a dictionary of one section."""
    return Dictionary(number, {"fr": "Essai", "en": "Trial"}, (HOUSING,), variables or ALL)
