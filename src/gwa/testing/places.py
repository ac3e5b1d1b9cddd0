"""A tiny geography for tests: two regions, three cercles, four communes, seven settlements.

Names are those of Mali, population figures are none: no test may lean on them.
"""

import datetime as dt
from dataclasses import dataclass

from gwa.common.text import fold
from gwa.zones.models import Geography, Level, Zone

SINCE = dt.date(2023, 3, 13)
_TREE = (
    # code, name, level, parent, longitude, latitude
    ("ML", "Mali", Level.COUNTRY, None, -4.0, 17.0),
    ("05", "Mopti", Level.REGION, "ML", -4.2, 14.5),
    ("0501", "Mopti", Level.CERCLE, "05", -4.2, 14.5),
    ("0502", "Djenné", Level.CERCLE, "05", -4.55, 13.9),
    ("050101", "Socoura", Level.COMMUNE, "0501", -4.18, 14.52),
    ("050102", "Konna", Level.COMMUNE, "0501", -3.9, 14.95),
    ("050201", "Fakala", Level.COMMUNE, "0502", -4.4, 13.7),
    ("05010101", "Sévaré", Level.QUARTIER, "050101", -4.1, 14.53),
    ("05010102", "Soufouroulaye", Level.VILLAGE, "050101", -4.25, 14.48),
    ("05010201", "Konna village", Level.VILLAGE, "050102", -3.9, 14.95),
    ("05020101", "Sofara", Level.VILLAGE, "050201", -4.24, 14.02),
    ("07", "Gao", Level.REGION, "ML", 0.0, 16.3),
    ("0701", "Gao", Level.CERCLE, "07", 0.0, 16.27),
    ("070101", "Gao", Level.COMMUNE, "0701", 0.0, 16.27),
    ("07010101", "Château", Level.QUARTIER, "070101", -0.04, 16.27),
    ("07010102", "Berrah", Level.VILLAGE, "070101", 0.05, 16.31),
    ("07010103", "Kel Gossi", Level.FRACTION, "070101", -0.6, 16.1),
)


@dataclass(frozen=True, slots=True)
class TestPlaces:
    """Zones by the name that tests call them."""

    __test__ = False

    country: Zone
    mopti: Zone
    socoura: Zone
    konna_commune: Zone
    sevare: Zone
    soufouroulaye: Zone
    konna: Zone
    sofara: Zone
    gao: Zone
    gao_commune: Zone
    chateau: Zone
    berrah: Zone
    kel_gossi: Zone


def make_places() -> TestPlaces:
    """Add the geography and return its zones."""
    geography = Geography.objects.create(
        code="test-2023", name="Découpage de 2023", valid_from=SINCE
    )
    zones: dict[str, Zone] = {}
    for code, name, level, parent, lon, lat in _TREE:
        zone = Zone(
            geography=geography,
            code=code,
            name=name,
            name_key=fold(name),
            level=level,
            parent=zones.get(parent) if parent else None,
            path=f"draft/{code}",
            valid_from=SINCE,
            lon=lon,
            lat=lat,
        )
        zone.save()
        zone.path = f"{zone.parent.path if zone.parent else ''}{zone.pk}/"
        zone.save(update_fields=["path"])
        zones[code] = zone
    return TestPlaces(
        country=zones["ML"],
        mopti=zones["05"],
        socoura=zones["050101"],
        konna_commune=zones["050102"],
        sevare=zones["05010101"],
        soufouroulaye=zones["05010102"],
        konna=zones["05010201"],
        sofara=zones["05020101"],
        gao=zones["07"],
        gao_commune=zones["070101"],
        chateau=zones["07010101"],
        berrah=zones["07010102"],
        kel_gossi=zones["07010103"],
    )
