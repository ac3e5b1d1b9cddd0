"""An invented country on a checkerboard, written in the formats real countries are published in.

Four regions of two by two degrees; each holds four communes of one degree, in two cercles. Nothing
here was copied from a map.
"""

import json
from pathlib import Path
from typing import Any

WEST, SOUTH = -8, 12
REGIONS = ("Nord-Ouest", "Nord-Est", "Sud-Ouest", "Sud-Est")


def square(x: float, y: float, size: float) -> dict[str, Any]:
    """A square as GeoJSON."""
    corners = [(x, y), (x + size, y), (x + size, y + size), (x, y + size), (x, y)]
    return {"type": "Polygon", "coordinates": [[list(corner) for corner in corners]]}


def corner(region: int) -> tuple[int, int]:
    """The south-west corner of a region."""
    return WEST + 2 * (region % 2), SOUTH + 2 * (1 - region // 2)


def regions() -> list[dict[str, Any]]:
    """ADM1 features of COD-AB."""
    return [
        {
            "type": "Feature",
            "properties": {
                "ADM1_FR": name,
                "ADM1_PCODE": f"XX{number + 1:02}",
                "ADM0_FR": "Pays d’essai",
                "ADM0_PCODE": "XX",
                "validOn": "2015-04-08",
            },
            "geometry": square(*corner(number), 2),
        }
        for number, name in enumerate(REGIONS)
    ]


def communes() -> list[dict[str, Any]]:
    """ADM3 features of COD-AB: sixteen communes, two cercles in each region."""
    features = []
    for region, name in enumerate(REGIONS):
        for place in range(4):
            x, y = corner(region)
            cercle = place // 2 + 1
            features.append(
                {
                    "type": "Feature",
                    "properties": {
                        "ADM3_FR": f"Commune {region + 1}{place + 1}",
                        "ADM3_PCODE": f"XX{region + 1:02}{cercle:02}{place + 1:02}",
                        "ADM2_FR": f"Cercle {region + 1}{cercle}",
                        "ADM2_PCODE": f"XX{region + 1:02}{cercle:02}",
                        "ADM1_FR": name,
                        "ADM1_PCODE": f"XX{region + 1:02}",
                    },
                    "geometry": square(x + place % 2, y + place // 2, 1),
                }
            )
    return features


def geoboundaries(level: int) -> list[dict[str, Any]]:
    """The same zones as geoBoundaries gives them: no parent, long identifiers."""
    source = regions() if level == 1 else communes()
    column = f"ADM{level}_FR"
    return [
        {
            "type": "Feature",
            "properties": {
                "shapeName": feature["properties"][column],
                "shapeISO": f"XX-{number}" if level == 1 else "",
                "shapeID": f"66186276B9101584254{level}{number:03}",
                "shapeGroup": "XXX",
                "shapeType": f"ADM{level}",
            },
            "geometry": feature["geometry"],
        }
        for number, feature in enumerate(source)
    ]


def write(path: Path, features: list[dict[str, Any]]) -> Path:
    """Write a FeatureCollection."""
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def write_settlements(path: Path, more: str = "") -> Path:
    """Write the list of settlements: one in the middle of each commune."""
    lines = ["name,pcode,class,adm3_pcode,lon,lat,type"]
    for feature in communes():
        code = feature["properties"]["ADM3_PCODE"]
        x, y = feature["geometry"]["coordinates"][0][0]
        kind = "quartier" if code.endswith("01") else ""
        lines.append(f"Kɔ̀nyɛ̀ba {code[-4:]},{code}001,5,{code},{x + 0.5},{y + 0.5},{kind}")
    path.write_text("\n".join(lines) + more + "\n")
    return path


def write_country(folder: Path) -> list[Path]:
    """Write the whole country in COD-AB format."""
    return [
        write(folder / "adm1.geojson", regions()),
        write(folder / "adm3.geojson", communes()),
        write_settlements(folder / "settlements.csv"),
    ]
