"""The refusals of the module, and the sentence of every problem with an answer."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from gwa.common.errors import DomainError, say_in_general
from gwa.variables.rules.answers import ALONE, Problem, ProblemKind
from gwa.variables.rules.comparison import Refusal, RefusalKind
from gwa.variables.rules.content import Fault, FaultKind
from gwa.variables.rules.display import format_number, format_value


class DictionaryRefused(DomainError):
    code = "variables.dictionary_refused"
    message = _(
        "Le fichier du dictionnaire n’est pas valide ; rien n’a été chargé. À corriger : %(faults)s"
    )


class DictionaryUnreadable(DomainError):
    code = "variables.dictionary_unreadable"
    message = _(
        "Le fichier %(file)s ne peut pas être lu : %(why)s. Vérifiez son nom, ses retraits et "
        "ses guillemets."
    )


class PublishedVersionIsFixed(DomainError):
    code = "variables.published_version_is_fixed"
    message = _(
        "La version %(number)s est déjà publiée et ne change plus. Donnez le numéro suivant à la "
        "version modifiée et écrivez sous « changes » ce que deviennent les anciennes réponses."
    )


class UnknownPrevious(DomainError):
    code = "variables.unknown_previous"
    message = _(
        "La version %(number)s doit dire sous « follows » quelle version publiée, de numéro plus "
        "petit, elle suit ; « %(follows)s » ne convient pas."
    )


class NotADraft(DomainError):
    code = "variables.not_a_draft"
    message = _("La version %(number)s n’est plus un brouillon : elle a déjà été publiée.")


class NewerVersionPublished(DomainError):
    code = "variables.newer_version_published"
    message = _(
        "La version %(newer)s est déjà publiée. Refaites la version %(number)s à partir d’elle."
    )


class ChangesRefused(DomainError):
    code = "variables.changes_refused"
    message = _(
        "La version %(number)s ne peut pas être publiée : les anciennes réponses deviendraient "
        "fausses. %(refusals)s"
    )


class NotPublished(DomainError):
    code = "variables.not_published"
    message = _("La version %(number)s n’est pas en service : il n’y a rien à retirer.")


class StillCurrent(DomainError):
    code = "variables.still_current"
    message = _(
        "La version %(number)s est celle des nouveaux entretiens. Publiez d’abord la suivante."
    )


class NoDictionary(DomainError):
    code = "variables.no_dictionary"
    message = _(
        "Aucun dictionnaire n’est publié. Chargez-en un (commande load_dictionary), puis "
        "publiez-le."
    )


class NotAnEarlierVersion(DomainError):
    code = "variables.not_an_earlier_version"
    message = _(
        "La version %(new)s ne descend pas de la version %(old)s : aucune correspondance ne mène "
        "de l’une à l’autre."
    )


class AnswersRefused(DomainError):
    code = "variables.answers_refused"
    message = _("Des réponses ne conviennent pas. %(problems)s")

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(problems=" ".join(explain(problem) for problem in self.problems))


_PROBLEMS: Mapping[ProblemKind, str | Promise] = {
    ProblemKind.UNKNOWN_VARIABLE: _(
        "« %(label)s » n’existe pas dans cette version du questionnaire : vérifiez le nom, ou "
        "laissez cette colonne de côté."
    ),
    ProblemKind.KEPT_ELSEWHERE: _(
        "« %(label)s » se note sur la fiche du ménage ou de la personne, pas parmi les réponses."
    ),
    ProblemKind.NOT_A_NUMBER: _(
        "« %(label)s » : « %(value)s » n’est pas un nombre. Écrivez par exemple 3 ou 1,5."
    ),
    ProblemKind.NOT_WHOLE: _(
        "« %(label)s » : « %(value)s » n’est pas un nombre entier. Écrivez-le sans virgule."
    ),
    ProblemKind.NOT_YES_NO: _(
        "« %(label)s » : « %(value)s » n’est ni oui ni non. Répondez par oui ou par non."
    ),
    ProblemKind.NOT_A_DATE: _(
        "« %(label)s » : « %(value)s » n’est pas une date. Écrivez jour/mois/année, par exemple "
        "22/11/2026."
    ),
    ProblemKind.NOT_A_MONTH: _(
        "« %(label)s » : « %(value)s » n’est pas un mois. Écrivez mois/année, par exemple 11/2026."
    ),
    ProblemKind.FAR_YEAR: _("« %(label)s » : « %(value)s » est trop loin. Vérifiez l’année."),
    ProblemKind.NOT_A_TEXT: _("« %(label)s » : « %(value)s » n’est pas un texte."),
    ProblemKind.EMPTY_TEXT: _(
        "« %(label)s » ne contient que des espaces. Laissez la case vide si la réponse manque."
    ),
    ProblemKind.LONG_TEXT: _(
        "« %(label)s » est trop long : gardez %(longest)s caractères au plus."
    ),
    ProblemKind.NOT_A_CHOICE: _(
        "« %(label)s » : « %(value)s » n’est pas une réponse. Choisissez parmi : %(choices)s."
    ),
    ProblemKind.NOT_A_LIST: _(
        "« %(label)s » attend une liste de réponses parmi : %(choices)s."
    ),
    ProblemKind.UNKNOWN_CHOICE: _(
        "« %(label)s » : « %(choice)s » n’est pas une réponse prévue. Choisissez parmi : "
        "%(choices)s."
    ),
    ProblemKind.AMBIGUOUS_CHOICE: _(
        "« %(label)s » : « %(choice)s » désigne plusieurs réponses. Écrivez le code : %(codes)s."
    ),
    ProblemKind.REPEATED_CHOICE: _(
        "« %(label)s » : la même réponse est donnée deux fois. Gardez-la une fois."
    ),
    ProblemKind.NONE_WITH_OTHERS: _(
        "« %(label)s » : « %(none)s » ne va pas avec d’autres réponses. Gardez l’un ou les autres."
    ),
    ProblemKind.TOO_MANY_DECIMALS: _(
        "« %(label)s » : « %(value)s » a trop de chiffres après la virgule. Gardez-en %(decimals)s."
    ),
    ProblemKind.TOO_SMALL: _(
        "« %(label)s » : %(value)s est trop petit. Le minimum est %(minimum)s ; vérifiez aussi "
        "l’unité."
    ),
    ProblemKind.TOO_LARGE: _(
        "« %(label)s » : %(value)s est trop grand. Le maximum est %(maximum)s ; vérifiez aussi "
        "l’unité."
    ),
    ProblemKind.NOT_ASKED_AT_AGE: _(
        "« %(label)s » ne se demande pas à cet âge (%(ages)s). Vérifiez l’âge, ou retirez la "
        "réponse."
    ),
}  # fmt: skip

_REFUSALS: Mapping[RefusalKind, str | Promise] = {
    RefusalKind.TYPE_CHANGED: _(
        "« %(variable)s » change de type (%(before)s, puis %(after)s) : les anciennes réponses ne "
        "se liraient plus. Créez une variable d’un autre nom et dites sous « changes » ce que "
        "devient l’ancienne."
    ),
    RefusalKind.LEVEL_CHANGED: _(
        "« %(variable)s » passe d’un niveau à l’autre (%(before)s, puis %(after)s). Créez une "
        "variable d’un autre nom."
    ),
    RefusalKind.STORAGE_CHANGED: _(
        "« %(variable)s » change de place (%(before)s, puis %(after)s). Créez une variable d’un "
        "autre nom."
    ),
    RefusalKind.UNIT_CHANGED: _(
        "« %(variable)s » change d’unité sans conversion. Donnez le facteur sous « changes » "
        "(converted)."
    ),
    RefusalKind.REMOVED_UNMAPPED: _(
        "« %(variable)s » disparaît. Dites sous « changes » si elle est renommée, scindée ou "
        "abandonnée (renamed, split, dropped)."
    ),
    RefusalKind.CHOICE_REMOVED_UNMAPPED: _(
        "« %(variable)s » perd la réponse « %(choice)s ». Dites sous « changes » par quelle "
        "réponse elle est remplacée (merged)."
    ),
    RefusalKind.UNKNOWN_SOURCE: _(
        "« changes » parle de « %(variable)s », absente de la version précédente. Vérifiez le nom."
    ),
    RefusalKind.UNKNOWN_TARGET: _(
        "« %(variable)s » doit devenir « %(target)s », absente de la nouvelle version. Ajoutez "
        "cette variable ou corrigez le nom."
    ),
    RefusalKind.TARGET_TAKEN: _(
        "« %(variable)s » et « %(other)s » deviendraient toutes deux « %(target)s ». Donnez-leur "
        "deux noms."
    ),
    RefusalKind.UNFIT_TRANSFORM: _(
        "« %(variable)s » ne peut pas devenir « %(target)s » ainsi : le type, le niveau ou l’unité "
        "ne correspondent pas."
    ),
    RefusalKind.UNKNOWN_CODE: _(
        "La correspondance de « %(variable)s » cite la réponse « %(choice)s », absente de la "
        "version précédente."
    ),
}

_FAULTS: Mapping[FaultKind, str | Promise] = {
    FaultKind.UNKNOWN_KEY: _("%(where)s : le mot « %(what)s » n’est pas prévu."),
    FaultKind.MISSING: _("%(where)s : il manque « %(what)s »."),
    FaultKind.BAD_NAME: _(
        "%(where)s : le nom s’écrit en minuscules sans accent, chiffres et « _ » (les codes "
        "oui/non entre guillemets)."
    ),
    FaultKind.BAD_VALUE: _("%(where)s : la valeur « %(what)s » ne convient pas."),
    FaultKind.NAMED_TWICE: _("%(where)s : ce nom sert déjà dans la section « %(what)s »."),
    FaultKind.SAME_LABEL: _("%(where)s : deux réponses ont le même libellé (%(what)s)."),
    FaultKind.CHOICES_MISSING: _("%(where)s : une variable à choix a besoin de réponses."),
    FaultKind.CHOICES_UNWANTED: _("%(where)s : seules les variables à choix ont des réponses."),
    FaultKind.RANGE_UNWANTED: _("%(where)s : seuls les nombres ont un minimum ou un maximum."),
    FaultKind.RANGE_REVERSED: _("%(where)s : le minimum dépasse le maximum."),
    FaultKind.AGES_UNWANTED: _("%(where)s : seules les variables de personne ont des âges."),
    FaultKind.FORBIDDEN_SUBJECT: _(
        "%(where)s : le registre ne demande jamais l’ethnie, la religion ni le parti "
        "(« %(what)s »)."
    ),
}


def explain(problem: Problem, language: str | None = None) -> str:
    """Say one problem with an answer: what, where, how to mend it."""
    with override(language or get_language() or "fr"):
        return str(_PROBLEMS[problem.kind]) % _gather_facts(problem, get_language() or "fr")


def explain_kind(kind: ProblemKind, label: str) -> str:
    """Say a kind of problem with a question, or several, whatever the answer."""
    return say_in_general(_PROBLEMS[kind], label=label)


def _gather_facts(problem: Problem, language: str) -> dict[str, object]:
    definition = problem.definition
    facts: dict[str, object] = {"label": problem.variable, "value": problem.value}
    if definition is not None:
        none = definition.choice(ALONE)
        facts |= {
            "label": definition.label(language),
            "choices": ", ".join(choice.label(language) for choice in definition.choices),
            "codes": ", ".join(definition.codes()),
            "none": none.label(language) if none else "",
            "ages": say_ages(definition.from_age, definition.to_age),
        }
        if not isinstance(problem.value, str):
            facts["value"] = format_value(problem.value, definition, language)
    return facts | {name: _say_fact(fact, language) for name, fact in problem.facts.items()}


def _say_fact(fact: object, language: str) -> object:
    return format_number(fact, language) if isinstance(fact, Decimal) else fact


def say_ages(youngest: int | None, oldest: int | None) -> str:
    """Say between which ages a question is asked; nothing when it is asked at any age."""
    if youngest is None and oldest is None:
        return ""
    if youngest is not None and oldest is not None:
        return str(_("de %(youngest)s à %(oldest)s ans")) % {
            "youngest": youngest,
            "oldest": oldest,
        }
    if youngest is not None:
        return str(_("à partir de %(youngest)s ans")) % {"youngest": youngest}
    return str(_("jusqu’à %(oldest)s ans")) % {"oldest": oldest}


def explain_refusal(refusal: Refusal) -> str:
    """Say why a change between versions cannot be published."""
    return str(_REFUSALS[refusal.kind]) % {"variable": refusal.variable, **refusal.facts}


def explain_fault(fault: Fault) -> str:
    """Say one fault of a dictionary file."""
    return str(_FAULTS[fault.kind]) % {"where": fault.where, "what": fault.what}
