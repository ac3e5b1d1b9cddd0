"""Which zone may lie in which."""

COUNTRY, REGION, CERCLE, ARRONDISSEMENT, COMMUNE, VILLAGE, QUARTIER, FRACTION = range(8)
SETTLEMENTS = frozenset({VILLAGE, QUARTIER, FRACTION})

# What the levels 0, 1, 2… of a boundary file are, without and with arrondissements.
WITHOUT_ARRONDISSEMENTS = (COUNTRY, REGION, CERCLE, COMMUNE)
WITH_ARRONDISSEMENTS = (COUNTRY, REGION, CERCLE, ARRONDISSEMENT, COMMUNE)


def may_hold(parent: int, child: int) -> bool:
    """Tell whether a zone of level `parent` may directly hold one of level `child`.

    A level may be skipped (the communes of a capital district lie in its region); settlements lie
    in communes and hold nothing.
    """
    if child in SETTLEMENTS:
        return parent == COMMUNE
    return parent < child


def levels_of_depths(deepest: int) -> tuple[int, ...]:
    """What the administrative levels of a set of files are, when nobody says it."""
    return WITH_ARRONDISSEMENTS if deepest >= 4 else WITHOUT_ARRONDISSEMENTS
