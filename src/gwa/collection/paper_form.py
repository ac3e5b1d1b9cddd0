"""The numbered paper form: the core of the questionnaire on two pages, in the order of the desk."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gwa.collection.models import PaperForm
from gwa.common.paper import draw_paper, draw_qr
from gwa.questionnaires.models import FormVersion
from gwa.questionnaires.queries.modules import saved_by_core
from gwa.registry.models import Relationship
from gwa.variables.queries import current_version, read_dictionary
from gwa.variables.rules.definitions import (
    CODED,
    Dictionary,
    Level,
    Storage,
    ValueType,
    VariableDefinition,
)

_TEMPLATE = Path(__file__).parent / "templates" / "collection" / "paper_form.typ"
MEMBERS = 12
# Longer, a label takes a line more than its column has.
_SHORT = 34
# What the roster asks in columns of its own, or that only a telephone knows.
_ELSEWHERE = frozenset({"mother_id", "mother_in_household", "interpreter_used"})


def draw_paper_forms(forms: Sequence[PaperForm], version: FormVersion) -> bytes:
    """Return the forms as one PDF, two pages each, all of one version of the questionnaire."""
    language = get_language() or "fr"
    dictionary = read_dictionary(version.dictionary_version or current_version())
    core = saved_by_core(version)
    persons = [one for one in _asked(dictionary, Level.PERSON, core) if one.name not in _ELSEWHERE]
    content = {
        "language": language,
        "title": version.form.title,
        "version": _("version %(version)s") % {"version": version.version},
        "registry": _("Registre social unifié"),
        "number_label": _("Fiche n°"),
        "numbers": [form.number for form in forms],
        "head": _head(),
        "consent": _(
            "À lire : ce n’est pas un vote, pas un impôt, pas l’armée. Répondre ne promet aucune "
            "aide ; refuser ne retire aucun droit."
        ),
        "roster_title": _("Membres du ménage : le chef d’abord, même absent"),
        "columns": [*_roster_columns(), *(_column(one, language) for one in persons)],
        "rows": MEMBERS,
        "legends_title": _("Codes"),
        "legends": [_links(), *_legends(persons, language)],
        "sections": list(_sections(dictionary, core, language)),
        "yes_no": [_("oui"), _("non")],
        "signatures": [_("Enquêteur (nom, signature)"), _("Chef d’équipe (nom, signature)")],
        "keyed": _("Saisi le … par …"),
        "page_of": _("page"),
    }
    return draw_paper(_TEMPLATE, content=content, codes=[draw_qr(form.number) for form in forms])


def _asked(
    dictionary: Dictionary, level: Level, core: frozenset[str]
) -> Iterator[VariableDefinition]:
    for _section, variables in dictionary.by_section(level=level, storage=Storage.ANSWERS):
        yield from (one for one in variables if one.name in core)


def _head() -> list[str]:
    return [
        _("Région"), _("Cercle"), _("Commune"), _("Village, quartier ou fraction"),
        _("Concession"), _("Adresse ou repère"), _("Date de l’entretien"), _("Début – fin"),
        _("N° RSU si le ménage est connu"), _("GPS : latitude, longitude"),
    ]  # fmt: skip


def _roster_columns() -> list[dict[str, Any]]:
    wide = [_("Prénom (papier)"), _("Nom de famille"), _("Nom de tous les jours")]
    told = [
        (_("H/F"), 1.0), (_("Lien"), 1.1), (_("Né(e) le, ou âge"), 2.6), (_("NINA"), 3.6),
        (_("Mère (ligne)"), 1.1), (_("Téléphone"), 2.4), (_("Absent (O/N)"), 1.0),
    ]  # fmt: skip
    return [
        *({"label": label, "width": 3.2, "is_upright": False} for label in wide),
        *({"label": label, "width": width, "is_upright": width < 1.5} for label, width in told),
    ]


def _column(variable: VariableDefinition, language: str) -> dict[str, Any]:
    return {"label": _shorten(variable.label(language)), "width": 1.1, "is_upright": True}


def _shorten(label: str) -> str:
    plain = label.partition(" (")[0]
    return plain if len(plain) <= _SHORT else f"{plain[: _SHORT - 1].rstrip()}…"


def _links() -> dict[str, Any]:
    links = Relationship.labels
    return {"label": _("Lien"), "codes": [[str(n), str(one)] for n, one in enumerate(links, 1)]}


def _legends(variables: Iterable[VariableDefinition], language: str) -> Iterator[dict[str, Any]]:
    for variable in variables:
        if variable.type in CODED:
            labels = [choice.labels.get(language, choice.code) for choice in variable.choices]
            codes = [[str(number), label] for number, label in enumerate(labels, 1)]
            yield {"label": _shorten(variable.label(language)), "codes": codes}
        elif variable.type == ValueType.BOOLEAN:
            yield {
                "label": _shorten(variable.label(language)),
                "codes": [["O", _("oui")], ["N", _("non")]],
            }


def _sections(
    dictionary: Dictionary, core: frozenset[str], language: str
) -> Iterator[dict[str, Any]]:
    by_section = dictionary.by_section(level=Level.HOUSEHOLD, storage=Storage.ANSWERS)
    for section, variables in by_section:
        asked = [one for one in variables if one.name in core and one.name not in _ELSEWHERE]
        if asked:
            questions = [_question(one, language) for one in asked]
            yield {"label": section.label(language), "questions": questions}


def _question(variable: VariableDefinition, language: str) -> dict[str, Any]:
    kind = {ValueType.BOOLEAN: "yes_no", ValueType.INTEGER: "count", ValueType.DECIMAL: "count"}
    labels = [choice.labels.get(language, choice.code) for choice in variable.choices]
    return {
        "label": variable.label(language),
        "kind": "choices" if variable.type in CODED else kind.get(variable.type, "text"),
        "choices": labels,
    }
