"""Two versions side by side: which questions came, went or changed, and in what."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gwa.questionnaires.models import FormVersion
from gwa.questionnaires.queries.pages import pick, write_expression
from gwa.questionnaires.queries.versions import form_of
from gwa.questionnaires.words import KINDS
from gwa.questionnaires.xform.definitions import Form, Kind, Question


@dataclass(frozen=True, slots=True)
class Facet:
    """One thing of a question that is not what it was."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A question of one version or both, by its words; `facets` only where it changed."""

    label: str
    name: str
    kind: str
    facets: tuple[Facet, ...] = ()


@dataclass(frozen=True, slots=True)
class Differences:
    """Questions that came, went or changed since another version. `silent` are calculations."""

    added: tuple[Compared, ...]
    removed: tuple[Compared, ...]
    changed: tuple[Compared, ...]
    silent: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Tell whether both ask the same."""
        return not (self.added or self.removed or self.changed or self.silent)


def compare(old: FormVersion, new: FormVersion, language: str) -> Differences:
    """Say which questions came, went or changed, and from what to what."""
    before, after = _asked(form_of(old)), _asked(form_of(new))
    both = [(before[path], after[path]) for path in after if path in before]
    return Differences(
        added=tuple(_show(one, language) for path, one in after.items() if path not in before),
        removed=tuple(_show(one, language) for path, one in before.items() if path not in after),
        changed=tuple(
            _show(is_, language, facets)
            for was, is_ in both
            if (facets := _facets(was, is_, language))
        ),
        silent=_calculations(form_of(old), form_of(new)),
    )


def _asked(form: Form) -> dict[tuple[str, ...], Question]:
    return {path: one for path, one in form.by_path.items() if one.kind != Kind.HIDDEN}


def _show(question: Question, language: str, facets: tuple[Facet, ...] = ()) -> Compared:
    label = pick(question.labels, language) or question.name
    return Compared(label, question.name, str(KINDS[question.kind]), facets)


def _facets(was: Question, now: Question, language: str) -> tuple[Facet, ...]:
    told = ((str(name), say(was, language), say(now, language)) for name, say in _FACETS.items())
    return tuple(Facet(name, before, after) for name, before, after in told if before != after)


def _all_labels(question: Question, _language: str) -> str:
    """The words in every language: a translation that changed is a change too."""
    many = {code: text for code, text in question.labels.items() if text}
    if len(many) < 2:
        return "".join(many.values())
    return " · ".join(f"{code} : {text}" for code, text in many.items())


def _hint(question: Question, language: str) -> str:
    return pick(question.hints, language)


def _choices(question: Question, language: str) -> str:
    return ", ".join(pick(one.labels, language) or one.code for one in question.choices)


_FACETS: Mapping[str | Promise, Callable[[Question, str], str]] = {
    _("type"): lambda question, _language: str(KINDS[question.kind]),
    _("texte"): _all_labels,
    _("aide"): _hint,
    _("réponses possibles"): _choices,
    _("filtre des réponses"): lambda question, _language: write_expression(question.choice_filter),
    _("posée si"): lambda question, _language: write_expression(question.relevant),
    _("obligatoire si"): lambda question, _language: write_expression(question.required),
    _("acceptée si"): lambda question, _language: write_expression(question.constraint),
    _("calcul"): lambda question, _language: write_expression(question.calculation),
    _("enregistrée sous"): lambda question, _language: question.save_to,
}


def _calculations(old: Form, new: Form) -> tuple[str, ...]:
    """Name the calculations that came, went or changed: nobody is asked, yet results differ."""

    def rules(form: Form) -> dict[tuple[str, ...], tuple[str, str]]:
        hidden = (one for one in form.questions if one.kind == Kind.HIDDEN)
        return {one.path: (one.calculation, one.save_to) for one in hidden if not one.preload}

    before, after = rules(old), rules(new)
    changed = {path for path in before | after if before.get(path) != after.get(path)}
    return tuple(sorted(path[-1] for path in changed if path[0] != "meta"))
