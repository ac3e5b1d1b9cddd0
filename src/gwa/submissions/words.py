"""What the screens say of an interview: what was found in it, in the reader's language."""

from dataclasses import dataclass
from typing import Any

from gwa.questionnaires.models import FormVersion
from gwa.registry.rules.problems import Problem
from gwa.registry.sentences import say_problem
from gwa.submissions.actions.settling import name_of_conflict
from gwa.submissions.models import Submission
from gwa.variables.queries import current_version, read_dictionary
from gwa.variables.rules.definitions import Dictionary, Labels, pick

CONFLICT = "submissions.conflict"
_ANSWER = "answers."


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found: where, the sentence, and whether it only remarks."""

    field: str
    member: str
    sentence: str
    is_warning: bool


@dataclass(frozen=True, slots=True)
class Side:
    """A conflict, field by field: what the interview says, what the registry says, what it was."""

    name: str
    field: str
    member: str
    told: str
    now: str
    then: str


def say_findings(submission: Submission, language: str) -> list[Finding]:
    """Say what was found, conflicts apart."""
    dictionary = _dictionary(submission.form_version)
    return [
        Finding(
            field=_label(problem["field"], dictionary, language),
            member=_member(problem),
            sentence=say_problem(Problem(**problem), dictionary),
            is_warning=problem["is_warning"],
        )
        for problem in submission.problems
        if problem["code"] != CONFLICT
    ]


def say_conflicts(submission: Submission, language: str) -> list[Side]:
    """Put both sides of each conflict beside each other."""
    dictionary = _dictionary(submission.form_version)
    return [
        Side(
            name=name_of_conflict(problem),
            field=_label(problem["field"], dictionary, language),
            member=_member(problem),
            **{
                side: _value(problem["field"], problem["facts"][side], dictionary, language)
                for side in ("told", "now", "then")
            },
        )
        for problem in submission.problems
        if problem["code"] == CONFLICT
    ]


def _dictionary(version: FormVersion) -> Dictionary:
    return read_dictionary(version.dictionary_version or current_version())


def _label(field: str, dictionary: Dictionary, language: str) -> str:
    variable = dictionary.by_name.get(field.removeprefix(_ANSWER))
    return variable.label(language) if variable else field


def _member(problem: dict[str, Any]) -> str:
    """Members are told by their place in the list, the first is 1."""
    return "" if problem["member"] is None else str(int(problem["member"]) + 1)


def _value(field: str, value: object, dictionary: Dictionary, language: str) -> str:
    variable = dictionary.by_name.get(field.removeprefix(_ANSWER))
    codes: dict[str, Labels] = {c.code: c.labels for c in variable.choices} if variable else {}
    if isinstance(value, list):
        return ", ".join(_value(field, one, dictionary, language) for one in value)
    if isinstance(value, dict):
        return " – ".join(str(one) for one in value.values() if one not in (None, ""))
    if isinstance(value, str) and value in codes:
        return pick(codes[value], language)
    return "–" if value in (None, "") else str(value)
