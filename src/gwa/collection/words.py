"""How imports are said to people: faults of a mapping, failures, problems of lines."""

from collections.abc import Iterable, Sequence

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gwa.collection.intake.refusing import unpack_problem
from gwa.collection.models import Import, RefusedLine
from gwa.collection.rules.mappings import FaultKind, MappingFault
from gwa.common.errors import refusal_named
from gwa.registry.columns import columns_of
from gwa.registry.sentences import say_problem
from gwa.variables.rules.definitions import Dictionary, Level

_FAULTS: dict[FaultKind, str | Promise] = {
    FaultKind.SHEET_MISSING: _("Choisissez la feuille qui contient cette partie de la liste."),
    FaultKind.SHEET_UNKNOWN: _("Aucune feuille ne s’appelle « %(name)s »."),
    FaultKind.COLUMN_UNKNOWN: _("La feuille « %(sheet)s » n’a pas de colonne « %(name)s »."),
    FaultKind.TARGET_UNKNOWN: _("« %(name)s » ne peut pas recevoir de colonne."),
    FaultKind.TARGET_TWICE: _("« %(name)s » reçoit deux colonnes : gardez-en une."),
    FaultKind.KEY_MISSING: _(
        "Choisissez dans la feuille « %(sheet)s » la colonne qui relie les lignes d’un ménage."
    ),
    FaultKind.KEY_UNKNOWN: _("La feuille « %(sheet)s » n’a pas de colonne « %(name)s »."),
    FaultKind.TARGET_NEEDED: _(
        "Aucune colonne de la feuille « %(sheet)s » ne dit « %(name)s », nécessaire à chacun."
    ),
    FaultKind.VALUE_UNKNOWN: _("« %(name)s » n’est pas une réponse de « %(sheet)s »."),
}


def label_of(name: str, dictionary: Dictionary) -> str:
    """Say a column in words: the variable's label, or that of a column outside the dictionary."""
    language = get_language() or "fr"
    variable = dictionary.by_name.get(name)
    if variable is not None:
        return variable.label(language)
    for level in Level:
        column = columns_of(level).get(name)
        if column is not None:
            return str(column.label)
    return str(_OTHER_LABELS.get(name, name))


_OTHER_LABELS: dict[str, str | Promise] = {
    "full_name": _("Nom complet (prénom et nom)"),
    "position": _("Position"),
    "birth": _("Naissance"),
}
_NAMED = frozenset({
    FaultKind.TARGET_UNKNOWN, FaultKind.TARGET_TWICE, FaultKind.TARGET_NEEDED,
})  # fmt: skip


def say_faults(faults: Iterable[MappingFault], dictionary: Dictionary) -> str:
    """Say everything that keeps a mapping from being used."""
    return " ".join(say_fault(fault, dictionary) for fault in faults)


def say_fault(fault: MappingFault, dictionary: Dictionary) -> str:
    """Say one thing that keeps a mapping from being used."""
    name = label_of(fault.name, dictionary) if fault.kind in _NAMED else fault.name
    return str(_FAULTS[fault.kind]) % {"sheet": fault.sheet, "name": name}


def say_failure(of_import: Import) -> str:
    """Say why the job of an import broke; an empty text where it did not."""
    if not of_import.failure:
        return ""
    refusal = refusal_named(of_import.failure["code"])
    return refusal(**of_import.failure["facts"]).sentence if refusal else ""


def say_reasons(line: RefusedLine, dictionary: Dictionary) -> list[str]:
    """Say why a line was refused, each reason with the column it is about."""
    return say_packed(line.content["problems"], dictionary)


def say_packed(problems: Sequence[dict[str, object]], dictionary: Dictionary) -> list[str]:
    """Say problems as refused lines keep them."""
    said = []
    for packed in problems:
        problem = unpack_problem(packed)
        sentence = say_problem(problem, dictionary)
        label = label_of(problem.field, dictionary) if problem.field else ""
        said.append(f"{label} : {sentence}" if label and label not in sentence else sentence)
    return said
