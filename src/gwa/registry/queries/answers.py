"""Answers as people read them: by section of the questionnaire, with labels, choices and units."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.dateparse import parse_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gwa.common.display import Fact
from gwa.registry.models import Household, Person
from gwa.variables.queries import read_dictionary
from gwa.variables.rules.definitions import Level, Storage, VariableDefinition
from gwa.variables.rules.display import format_value


@dataclass(frozen=True, slots=True)
class AnswerSection:
    """One chapter with the answers given in it."""

    name: str
    label: str
    facts: tuple[Fact, ...]
    asked: int
    asked_on: dt.date | None = None


def sections_of(row: Household | Person, *, with_sensitive: bool) -> list[AnswerSection]:
    """Return the sections that ask something of the row, each with the answers known.

    Answers are read with the version of the dictionary they were given with. A sensitive one that
    the reader may not see is named without its value.
    """
    if row.dictionary_version is None:
        return []
    level = Level.HOUSEHOLD if isinstance(row, Household) else Level.PERSON
    language = get_language() or "fr"
    freshness = row.freshness if isinstance(row, Household) else {}
    dictionary = read_dictionary(row.dictionary_version)
    return [
        AnswerSection(
            name=section.name,
            label=section.label(language),
            facts=tuple(_facts(row.answers, variables, language, with_sensitive)),
            asked=len(variables),
            asked_on=parse_date(freshness.get(section.name) or ""),
        )
        for section, variables in dictionary.by_section(level=level, storage=Storage.ANSWERS)
    ]


def _facts(
    answers: Mapping[str, object],
    variables: tuple[VariableDefinition, ...],
    language: str,
    with_sensitive: bool,
) -> list[Fact]:
    facts = []
    for variable in variables:
        value = answers.get(variable.name)
        if value is None:
            continue
        if variable.sensitive and not with_sensitive:
            facts.append(Fact(variable.label(language), _("réservé"), note=_("réponse sensible")))
        else:
            facts.append(Fact(variable.label(language), format_value(value, variable, language)))  # type: ignore[arg-type]
    return facts
