"""The page of a person, and the screens that change one."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from gwa.common.access import needs
from gwa.common.days import today
from gwa.registry import actions
from gwa.registry.forms.answers import AnswersForm
from gwa.registry.forms.base import ReasonForm
from gwa.registry.forms.persons import DeathForm, PersonForm
from gwa.registry.models import Membership, Person
from gwa.registry.queries.person_page import read_person_page
from gwa.registry.views import telling
from gwa.registry.views.asking import (
    about_person,
    actor_of,
    ask,
    ask_correction,
    member_of,
    members_of,
    person_or_404,
    person_url,
    reader_of,
)
from gwa.registry.views.correct_household import section_or_404, visible_variables
from gwa.registry.views.menus import person_menu
from gwa.registry.words import with_name
from gwa.variables.rules.definitions import Level

CORRECT = "registry.correct_household"


@needs("registry.read_household")
@require_GET
def show(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Show a person: who, where counted, numbers, answers."""
    person = person_or_404(request, person_id)
    if person.status == Person.Status.MERGED and person.merged_into_id is not None:
        return redirect(person_url(person.merged_into_id))
    reader = reader_of(request)
    page = read_person_page(person, reader, today())
    may_correct = reader.has_right(CORRECT)
    context = {
        "page": page,
        "person": person,
        "known": telling.facts_of_person(page),
        "losers": telling.losing_values(page.losers),
        "menu": person_menu(page, reader),
        "may_correct": may_correct,
        "may_correct_answers": may_correct and person.status == Person.Status.ALIVE,
        "may_change_members": reader.has_right("registry.change_members"),
        "may_set_identifier": reader.has_right("registry.set_identifier"),
        "may_read_identifier": reader.has_right("registry.read_identifier"),
    }
    return render(request, "registry/person.html", context)


@needs(CORRECT)
def correct(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Correct names, sex, birth, phone."""
    person = person_or_404(request, person_id)
    form = PersonForm(request.POST or None, initial=PersonForm.initial_of(person))
    question = about_person(
        person,
        title=_("Corriger la personne"),
        lead=_("Les noms gardent l’orthographe donnée. L’ancienne valeur reste dans l’histoire."),
        done=_("La personne est corrigée."),
    )
    do = partial(actions.correct_person, person=person)
    return ask_correction(request, question, form, do)


@needs(CORRECT)
def correct_answers(request: HttpRequest, person_id: UUID, section: str) -> HttpResponse:
    """Correct the person's answers of one section."""
    person = person_or_404(request, person_id)
    chapter, variables = section_or_404(person, section, Level.PERSON)
    variables = visible_variables(request, variables)
    form = AnswersForm(request.POST or None, variables=variables, answers=person.answers)
    question = about_person(
        person,
        title=_("Corriger : %(section)s") % {"section": chapter.label(get_language() or "fr")},
        lead=_("Changez seulement ce qui est faux ; videz ce qui n’est pas connu."),
        done=_("Les réponses sont corrigées."),
    )
    do = partial(actions.correct_person, person=person)
    return ask_correction(request, question, form, do)


@needs("registry.change_members")
def declare_death(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Declare a death; where the person led a household, say who leads it now."""
    person = person_or_404(request, person_id)
    led = (
        Membership.objects.current().select_related("household").filter(person=person, is_head=True)
    )
    others = [
        one for mine in led for one in members_of(mine.household) if one.person_id != person.pk
    ]
    form = DeathForm(request.POST or None, others=others)
    question = about_person(
        person,
        title=with_name(
            person,
            plain=_("Déclarer le décès de %(name)s"),
            elided=_("Déclarer le décès d’%(name)s"),
        ),
        lead=_("La personne sort de ses ménages ce jour-là ; ses numéros cessent de valoir."),
        done=_("Le décès est déclaré."),
        submit=_("Déclarer le décès"),
        help="membres",
        is_grave=True,
    )

    def do(form: DeathForm) -> None:
        chosen = member_of(others, form.cleaned_data.get("new_head", ""))
        actions.mark_deceased(
            person=person,
            on=form.cleaned_data["on"],
            new_heads=[chosen] if chosen else [],
            actor=actor_of(request),
            reason=form.cleaned_data["reason"],
        )

    return ask(request, question, form, do)


@needs("registry.change_members")
def withdraw_death(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Take back a death declared by mistake."""
    person = person_or_404(request, person_id)
    question = about_person(
        person,
        title=_("Retirer la déclaration de décès"),
        lead=_("La personne est en vie : elle retrouve sa place si personne ne l’a prise."),
        done=_("La déclaration de décès est retirée."),
        submit=_("Retirer la déclaration"),
        help="membres",
    )

    def do(form: ReasonForm) -> None:
        actions.withdraw_death(
            person=person, actor=actor_of(request), reason=form.cleaned_data["reason"]
        )

    return ask(request, question, ReasonForm(request.POST or None), do)
