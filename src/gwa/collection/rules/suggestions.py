"""What the columns of a file probably mean, from their titles: a first guess for somebody to check.

Titles are compared folded with the names and labels of the dictionary in every language, and with
the words that lists usually bear.
"""

from collections.abc import Iterable, Mapping, Sequence

from gwa.collection.rules.mappings import Layout, SheetMapping, targets
from gwa.collection.rules.mappings import Mapping as ColumnMapping
from gwa.common.text import fold
from gwa.variables.rules.definitions import Dictionary, Level

Labels = Mapping[str, Sequence[str]]
"""Titles by the name that they mean."""

_KEYS = (
    "household key", "cle", "cle menage", "cle du menage", "id menage", "identifiant menage",
    "identifiant du menage", "code menage", "numero menage", "numero du menage", "n menage",
    "no menage", "hhid", "hh id", "household id", "household", "id hh", "menage",
)  # fmt: skip
_PERSON_WORDS: Labels = {
    "given_name": ("prenom", "prenoms", "first name", "given name"),
    "family_name": ("nom", "nom de famille", "last name", "surname", "family name"),
    "full_name": ("nom complet", "nom et prenom", "nom et prenoms", "prenom et nom",
                  "noms et prenoms", "prenoms et nom", "full name"),
    "sex": ("sexe", "genre", "sex", "gender"),
    "birth_date": ("date de naissance", "date naissance", "naissance", "ne le", "nee le",
                   "ne e le", "birth date", "date of birth"),
    "birth_year": ("annee de naissance", "annee naissance", "birth year"),
    "age": ("age", "age en annees", "age ans"),
    "relationship": ("lien", "lien de parente", "parente", "lien avec le chef", "lien avec le cm",
                     "lien avec le chef de menage", "relationship"),
    "nina": ("nina", "numero nina", "n nina", "no nina"),
    "phone": ("telephone", "tel", "numero de telephone", "contact", "portable", "phone"),
    "father_name": ("pere", "nom du pere", "father"),
    "mother_name": ("mere", "nom de la mere", "mother"),
    "everyday_name": ("surnom", "nom usuel", "nom d usage"),
}  # fmt: skip
_HOUSEHOLD_WORDS: Labels = {
    "registry_number": ("numero rsu", "n rsu", "no rsu", "registry number"),
    "zone_code": ("code village", "code du village", "code localite", "code zone", "code quartier"),
    "name_of_region": ("region",),
    "name_of_cercle": ("cercle",),
    "name_of_arrondissement": ("arrondissement",),
    "name_of_commune": ("commune",),
    "name_of_zone": ("village", "quartier", "fraction", "localite", "village quartier",
                     "village quartier fraction", "village fraction quartier"),
    "address": ("adresse", "address"),
    "lat": ("latitude", "lat"),
    "lon": ("longitude", "lon", "long"),
}  # fmt: skip


def suggest_mapping(
    sheets: Mapping[str, Sequence[str]], dictionary: Dictionary, other_labels: Labels
) -> ColumnMapping:
    """Guess the layout and the meaning of the columns of one or two sheets.

    `other_labels`: what columns outside the dictionary are called.
    """
    persons = _words(dictionary, Level.PERSON, _PERSON_WORDS, other_labels)
    households = _words(dictionary, Level.HOUSEHOLD, _HOUSEHOLD_WORDS, other_labels)
    guesses = {
        name: (
            _guess(name, titles, households, without=()),
            _guess(name, titles, persons, without=()),
        )
        for name, titles in sheets.items()
    }
    people = max(guesses, key=lambda name: len(guesses[name][1].columns))
    home = max(guesses, key=lambda name: (len(guesses[name][0].columns), name != people))
    if home != people and guesses[people][1].columns:
        return ColumnMapping(Layout.TWO_SHEETS, guesses[home][0], guesses[people][1])
    own, told = guesses[people]
    left = _guess(people, sheets[people], persons, without=own.columns)
    if not told.columns:
        return ColumnMapping(Layout.HOUSEHOLDS, own)
    if not own.key and "registry_number" not in own.columns.values():
        return ColumnMapping(Layout.HOUSEHOLDS, own, left)
    return ColumnMapping(Layout.FLAT, own, left)


def _words(
    dictionary: Dictionary, level: Level, usual: Labels, other_labels: Labels
) -> dict[str, str]:
    """The meaning of every folded title; the first meaning of a title stays."""
    words: dict[str, str] = {}
    for name in targets(dictionary, level):
        variable = dictionary.by_name.get(name)
        labels: Iterable[str] = variable.labels.values() if variable else ()
        for said in (name, *usual.get(name, ()), *labels, *other_labels.get(name, ())):
            words.setdefault(fold(said), name)
    for name, said_so in usual.items():
        words |= dict.fromkeys(map(fold, said_so), name)
    return words


def _guess(
    sheet: str, titles: Sequence[str], words: Mapping[str, str], *, without: Iterable[str]
) -> SheetMapping:
    columns: dict[str, str] = {}
    key = next((title for title in titles if fold(title) in _KEYS), "")
    for title in titles:
        name = words.get(fold(title))
        if name and name not in columns.values() and title not in without and title != key:
            columns[title] = name
    return SheetMapping(sheet, key, columns)
