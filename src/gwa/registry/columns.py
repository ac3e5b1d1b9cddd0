"""The columns of files about households and persons, the same in and out.

A column bears the name of a variable of the dictionary, which has its labels; the names that are
not variables are here, with what they mean. Whether a column may be given to a reader is here too,
for both.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gwa.registry.models import Household, Identifier, Person
from gwa.registry.rules.identifiers import NINA
from gwa.variables.rules.definitions import Level, Storage, ValueType, VariableDefinition
from gwa.zones.models import Level as ZoneLevel

READ_IDENTIFIER = "registry.read_identifier"
READ_SENSITIVE = "registry.read_sensitive"
READ_ORIGIN = "registry.read_origin"

IDENTIFIER_PREFIX = "identifier_"
ASKED_ON_PREFIX = "asked_on_"
PLACE_PREFIX = "name_of_"


class Way(Enum):
    """Where a column is met: in files that come in, in those that go out, or in both."""

    BOTH = "both"
    IN = "in"
    OUT = "out"


Choices: TypeAlias = type[TextChoices]


@dataclass(frozen=True, slots=True)
class Column:
    """One column that is not a variable of the dictionary.

    `right` is what a reader needs besides reading households; `is_sealed` says that the value is
    kept encrypted; `choices` are the codes of a choice.
    """

    name: str
    label: str | Promise
    type: ValueType
    right: str = ""
    is_sealed: bool = False
    way: Way = Way.BOTH
    choices: Choices | None = None


_TEXT, _DAY, _YES_NO = ValueType.TEXT, ValueType.DATE, ValueType.BOOLEAN
_NUMBER, _CHOICE = ValueType.INTEGER, ValueType.CHOICE

_PLACE_LABELS: dict[ZoneLevel, str | Promise] = {
    ZoneLevel.REGION: _("Région"),
    ZoneLevel.CERCLE: _("Cercle"),
    ZoneLevel.ARRONDISSEMENT: _("Arrondissement"),
    ZoneLevel.COMMUNE: _("Commune"),
}
PLACE_LEVELS = tuple(_PLACE_LABELS)
"""The levels above the attachment zone that a file may name."""


def place_column(level: ZoneLevel) -> str:
    """Return the name of the column that holds the name of the zone of a level: name_of_commune."""
    return f"{PLACE_PREFIX}{level.name.lower()}"


HOUSEHOLD_COLUMNS = (
    Column("household_id", _("Identifiant technique du ménage"), _TEXT),
    Column("household_key", _("Clé du ménage dans le fichier"), _TEXT, way=Way.IN),
    Column("status", _("État du ménage"), _CHOICE, choices=Household.Status),
    Column("registered_on", _("Enregistré le"), _DAY),
    Column("last_interview_on", _("Dernier entretien le"), _DAY),
    Column("ended_on", _("Fin du ménage le"), _DAY),
    Column("attached_on", _("Rattaché depuis le"), _DAY),
    Column("name_of_zone", _("Nom de la zone de rattachement"), _TEXT),
    *(Column(place_column(level), label, _TEXT) for level, label in _PLACE_LABELS.items()),
    Column("place_now_kind", _("Nature du lieu actuel"), _CHOICE, choices=Household.PlaceKind),
    Column("place_now_since", _("Au lieu actuel depuis le"), _DAY),
    Column("accuracy_m", _("Précision de la position, en mètres"), ValueType.DECIMAL),
    Column("is_position_hidden", _("Position cachée"), _YES_NO),
    Column("is_position_rounded", _("Position arrondie"), _YES_NO, way=Way.OUT),
    Column("compound_name", _("Nom de la concession"), _TEXT, way=Way.OUT),
    Column("respondent_id", _("Répondant (identifiant de la personne)"), _TEXT, way=Way.OUT),
    Column("recipient_id", _("Bénéficiaire (identifiant de la personne)"), _TEXT, way=Way.OUT),
    Column("size", _("Nombre de personnes comptées"), _NUMBER, way=Way.OUT),
    Column("dictionary_version", _("Version du questionnaire"), _NUMBER, way=Way.OUT),
)

PERSON_COLUMNS = (
    Column("person_id", _("Identifiant technique de la personne"), _TEXT),
    Column("household_id", _("Identifiant technique du ménage"), _TEXT),
    Column("household_key", _("Clé du ménage dans le fichier"), _TEXT, way=Way.IN),
    Column("is_principal", _("Compté dans ce ménage"), _YES_NO),
    Column("is_absent", _("Absent"), _YES_NO),
    Column("started_on", _("Membre depuis le"), _DAY),
    Column("ended_on", _("Membre jusqu’au"), _DAY, way=Way.OUT),
    Column("birth_year", _("Année de naissance"), _NUMBER, way=Way.IN),
    Column("age", _("Âge en années"), _NUMBER, way=Way.IN),
    Column("age_on", _("Âge donné le"), _DAY, way=Way.IN),
    Column("birth_from", _("Né au plus tôt le"), _DAY),
    Column("birth_to", _("Né au plus tard le"), _DAY),
    Column(
        "birth_precision", _("Précision de la naissance"), _CHOICE, choices=Person.BirthPrecision
    ),
    Column("age_min", _("Âge, au moins"), _NUMBER, way=Way.OUT),
    Column("age_max", _("Âge, au plus"), _NUMBER, way=Way.OUT),
    Column("person_status", _("État de la personne"), _CHOICE, choices=Person.Status),
    Column("deceased_on", _("Décédé le"), _DAY),
    Column("dictionary_version", _("Version du questionnaire"), _NUMBER, way=Way.OUT),
    *(
        Column(
            f"{IDENTIFIER_PREFIX}{kind.value}",
            kind.label,
            _TEXT,
            right=READ_IDENTIFIER,
            is_sealed=True,
        )
        for kind in Identifier.Kind
    ),
)

_HOUSEHOLD = {column.name: column for column in HOUSEHOLD_COLUMNS}
_PERSON = {column.name: column for column in PERSON_COLUMNS}

# The registry's own variables whose reading needs more than reading households. The others (names,
# address, birth…) are what the page of a household shows to everybody who may open it.
_RIGHT_OF_VARIABLE = {
    NINA: READ_IDENTIFIER,
    "phone": READ_IDENTIFIER,
    "origin": READ_ORIGIN,
    "arrived_on": READ_ORIGIN,
}
SEALED_VARIABLES = frozenset({NINA, "phone"})
"""Variables kept encrypted: never in a snapshot."""


def columns_of(level: Level) -> dict[str, Column]:
    """Return by name the columns outside the dictionary that describe a household or a person."""
    return _HOUSEHOLD if level == Level.HOUSEHOLD else _PERSON


def right_to_read(variable: VariableDefinition) -> str:
    """Return the right that a variable needs besides reading households; empty when none."""
    if variable.storage == Storage.REGISTRY:
        return _RIGHT_OF_VARIABLE.get(variable.name, "")
    return READ_SENSITIVE if variable.sensitive else ""


def asked_on_column(section: str) -> str:
    """Return the name of the column that holds the day a section was last asked."""
    return f"{ASKED_ON_PREFIX}{section}"


def asked_on_columns(sections: Iterable[str]) -> list[str]:
    """Return the names of the columns of freshness of several sections."""
    return [asked_on_column(section) for section in sections]
