"""How a form would have been answered: what the registry knows, back in the form's own questions.

For interviews that update a household. Only what lasts: what was eaten last week is asked again,
and so is who answers and what is agreed to.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from gwa.questionnaires.rules.deriving import LEVELS
from gwa.questionnaires.xform.definitions import FILES, Form, Kind, Question
from gwa.submissions.lists import as_told, may_be_held
from gwa.variables.rules.definitions import (
    Dictionary,
    Level,
    Storage,
    ValueType,
    VariableDefinition,
)

# What the dictionary holds fresh for less than a year tells of a moment.
_LASTING_MONTHS = 12
_OF_THE_INTERVIEW = "identification"
_WHO_ANSWERS = "_respondent"
_ADDRESS = "address"
_NEVER_ASKED = FILES | {Kind.HIDDEN, Kind.NOTE}
_NONE = "none"


@dataclass(frozen=True, slots=True)
class Asking:
    """The questions about households, or about persons, by the variables they become.

    `counts`: a thing is first chosen among others (`which`), then counted.
    """

    plain: Mapping[str, Question] = field(default_factory=dict)
    months: Mapping[str, Question] = field(default_factory=dict)
    counts: Mapping[str, Question] = field(default_factory=dict)
    which: Mapping[str, str] = field(default_factory=dict)


def asking_of(form: Form, dictionary: Dictionary, level: Level) -> Asking:
    """Find where a form asks the lasting variables of a level (questionnaires/README.md)."""
    repeats = {one.repeat for one in form.entities if LEVELS.get(one.dataset) == level}
    visible = {one.name: one for one in form.questions if _is_asked(one) and one.repeat in repeats}
    saved = {one.save_to: one for one in form.questions if one.save_to and one.repeat in repeats}
    plain, months, counts, which = {}, {}, {}, {}
    for name, variable in dictionary.at_level(level).items():
        saving = saved.get(name)
        if saving is None or not _lasts(variable, dictionary):
            continue
        if _is_asked(saving):
            plain[name] = saving
        elif (asked := visible.get(f"{name}_date")) and variable.type == ValueType.YEAR_MONTH:
            months[name] = asked
        elif (asked := visible.get(f"{name}_count")) and (chosen := _chosen_in(asked, name)):
            counts[name], which[name] = asked, chosen
    return Asking(plain, months, counts, which)


def answers_in(asking: Asking, known: Mapping[str, object], form: Form) -> dict[str, str]:
    """Return the answers, by the path of the question in an interview."""
    told = dict(_plain_answers(asking, known, form))
    for name, asked in asking.months.items():
        if known.get(name):
            told[path_of(asked, form)] = f"{known[name]}-01"
    return told | _counted(asking, known, form)


def path_of(question: Question, form: Form) -> str:
    """Write the place of a question as an interview does: `/data/housing/rooms`."""
    return "/".join(("", form.root, *question.path))


def _is_asked(question: Question) -> bool:
    return (
        question.kind not in _NEVER_ASKED and not question.calculation and not question.is_readonly
    )


def _lasts(variable: VariableDefinition, dictionary: Dictionary) -> bool:
    section = dictionary.sections_by_name[variable.section]
    is_answer = variable.storage == Storage.ANSWERS or variable.name == _ADDRESS
    return (
        is_answer
        and may_be_held(variable, variable.name)
        and section.name != _OF_THE_INTERVIEW
        and (section.refresh_months or _LASTING_MONTHS) >= _LASTING_MONTHS
        and not variable.name.endswith(_WHO_ANSWERS)
    )


def _chosen_in(asked: Question, name: str) -> str:
    """Return the question whose answer calls for this one: `selected(/data/goods, 'beds')`."""
    found = re.search(rf"selected\(\s*(\S+?)\s*,\s*'{name}'\s*\)", asked.relevant)
    return found.group(1) if found else ""


def _plain_answers(
    asking: Asking, known: Mapping[str, object], form: Form
) -> Iterator[tuple[str, str]]:
    for name, asked in asking.plain.items():
        value = known.get(name)
        if value is None or value == "":
            continue
        text = str(as_told(value))
        codes = {choice.code for choice in form.choices_of(asked)}
        # A choice that the form offers no more is asked again.
        if not codes or codes.issuperset(text.split()):
            yield path_of(asked, form), text


def _counted(asking: Asking, known: Mapping[str, object], form: Form) -> dict[str, str]:
    """Things that are there, with their number; `none` where all are known to be none."""
    told: dict[str, str] = {}
    chosen: dict[str, list[str]] = {}
    for name, asked in asking.counts.items():
        count = known.get(name)
        if count is None:
            continue
        there = chosen.setdefault(asking.which[name], [])
        if count:
            there.append(name)
            told[path_of(asked, form)] = str(as_told(count))
    return told | {path: " ".join(names) or _NONE for path, names in chosen.items()}
