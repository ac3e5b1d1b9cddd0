"""What is looked at before an interview enters: the form's own words again, and what looks odd."""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import cache
from typing import TypeAlias

import yaml
from django.conf import settings
from django.utils import timezone

from gwa.collection.rules.checks import find_oddities
from gwa.questionnaires.xform.checking import Violation, ViolationKind, check_instance
from gwa.questionnaires.xform.definitions import Form, Kind
from gwa.questionnaires.xform.instance import Instance
from gwa.registry.models import Household
from gwa.registry.rules.facts import PersonFacts
from gwa.registry.rules.problems import Problem
from gwa.submissions import rules
from gwa.submissions.entering.reading import Interview
from gwa.submissions.models import Submission
from gwa.submissions.rules import Limits
from gwa.zones.models import Zone

SIZE = "household_size"
_CODES = {
    ViolationKind.NOT_RELEVANT: "submissions.form_answer_unasked",
    ViolationKind.REQUIRED: "submissions.form_answer_missing",
    ViolationKind.CONSTRAINT: "submissions.form_rule_broken",
    ViolationKind.TYPE: "submissions.form_answer_unknown",
    ViolationKind.NOT_A_CHOICE: "submissions.form_answer_unknown",
    ViolationKind.GIVEN_TWICE: "submissions.form_answer_unasked",
    ViolationKind.CALCULATION: "submissions.form_calculation_differs",
}


@cache
def read_limits() -> Limits:
    """Read `parameters/interview_checks.yaml`, once a process."""
    text = (settings.BASE_DIR / "parameters" / "interview_checks.yaml").read_text("utf-8")
    newest = max(yaml.safe_load(text), key=lambda rule: rule["valid_from"])
    return Limits(**{name: newest[name] for name in Limits.__dataclass_fields__})


def check_interview(
    submission: Submission, interview: Interview, instance: Instance
) -> list[Problem]:
    """Say what the form itself refuses, and what looks odd; the odd keeps nobody out."""
    entry = interview.detail.entry
    members = [member.facts for member in entry.members]
    numbers = [member.identifiers for member in entry.members]
    return [
        *_form_rules(submission, instance),
        *_times(submission, len(members)),
        *_place(interview),
        *_size(interview, instance),
        *_number(interview),
        *_alike(interview, instance),
        *find_oddities(members, numbers, interview.context.nina_layout),
    ]


NumberCheck: TypeAlias = Callable[[str, Household | None], Iterator[Problem]]
NUMBER_CHECKS: list[NumberCheck] = []
"""What modules above say of a registry number that an interview brings, and of its household."""


def _number(interview: Interview) -> Iterator[Problem]:
    number = interview.detail.entry.household.registry_number
    if number:
        known = Household.objects.filter(pk=interview.lines.household_id).first()
        for check in NUMBER_CHECKS:
            yield from check(number, known)


def _form_rules(submission: Submission, instance: Instance) -> Iterator[Problem]:
    """Check the form's own words again: a telephone may be old, or not be a telephone.

    Lists that each account has for itself (places, households) are checked by the registry.
    """
    day = submission.interviewed_on or timezone.localdate(submission.received_at)
    for found in check_instance(instance.form, instance, today=day, lists={}):
        code = _CODES.get(found.kind)
        if code is not None:
            facts = {
                "message": _said(found, instance.form),
                "value": found.what,
                "where": found.where,
            }
            yield Problem(code, found.path[-1], None, facts, is_warning=not found.refuses)


def _said(found: Violation, form: Form) -> str:
    """The form's own message, in French where it has one; else the question's words."""
    message = found.messages.get("fr") or next(iter(found.messages.values()), "")
    question = form.by_path.get(found.path)
    return message or (question.labels.get("fr", "") if question else "") or found.where


def _times(submission: Submission, members: int) -> Iterator[Problem]:
    limits = read_limits()
    started, ended = submission.started_at, submission.ended_at
    if ended is not None and rules.is_clock_ahead(ended, submission.received_at, limits):
        yield Problem(
            "submissions.clock_ahead", "ended", None, {"at": _shown(ended)}, is_warning=True
        )
    # A correction began with the interview that it corrects: its length says nothing.
    if started is None or ended is None or submission.revision > 1:
        return
    minutes = (ended - started).total_seconds() / 60
    facts = {"minutes": round(minutes), "members": members}
    if rules.is_too_fast(minutes, members, limits):
        yield Problem("submissions.too_fast", "started", None, facts, is_warning=True)
    elif rules.is_too_long(minutes, limits):
        yield Problem("submissions.too_long", "started", None, facts, is_warning=True)


def _shown(moment: dt.datetime) -> str:
    return f"{timezone.localtime(moment):%d/%m/%Y %H:%M}"


def _place(interview: Interview) -> Iterator[Problem]:
    facts = interview.detail.entry.household
    if facts.position is None or not facts.zone_id:
        return
    zone = Zone.objects.filter(pk=facts.zone_id).values_list("name", "lat", "lon").first()
    name, lat, lon = zone or ("", None, None)
    if lat is None or lon is None:
        return
    km = rules.distance_km((facts.position.lat, facts.position.lon), (lat, lon))
    if km > read_limits().farthest_km:
        told = {"km": round(km), "zone": name}
        yield Problem("submissions.far_from_village", "lat", None, told, is_warning=True)


def _size(interview: Interview, instance: Instance) -> Iterator[Problem]:
    """The size that the form counted, beside the members that came."""
    named = (one for one in instance.form.questions if one.name == SIZE and not one.repeat)
    question = next(named, None)
    told = instance.household.answer(*question.path) if question else ""
    count = sum(one.facts.is_principal for one in interview.detail.entry.members)
    if told.isdecimal() and int(told) != count:
        facts = {"told": int(told), "listed": count}
        yield Problem("submissions.size_differs", SIZE, None, facts, is_warning=True)


def _alike(interview: Interview, instance: Instance) -> Iterator[Problem]:
    limits = read_limits()
    answers: dict[tuple[str, ...], list[str]] = {}
    for question in instance.form.questions:
        if question.kind == Kind.SELECT_ONE and not question.repeat:
            codes = tuple(choice.code for choice in instance.form.choices_of(question))
            if given := instance.household.answer(*question.path):
                answers.setdefault(codes, []).append(given)
    for codes in rules.find_straight_lines(answers, limits):
        facts = {"questions": len(answers[codes]), "answer": answers[codes][0]}
        yield Problem("submissions.straight_lined", "", None, facts, is_warning=True)
    people = [one.facts.person for one in interview.detail.entry.members]
    told = [person.answers for person in people if isinstance(person, PersonFacts)]
    if rules.are_members_alike(told, limits):
        yield Problem(
            "submissions.members_alike", "", None, {"members": len(told)}, is_warning=True
        )
