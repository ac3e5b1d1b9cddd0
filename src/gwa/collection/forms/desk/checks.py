"""What is wrong with a sheet: everything at once, each with the field where it is mended."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from gwa.collection.before_saving import search_before_saving
from gwa.collection.errors import CountingNotSaid
from gwa.collection.forms.desk.base import today
from gwa.collection.forms.desk.members import MemberForm
from gwa.collection.forms.desk.sheet import Sheet, Told
from gwa.collection.rules.checks import check_household
from gwa.collection.rules.consent import check_consent
from gwa.common.display import Text
from gwa.registry.errors import PersonUnknown
from gwa.registry.rules.problems import Problem
from gwa.registry.sentences import say_problem
from gwa.registry.sources import nina_layout

# The steps of the sheet, in their order.
STEPS: dict[str, Text] = {
    "place": _("Lieu et source"),
    "members": _("Composition"),
    "household": _("Ménage"),
    "person": _("Personnes"),
    "closing": _("Consentement et pièces"),
    "check": _("Vérifier"),
}
# The field of the form that mends what the checks call otherwise.
_FIELDS = {
    "birth_date": "birth",
    "started_on": "birth",
    "identifier_nina": "nina",
    "last_interview_on": "interviewed_on",
    "zone_code": "place",
}
_OF_PLACE = frozenset({"address", "lat", "lon", "interviewed_on", "place"})


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend or to look at: where, and in words."""

    step: str
    key: str
    form: forms.Form | None
    field: str
    label: str
    who: str
    sentence: str
    code: str
    is_warning: bool = False

    @property
    def step_label(self) -> Text:
        """The name of the step, for what has no field of its own."""
        return STEPS[self.step]

    @property
    def anchor(self) -> str:
        """The id of the field on its page."""
        if self.form is None or self.field not in self.form.fields:
            return "content"
        return self.form[self.field].id_for_label or self.form[self.field].auto_id


def find_findings(sheet: Sheet, told: Told, *, searches: bool = False) -> list[Finding]:
    """Say everything: first what must be mended, then what should be looked at.

    The searches before saving are for the last step alone: the others would wait for nothing.
    """
    unread = list(_unread(sheet))
    seen = {(one.step, one.key, one.field) for one in unread}
    problems = [
        *check_household(
            told.household,
            told.members,
            dictionary=sheet.dictionary,
            today=today(),
            collected_on=sheet.place.day,
            identifiers=told.identifiers,
            nina_layout=nina_layout(),
        ),
        *check_consent(told.household.answers, sheet.dictionary),
        *(search_before_saving(told.household, told.members) if searches else []),
    ]
    found = [_place_problem(sheet, problem) for problem in problems]
    told_apart = [one for one in found if (one.step, one.key, one.field) not in seen]
    order = list(STEPS)
    lines = {key: place for place, key in enumerate(sheet.keys)}
    return sorted(
        [*unread, *told_apart],
        key=lambda one: (one.is_warning, order.index(one.step), lines.get(one.key, -1)),
    )


def _unread(sheet: Sheet) -> Iterator[Finding]:
    """What could not be read at all."""
    yield from _errors_of(sheet.place, "place")
    for line in sheet.members:
        yield from _errors_of(line, "members", line.key, line.name)
        yield from _counting(line)
    yield from _errors_of(sheet.household, "household")
    for line in sheet.asked_members:
        yield from _errors_of(sheet.person(line), "person", line.key, line.name)
    yield from _errors_of(sheet.closing, "closing")


def _errors_of(form: forms.Form, step: str, key: str = "", who: str = "") -> Iterator[Finding]:
    for name, sentences in form.errors.items():
        label = str(form.fields[name].label) if name in form.fields else ""
        for sentence in sentences:
            yield Finding(step, key, form, name, label, who, str(sentence), "collection.unreadable")


def _counting(line: MemberForm) -> Iterator[Finding]:
    """A known person counted elsewhere: somebody says whether that stays so."""
    if line.counted_in and not line.typed("counted"):
        problem = Problem("collection.counting_not_said", "counted")
        yield _finding(line, "members", line, problem, CountingNotSaid().sentence)
    if line.known is None and line.typed("person"):
        problem = Problem("registry.person_unknown", "given_name")
        yield _finding(line, "members", line, problem, PersonUnknown().sentence)


def _place_problem(sheet: Sheet, problem: Problem) -> Finding:
    """Find the field where a problem is mended."""
    name = _FIELDS.get(problem.field, problem.field)
    sentence = say_problem(problem, sheet.dictionary)
    if problem.member is not None:
        line = sheet.members[problem.member]
        if name in line.fields:
            return _finding(line, "members", line, problem, sentence)
        return _finding(sheet.person(line), "person", line, problem, sentence)
    if name in sheet.closing.fields:
        return _finding(sheet.closing, "closing", None, problem, sentence)
    if name in _OF_PLACE:
        return _finding(sheet.place, "place", None, problem, sentence)
    if name in sheet.household.fields:
        return _finding(sheet.household, "household", None, problem, sentence)
    first = sheet.lines[0] if sheet.lines else None
    return _finding(first, "members", None, problem, sentence)


def _finding(
    form: forms.Form | None, step: str, line: MemberForm | None, problem: Problem, sentence: str
) -> Finding:
    name = _FIELDS.get(problem.field, problem.field)
    label = str(form.fields[name].label) if form is not None and name in form.fields else ""
    return Finding(
        step=step,
        key=line.key if line else "",
        form=form,
        field=name,
        label=label,
        who=line.name if line else "",
        sentence=sentence,
        code=problem.code,
        is_warning=problem.is_warning,
    )
