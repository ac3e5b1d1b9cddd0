"""The whole sheet as it stands in the draft: its parts, the facts they state, what is wrong."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID, uuid5

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gwa.accounts.models import User
from gwa.collection.forms.desk.base import QuestionsPart, today
from gwa.collection.forms.desk.closing import CONSENT, ClosingForm
from gwa.collection.forms.desk.members import FIRST, MemberForm
from gwa.collection.forms.desk.place import PlaceForm
from gwa.common.drafts import Fields
from gwa.questionnaires.asked import asked_when
from gwa.questionnaires.rules.asked import asked_at, is_asked_after, keep_asked
from gwa.registry.models import Membership, Person
from gwa.registry.rules.births import is_possible_birth
from gwa.registry.rules.entries import age_range
from gwa.registry.rules.facts import HouseholdFacts, IdentifierFacts, MemberFacts
from gwa.variables.models import DictionaryVersion
from gwa.variables.queries import read_dictionary
from gwa.variables.rules.definitions import (
    Answers,
    Dictionary,
    Level,
    SectionDefinition,
    Storage,
    VariableDefinition,
)

HOUSEHOLD, PERSON, MEMBER = "h", "p", "m"
Sections = list[tuple[SectionDefinition, tuple[VariableDefinition, ...]]]


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is drawn: its field, what it depends on, whether that is met."""

    field: object
    asked_when: Mapping[str, object]
    is_asked: bool
    note: str


@dataclass(frozen=True, slots=True)
class SectionPart:
    """A chapter of the questionnaire with its questions."""

    name: str
    label: str
    note: str
    is_core: bool
    questions: tuple[Question, ...]
    answered: int


@dataclass(frozen=True, slots=True)
class Told:
    """What the sheet states, ready for the registry."""

    household: HouseholdFacts
    members: tuple[MemberFacts, ...]
    identifiers: tuple[tuple[IdentifierFacts, ...], ...]
    leaving: frozenset[UUID] = field(default_factory=frozenset)


class Sheet:
    """Everything typed so far for one household."""

    def __init__(
        self,
        told: Fields,
        *,
        registration_id: UUID,
        reader: User,
        version: DictionaryVersion,
        checks: bool = False,
    ) -> None:
        self.told, self.registration_id, self.reader = told, registration_id, reader
        self.version, self.checks = version, checks
        self.dictionary: Dictionary = read_dictionary(version)
        self.language = get_language() or "fr"
        self._persons: dict[str, QuestionsPart] = {}
        self.place = PlaceForm(told=told, reader=reader, checks=checks)

    @cached_property
    def keys(self) -> list[str]:
        """The keys of the roster's lines, in the order of the lines."""
        return keys_of(self.told) or [FIRST]

    @cached_property
    def _known(self) -> dict[str, Person]:
        ids = [self.told.get(f"m{key}-person", [""])[0] for key in self.keys]
        rows = Person.objects.visible_to(self.reader).filter(pk__in=[one for one in ids if one])
        return {str(person.pk): person for person in rows}

    @cached_property
    def lines(self) -> list[MemberForm]:
        """Every line of the roster, empty ones too."""
        lines = []
        for key in self.keys:
            known = self._known.get("".join(self.told.get(f"m{key}-person", [])))
            line = MemberForm(
                told=self.told, key=key, checks=self.checks, day=self.place.day, known=known
            )
            line.counted_in = self._counted.get(known.pk) if known else None
            self._offer_counting(line)
            lines.append(line)
        return lines

    def blank_line(self) -> MemberForm:
        """An empty line, from which the browser makes new ones."""
        line = MemberForm(told={}, key="__key__", checks=False, day=today(), known=None)
        self._offer_counting(line)
        return line

    @cached_property
    def _counted(self) -> dict[UUID, str]:
        """The registry number of the household where each known person is counted."""
        rows = Membership.objects.current().filter(
            person__in=self._known.values(), is_principal=True
        )
        return dict(rows.values_list("person_id", "household__registry_number"))

    def _offer_counting(self, line: MemberForm) -> None:
        if line.counted_in is None:
            del line.fields["counted"]
            return
        choices = [
            ("", _("à choisir")),
            ("elsewhere", _("reste comptée dans l’autre ménage ; second foyer ici")),
        ]
        if self.reader.has_right("registry.change_members"):
            choices.append(("here", _("quitte l’autre ménage et est comptée ici")))
        line.fields["counted"].choices = choices  # type: ignore[attr-defined]

    @property
    def members(self) -> list[MemberForm]:
        """The lines that name somebody."""
        return [line for line in self.lines if not line.is_empty]

    @property
    def asked_members(self) -> list[MemberForm]:
        """The members who are asked questions: known ones keep their answers on their own page."""
        return [line for line in self.members if line.known is None]

    def _sections(self, level: Level) -> Sections:
        return list(self.dictionary.by_section(level=level, storage=Storage.ANSWERS))

    @cached_property
    def _closing_section(self) -> str:
        consent = self.dictionary.by_name.get(CONSENT)
        return consent.section if consent else ""

    @cached_property
    def household_sections(self) -> Sections:
        """The household's chapters, without the one that closes the interview."""
        sections = self._sections(Level.HOUSEHOLD)
        return [one for one in sections if one[0].name != self._closing_section]

    @cached_property
    def household(self) -> QuestionsPart:
        """Step 3: the household's questions."""
        return self._questions(
            HOUSEHOLD, tuple(v for _s, variables in self.household_sections for v in variables)
        )

    @cached_property
    def closing(self) -> ClosingForm:
        """Step 5: consent."""
        sections = self._sections(Level.HOUSEHOLD)
        variables = [v for section, found in sections for v in found]
        return ClosingForm(
            told=self.told,
            checks=self.checks,
            variables=tuple(v for v in variables if v.section == self._closing_section),
            language=self.language,
        )

    def person(self, line: MemberForm) -> QuestionsPart:
        """Step 4: the questions of one member, those of this age."""
        if line.key not in self._persons:
            variables = [v for _s, found in self._sections(Level.PERSON) for v in found]
            asked = asked_at(variables, ages_of(line, self.place.day))
            self._persons[line.key] = self._questions(f"{PERSON}{line.key}", asked)
        return self._persons[line.key]

    def _questions(self, prefix: str, variables: tuple[VariableDefinition, ...]) -> QuestionsPart:
        return QuestionsPart(
            told=self.told,
            prefix=prefix,
            checks=self.checks,
            variables=variables,
            language=self.language,
        )

    def parts(
        self, form: QuestionsPart, level: Level, about: Answers | None = None
    ) -> list[SectionPart]:
        """Return the chapters of a form as they are drawn; `about` is known beside the answers."""
        said = {**form.said(), **(about or {})}
        parts = []
        for section, variables in self._sections(level):
            asked = [
                variable
                for variable in variables
                if variable.name in form.fields and not _is_ruled_out(variable, about or {})
            ]
            questions = tuple(self._draw(form, one, said, about or {}) for one in asked)
            if questions:
                parts.append(self._draw_section(section, questions, form))
        return parts

    def _draw_section(
        self, section: SectionDefinition, questions: tuple[Question, ...], form: QuestionsPart
    ) -> SectionPart:
        names = [question.field.name for question in questions]  # type: ignore[attr-defined]
        answered = sum(any(self.told.get(form.add_prefix(name), [])) for name in names)
        return SectionPart(
            name=section.name,
            label=section.label(self.language),
            note=section.note.get(self.language, ""),
            is_core=section.is_core,
            questions=questions,
            answered=answered,
        )

    def _draw(
        self, form: QuestionsPart, variable: VariableDefinition, said: Answers, about: Answers
    ) -> Question:
        wanted = {k: list(v) for k, v in asked_when().get(variable.name, {}).items()}
        return Question(
            field=form[variable.name],
            asked_when={} if wanted.keys() & about.keys() else wanted,
            is_asked=is_asked_after(variable.name, said, asked_when()),
            note=variable.note.get(self.language, "") or variable.relevance.get(self.language, ""),
        )

    def tell(self) -> Told:
        """Return what the sheet states. Call it on a sheet that checks."""
        place_form = self.place
        place_form.full_clean()
        self.household.full_clean()
        self.closing.full_clean()
        answers = keep_asked(self.household.answers(), {}, asked_when())
        answers |= self.closing.answers()
        interviewed_on = place_form.read("interviewed_on")
        facts = HouseholdFacts(
            id=self.registration_id,
            zone_id=place_form.zone.id if place_form.zone else 0,
            registered_on=today(),
            address=place_form.typed("address"),
            compound_id=place_form.compound_id,
            position=place_form.position(),
            answers=answers,
            dictionary_version_id=self.version.pk if answers else None,
            last_interview_on=interviewed_on,
            freshness=self._freshness(answers),
        )
        return Told(
            household=facts,
            members=tuple(self._tell_members()),
            identifiers=tuple(line.identifiers() for line in self.members),
            leaving=frozenset(
                line.known.pk for line in self.members if line.known and line.leaves_former()
            ),
        )

    def _tell_members(self) -> Iterator[MemberFacts]:
        for line in self.members:
            answers = {}
            if line.known is None:
                form = self.person(line)
                form.full_clean()
                answers = keep_asked(form.answers(), line.told_facts(), asked_when())
            line.full_clean()
            yield line.facts(
                person_id=uuid5(self.registration_id, line.key),
                answers=answers,
                version_id=self.version.pk,
            )

    def _freshness(self, answers: Answers) -> dict[str, str]:
        """Return the day of the interview for every section that was asked."""
        asked = {self.dictionary.by_name[name].section for name in answers}
        for line in self.asked_members:
            form = self.person(line)
            form.full_clean()
            asked |= {self.dictionary.by_name[name].section for name in form.answers()}
        day = self.place.read("interviewed_on")
        return {name: day.isoformat() for name in sorted(asked)} if day else {}


def keys_of(told: Fields) -> list[str]:
    """Return the keys of the roster's lines in a draft, in their order."""
    keys = [
        prefix[1:]
        for name in told
        for prefix, _sep, _field in [name.partition("-")]
        if prefix.startswith(MEMBER) and prefix[1:].isdigit()
    ]
    return list(dict.fromkeys(keys))


def ages_of(line: MemberForm, on: dt.date) -> tuple[int, int] | None:
    """Return the ages of a member on a day; None when the birth is unknown or impossible."""
    birth = line.known_birth()
    return age_range(birth, on) if birth and is_possible_birth(birth, today()) else None


def _is_ruled_out(variable: VariableDefinition, about: Answers) -> bool:
    """Tell whether what is known of a member already says that nobody asks this."""
    wanted = asked_when().get(variable.name, {})
    return bool(wanted.keys() & about.keys()) and not is_asked_after(
        variable.name, about, asked_when()
    )
