"""The hand-drawn sketch behind the demonstration country: an outline and fifty-odd towns.

Coordinates are degrees rounded to a tenth, set down from memory to look plausible. They come
from no map file and must never be used to locate a real place.
"""

from dataclasses import dataclass

OUTLINE: tuple[tuple[float, float], ...] = (
    (-12.2, 14.8), (-11.4, 15.6), (-10.9, 15.1), (-9.4, 15.5), (-5.5, 15.5), (-5.3, 16.3),
    (-5.6, 16.6), (-6.1, 20.8), (-6.6, 25.0), (-4.8, 25.0), (1.2, 21.1), (1.2, 20.8),
    (3.2, 19.8), (3.2, 19.1), (4.2, 19.1), (4.2, 16.9), (3.5, 15.4), (1.0, 15.0),
    (0.2, 14.9), (-0.7, 15.1), (-2.0, 14.2), (-2.9, 13.6), (-4.0, 13.3), (-4.3, 12.7),
    (-4.4, 12.3), (-5.3, 11.8), (-5.4, 10.9), (-5.5, 10.4), (-6.2, 10.3), (-6.7, 10.7),
    (-7.7, 10.4), (-8.1, 10.3), (-8.3, 11.0), (-8.7, 11.0), (-8.9, 12.0), (-9.3, 12.3),
    (-10.3, 12.2), (-11.1, 12.1), (-11.5, 12.5), (-11.4, 13.0), (-11.9, 13.4), (-12.0, 14.0),
)  # fmt: skip

BAMAKO_CENTRE = (-8.0, 12.6)
BAMAKO_RADIUS = 0.15


@dataclass(frozen=True, slots=True)
class Anchor:
    """A town of the sketch; the land nearest to it belongs to its cercle and region."""

    name: str
    lon: float
    lat: float
    region: str
    former_cercle: str


# A name in brackets only gives shape to the land of its cercle; it is no seat.
ANCHORS: tuple[Anchor, ...] = tuple(
    Anchor(name, lon, lat, region, former)
    for name, lon, lat, region, former in (
        ("Kayes", -11.4, 14.5, "01", "ML0101"),
        ("Bafoulabé", -10.8, 13.8, "01", "ML0102"),
        ("Diéma", -9.2, 14.5, "13", "ML0103"),
        ("Kéniéba", -11.2, 12.9, "01", "ML0104"),
        ("Kita", -9.5, 13.1, "15", "ML0105"),
        ("Nioro", -9.7, 15.1, "13", "ML0106"),
        ("Yélimané", -10.6, 15.0, "01", "ML0107"),
        ("Koulikoro", -7.6, 12.9, "02", "ML0201"),
        ("Banamba", -7.4, 13.6, "02", "ML0202"),
        ("Dioïla", -6.8, 12.5, "12", "ML0203"),
        ("Kangaba", -8.5, 11.9, "02", "ML0204"),
        ("Kati", -8.2, 12.8, "02", "ML0205"),
        ("(sud de Kati)", -7.8, 12.3, "02", "ML0205"),
        ("Ouélessébougou", -7.8, 11.9, "11", "ML0205"),
        ("Kolokani", -8.1, 13.6, "02", "ML0206"),
        ("Nara", -7.3, 15.1, "16", "ML0207"),
        ("Kadiolo", -5.8, 10.6, "03", "ML0301"),
        ("Yorosso", -4.9, 12.3, "14", "ML0302"),
        ("Kolondiéba", -6.9, 11.0, "11", "ML0303"),
        ("Yanfolila", -8.2, 11.2, "11", "ML0304"),
        ("Koutiala", -5.5, 12.3, "14", "ML0305"),
        ("Bougouni", -7.5, 11.4, "11", "ML0306"),
        ("Sikasso", -5.8, 11.4, "03", "ML0307"),
        ("Barouéli", -6.8, 13.1, "04", "ML0401"),
        ("Ségou", -6.2, 13.5, "04", "ML0402"),
        ("Bla", -5.8, 12.9, "04", "ML0403"),
        ("San", -4.9, 13.2, "18", "ML0404"),
        ("Niono", -6.0, 14.4, "04", "ML0405"),
        ("Tominian", -4.5, 13.1, "18", "ML0406"),
        ("Macina", -5.4, 14.0, "04", "ML0407"),
        ("Mopti", -4.2, 14.5, "05", "ML0501"),
        ("Bandiagara", -3.6, 14.4, "17", "ML0502"),
        ("Bankass", -3.5, 13.9, "17", "ML0503"),
        ("Youwarou", -4.3, 15.4, "05", "ML0504"),
        ("Djenné", -4.6, 13.8, "05", "ML0505"),
        ("Douentza", -2.8, 15.0, "19", "ML0506"),
        ("Koro", -3.0, 14.1, "17", "ML0507"),
        ("Ténenkou", -5.0, 14.6, "05", "ML0508"),
        ("Tombouctou", -3.0, 16.8, "06", "ML0601"),
        ("Taoudénit", -4.0, 22.7, "09", "ML0601"),
        ("(Azaouad)", -3.4, 19.2, "09", "ML0601"),
        ("Diré", -3.4, 16.3, "06", "ML0602"),
        ("Goundam", -4.1, 16.6, "06", "ML0603"),
        ("Gourma-Rharous", -1.8, 16.6, "06", "ML0604"),
        ("Niafunké", -3.9, 15.9, "06", "ML0605"),
        ("Gao", 0.0, 16.2, "07", "ML0701"),
        ("Ansongo", 0.5, 15.6, "07", "ML0702"),
        ("Bourem", -0.3, 17.0, "07", "ML0703"),
        ("(Tilemsi)", 0.1, 17.8, "07", "ML0703"),
        ("Ménaka", 2.5, 16.2, "10", "ML0704"),
        ("Kidal", 1.4, 18.5, "08", "ML0801"),
        ("Tin-Essako", 2.6, 18.5, "08", "ML0802"),
        ("Abeïbara", 1.9, 19.2, "08", "ML0803"),
        ("Tessalit", 0.8, 20.2, "08", "ML0804"),
        ("(Timétrine)", -0.6, 19.4, "08", "ML0804"),
    )
)
