"""The words of the dictionary's screens: types, levels, languages, kinds of change."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gwa.variables.rules.comparison import Aspect
from gwa.variables.rules.definitions import Level, ValueType
from gwa.variables.rules.mappings import MappingKind

TYPES: Mapping[ValueType, Promise] = {
    ValueType.INTEGER: _("nombre entier"),
    ValueType.DECIMAL: _("nombre à virgule"),
    ValueType.BOOLEAN: _("oui ou non"),
    ValueType.DATE: _("date"),
    ValueType.YEAR_MONTH: _("mois"),
    ValueType.TEXT: _("texte"),
    ValueType.CHOICE: _("une réponse au choix"),
    ValueType.CHOICES: _("plusieurs réponses au choix"),
}
LEVELS: Mapping[Level, Promise] = {Level.HOUSEHOLD: _("ménage"), Level.PERSON: _("personne")}
LANGUAGES: Mapping[str, Promise] = {
    "fr": _("Français"),
    "en": _("Anglais"),
    "bm": _("Bambara"),
}
ASPECTS: Mapping[Aspect, Promise] = {
    Aspect.LABELS: _("Libellé"),
    Aspect.SECTION: _("Section"),
    Aspect.LEVEL: _("Niveau"),
    Aspect.TYPE: _("Type"),
    Aspect.STORAGE: _("Place"),
    Aspect.UNIT: _("Unité"),
    Aspect.RANGE: _("Limites"),
    Aspect.DECIMALS: _("Chiffres après la virgule"),
    Aspect.SENSITIVE: _("Donnée sensible"),
    Aspect.AGES: _("Âges"),
    Aspect.RELEVANCE: _("Quand la demander"),
    Aspect.CHOICE_ADDED: _("Réponse ajoutée"),
    Aspect.CHOICE_REMOVED: _("Réponse retirée"),
    Aspect.CHOICE_RELABELLED: _("Réponse reformulée"),
}
MAPPINGS: Mapping[MappingKind, Promise] = {
    MappingKind.RENAMED: _("« %(source)s » devient « %(targets)s »"),
    MappingKind.SPLIT: _("« %(source)s » est scindée en « %(targets)s »"),
    MappingKind.MERGED_CHOICES: _("« %(source)s » : des réponses sont regroupées (%(codes)s)"),
    MappingKind.DROPPED: _("« %(source)s » n’est plus demandée"),
    MappingKind.UNIT_CONVERTED: _("« %(source)s » change d’unité et devient « %(targets)s »"),
    MappingKind.COMBINED: _("« %(source)s » passe par plusieurs changements : « %(targets)s »"),
}
