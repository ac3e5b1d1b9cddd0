"""Invented names of communes, villages, quartiers and fractions, in the style of each part.

The syllables sound right; no name is taken from a gazetteer. Some will meet a real place by
chance, as names do.
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Style:
    """How names are built in one part of the country."""

    roots: tuple[str, ...]
    endings: tuple[str, ...] = ()
    openings: tuple[str, ...] = ()


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_MANDE = Style(
    roots=_words(
        "Bala Bana Dala Dio Fala Fara Gara Guéna Kala Kara Kolo Konio Koun Mana Massa Moribi "
        "N'Ga N'Golo Naré Niama Niéna Sana Sara Séri Sido Sin Solo Soro Tala Tiéni Tori Wolo "
        "Zana Zambou Dialan Faladé Kénié Marako Samou Tiémé"
    ),
    endings=_words("bougou koro la ba ni koura dougou kélé fara so ko bala kourou bi nina"),
)
_SONINKE = Style(
    roots=_words(
        "Diaba Gori Toubou Samba Kersi Lambi Maréna Dioga Fégui Gouma Koussa Yaré Tambo Sélé "
        "Kirané Lakha Sandi Bafa Diangué Simbi"
    ),
    endings=_words("ra né koré di khané mbé ndé wéla makha"),
)
_DELTA = Style(
    roots=_words(
        "Yéro Samba Bello Hamma Dial Sendé Nouh Garga Modi Ali Bouna Tougué Walo Soumbé Kéra "
        "Diadié Pélou Dari Koubi Ngoro"
    ),
    endings=_words("bé nga dji ndé wol"),
    openings=("Wouro-", "Saré-", "Ouro-", "Toga-", ""),
)
_ESCARPMENT = Style(
    roots=_words(
        "Ogo Endé Yanda Tébi Kani Sobo Amba Dourou Nombo Guimi Téli Yawa Pélé Anaka Doucom "
        "Gani Iréli Ondou Wakara Koporo"
    ),
    endings=_words("kanda ley oro lou ma na bara guel"),
)
_RIVER = Style(
    roots=_words(
        "Bara Goundo Hama Kabé Dondo Arma Sané Hondou Tinda Garba Fanta Zarma Bissa Kourmi "
        "Téma Wani Lawo Banga Soré Houndé"
    ),
    endings=("-koïra", "-haoussa", "-gourma", "-béri", "-kaïna", "-tondi", "goungo", "bangou"),
)
_DESERT = Style(
    roots=_words(
        "Abalan Tadeïnit Adjar Aghar Essalan Tamat Egharar Ifarit Azaghar Assaka Tirist "
        "Alkit Amassin Tezerift Akoumas Ebagh Telabit Inhal Teghar Azawa"
    ),
    openings=("In-", "Tin-", "Ta-", "Ti-", "I-", "Ad-"),
)
_TOWN = Style(
    roots=_words(
        "Médina Hamdallaye Plateau Sokoura Dar-Salam Missira Marché Gare Fleuve Mission "
        "Château Stade Colline Abattoir Aviation Lycée Baobab Ferme Pont Jardin"
    ),
    endings=("", "-Nord", "-Sud", "-Est", "-Ouest", "-Extension", "-Centre"),
)

_STYLE_OF_REGION = {
    "01": _SONINKE, "13": _SONINKE, "16": _SONINKE, "05": _DELTA, "19": _DELTA,
    "17": _ESCARPMENT, "06": _RIVER, "07": _RIVER, "08": _DESERT, "09": _DESERT, "10": _DESERT,
}  # fmt: skip


class Namer:
    """Draws names that are all different within the set it is given to remember."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng

    def place(self, region: str, taken: set[str]) -> str:
        """A commune or a village."""
        return self._draw(_STYLE_OF_REGION.get(region, _MANDE), taken)

    def quartier(self, taken: set[str]) -> str:
        """A quartier of a town."""
        return self._draw(_TOWN, taken)

    def fraction(self, taken: set[str]) -> str:
        """A nomad fraction."""
        return self._draw(_DESERT, taken, prefix="Kel ")

    def _draw(self, style: Style, taken: set[str], prefix: str = "") -> str:
        for attempt in range(400):
            opening = self._pick(style.openings)
            root = self._pick(style.roots)
            name = prefix + opening + root + self._pick(style.endings)
            if attempt > 200:
                name += f" {self._pick(('I', 'II', 'III', 'IV', 'V', 'VI'))}"
            if name not in taken:
                taken.add(name)
                return name
        raise RuntimeError("The demonstration country has run out of place names.")

    def _pick(self, choices: tuple[str, ...]) -> str:
        return choices[int(self._rng.integers(len(choices)))] if choices else ""
