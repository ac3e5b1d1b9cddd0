"""What is wrong with a workbook, by its sheet and row, in plain words.

pyxform says it in English, for those who build forms for a living. Its common refusals are put into
words here, by their code; a rare one keeps pyxform's own words behind the row.
"""

import re
from collections.abc import Mapping
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pyxform.errors import ErrorCode, PyXFormError

_ROW = re.compile(r"\[row : (\d+)\]")
_SHEET = re.compile(r"On the '(\w+)' sheet")

_CODED: Mapping[ErrorCode, str | Promise] = {
    ErrorCode.ENTITY_001: gettext_lazy(
        "« save_to » est rempli, mais le classeur n’a pas de feuille « entities » : ajoutez-la, "
        "avec la liste « menages »."
    ),
    ErrorCode.ENTITY_002: gettext_lazy(
        "« %(saveto)s » est déjà rempli par la ligne %(other_row)s : une seule question peut "
        "l’enregistrer."
    ),
    ErrorCode.ENTITY_003: gettext_lazy(
        "un groupe ou une répétition ne s’enregistre pas : retirez « save_to » de cette ligne."
    ),
    ErrorCode.ENTITY_004: gettext_lazy(
        "la liste « %(dataset)s » n’est pas dans la feuille « entities » : relisez « save_to »."
    ),
    ErrorCode.ENTITY_008: gettext_lazy(
        "le questionnaire remplit plusieurs listes : écrivez « save_to » avec la sienne, par "
        "exemple « personnes#nom »."
    ),
    ErrorCode.HEADER_001: gettext_lazy(
        "la feuille « %(sheet_name)s » n’a pas de ligne de titres : mettez-la en premier."
    ),
    ErrorCode.HEADER_002: gettext_lazy(
        "la feuille « %(sheet_name)s » a deux fois la même colonne, sous les noms « %(other)s » et "
        "« %(header)s » : gardez-en une."
    ),
    ErrorCode.HEADER_003: gettext_lazy(
        "il manque une colonne à la feuille « %(sheet_name)s » : %(missing)s."
    ),
    ErrorCode.LABEL_001: gettext_lazy("ce choix n’a pas de texte : remplissez « label »."),
    ErrorCode.NAMES_001: gettext_lazy(
        "« %(value)s » est déjà le nom d’une autre question du même groupe : changez l’un des deux."
    ),
    ErrorCode.NAMES_003: gettext_lazy(
        "une répétition ne peut pas s’appeler « %(value)s » : changez son nom."
    ),
    ErrorCode.NAMES_004: gettext_lazy(
        "deux répétitions s’appellent « %(value)s » : changez l’un des deux noms."
    ),
    ErrorCode.NAMES_006: gettext_lazy("ce choix n’a pas de code : remplissez « name »."),
    ErrorCode.NAMES_007: gettext_lazy(
        "ce choix a le même code qu’un autre de sa liste : changez l’un des deux."
    ),
    ErrorCode.NAMES_008: gettext_lazy(
        "ce nom ne peut pas servir : commencez-le par une lettre, puis des lettres sans accent, "
        "chiffres, « _ », « - » ou « . », sans espace."
    ),
    ErrorCode.NAMES_013: gettext_lazy(
        "la feuille « %(sheet)s » manque ; une feuille a un nom voisin : %(candidates)s."
    ),
    ErrorCode.PYREF_001: gettext_lazy(
        "une référence est mal écrite : « ${ », le nom d’une question, « } »."
    ),
    ErrorCode.PYREF_003: gettext_lazy(
        "« ${%(q)s} » renvoie à une question qui n’existe pas : relisez son nom."
    ),
    ErrorCode.PYREF_004: gettext_lazy(
        "« ${%(q)s} » renvoie à un nom que plusieurs questions portent : donnez-leur des noms "
        "différents."
    ),
    ErrorCode.SURVEY_001: gettext_lazy(
        "« end_%(type)s » ferme ce que rien n’a ouvert : retirez-le, ou ajoutez « begin_%(type)s »."
    ),
    ErrorCode.SURVEY_002: gettext_lazy(
        "« %(name)s » est ouvert et jamais fermé : ajoutez « end_%(type)s »."
    ),
    ErrorCode.SURVEY_004: gettext_lazy(
        "« parameters » s’écrit « nom=valeur », séparés par une espace."
    ),
    ErrorCode.SURVEY_005: gettext_lazy(
        "« %(rejected)s » n’est pas un paramètre de cette question ; ceux qu’elle prend : "
        "%(accepted)s."
    ),
}

# What pyxform refuses without a code.
_UNCODED: tuple[tuple[re.Pattern[str], str | Promise], ...] = (
    (
        re.compile(r"Unknown question type '(?P<what>[^']*)'"),
        gettext_lazy("« %(what)s » n’est pas un type de question : relisez la colonne « type »."),
    ),
    (
        re.compile(r"List name not in choices sheet: (?P<what>\S+)"),
        gettext_lazy(
            "la liste « %(what)s » n’est pas dans la feuille « choices » : relisez son nom, ou "
            "ajoutez ses choix."
        ),
    ),
    (
        re.compile(r"Missing calculation"),
        gettext_lazy("ce calcul est vide : remplissez « calculation »."),
    ),
    (
        re.compile(r"Question or group with no name"),
        gettext_lazy("cette question n’a pas de nom : remplissez « name »."),
    ),
    (
        re.compile(r"Question with no type"),
        gettext_lazy("cette question n’a pas de type : remplissez « type »."),
    ),
    (
        re.compile(r"There should be choices for this question"),
        gettext_lazy(
            "cette question n’a pas de choix : dites dans « type » quelle liste elle prend."
        ),
    ),
    (
        re.compile(r"does not appear to be a valid XLSForm|must have a sheet named"),
        gettext_lazy("le classeur n’a pas de feuille « survey » : ce n’est pas un XLSForm."),
    ),
)


def say_fault(error: PyXFormError) -> str:
    """Say a fault of the workbook by its sheet and row."""
    original = " ".join(str(error).split())
    row = _ROW.search(original)
    words = _say(original) or _ROW.sub("", original).strip()
    if row is None:
        return words[:1].upper() + words[1:]
    sheet = _SHEET.search(original)
    place = {"row": row[1], "sheet": sheet[1] if sheet else "survey", "words": words}
    return _("Feuille « %(sheet)s », ligne %(row)s : %(words)s") % place


def _say(original: str) -> str:
    for pattern, sentence in _known():
        if found := pattern.search(original):
            return str(sentence) % found.groupdict()
    return ""


@cache
def _known() -> tuple[tuple[re.Pattern[str], str | Promise], ...]:
    """The refusals that have a sentence here, as pyxform writes them: it often forgets the code."""
    coded = ((_as_pattern(code.value.msg), sentence) for code, sentence in _CODED.items())
    return (*coded, *_UNCODED)


def _as_pattern(message: str) -> re.Pattern[str]:
    """Match what pyxform makes of a message; a name that comes twice is read once."""
    seen: set[str] = set()

    def read(found: re.Match[str]) -> str:
        name = found[1]
        is_new = name not in seen
        seen.add(name)
        return f"(?P<{name}>.*?)" if is_new else f"(?P={name})"

    plain = re.escape(message.replace("{{", "{").replace("}}", "}"))
    return re.compile(re.sub(r"\\{(\w+)\\}", read, plain))
