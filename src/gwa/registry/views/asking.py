"""The one way a screen asks before it changes the registry: a form, an action, a sentence."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gwa.accounts.access import read_trace
from gwa.accounts.models import User
from gwa.common.days import today
from gwa.common.display import Text
from gwa.common.drafts import forget_draft
from gwa.common.errors import DomainError
from gwa.journal.models import Actor
from gwa.registry.forms.base import CorrectionForm
from gwa.registry.models import Household, Membership, Person, Source
from gwa.registry.queries.household_page import find_household
from gwa.registry.queries.person_page import find_person
from gwa.registry.words import call_household, say_age

F = TypeVar("F", bound=forms.Form)


@dataclass(frozen=True, slots=True)
class Question:
    """The words of one screen that asks."""

    title: Text
    lead: Text
    back: str
    about: Text
    back_label: Text
    done: Text
    submit: Text = ""
    help: str = "corriger"
    is_grave: bool = False


def ask(
    request: HttpRequest,
    question: Question,
    form: F,
    do: Callable[[F], Text | None],
    more: dict[str, object] | None = None,
) -> HttpResponse:
    """Show the form; once it is filled in rightly, act and go back where one came from.

    A refusal of the registry is shown in the form: nothing was written. `do` may return a sentence
    to say instead of the question's own.
    """
    draft = _draft_of(request)
    if request.method == "POST" and form.is_valid():
        try:
            told = do(form)
        except DomainError as refusal:
            form.add_error(refusal.field or None, refusal.sentence)
        else:
            forget_draft(author_id=reader_of(request).pk, form=draft)
            if told:
                messages.warning(request, str(told))
            else:
                messages.success(request, str(question.done))
            return redirect(question.back)
    # Files do not fit in a draft; what is grave is not left half-typed.
    keeps = not (question.is_grave or form.is_multipart())
    context = {"question": question, "form": form, "draft": draft if keeps else "", **(more or {})}
    return render(request, "registry/ask.html", context)


def ask_correction(
    request: HttpRequest, question: Question, form: CorrectionForm, correct: Callable[..., object]
) -> HttpResponse:
    """Ask which values are wrong, correct them, and warn where a surer source stays in force.

    `correct` is an action of the registry that already knows its row.
    """

    def do(form: CorrectionForm) -> Text | None:
        source = form.source(actor_of(request))
        correct(
            changes=form.changes(),
            source=source,
            actor=actor_of(request),
            reason=form.cleaned_data["reason"],
        )
        return _warn_if_outweighed(source)

    return ask(request, question, form, do)


def _draft_of(request: HttpRequest) -> str:
    """Return the name under which the form's draft is kept: the screen and the row."""
    match = request.resolver_match
    if match is None:
        return ""
    parts = [match.view_name, *(str(value) for value in match.kwargs.values())]
    return ":".join(parts).lower()


def reader_of(request: HttpRequest) -> User:
    """Return the person who reads: the middleware let them in."""
    user = request.user
    if not isinstance(user, User):
        raise Http404
    return user


def actor_of(request: HttpRequest) -> Actor:
    """Return who acts, with the right that opened the door."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def household_or_404(request: HttpRequest, household_id: UUID) -> Household:
    """Return the household where this person may see it, and leave the line of the reading."""
    household = find_household(household_id, reader_of(request))
    if household is None:
        raise Http404
    read_trace(request, household)
    return household


def person_or_404(request: HttpRequest, person_id: UUID) -> Person:
    """Return the person where this person may see them, and leave the line of the reading."""
    person = find_person(person_id, reader_of(request))
    if person is None:
        raise Http404
    read_trace(request, person)
    return person


def members_of(household: Household) -> list[Membership]:
    """Return the present members, the head first."""
    rows = Membership.objects.current().filter(household=household).select_related("person")
    return list(rows.order_by("-is_head", "-is_principal", "person__birth_from", "id"))


def member_of(members: list[Membership], membership_id: str) -> Membership | None:
    """Return the member chosen in a form."""
    return next((one for one in members if str(one.pk) == membership_id), None)


def _warn_if_outweighed(source: Source) -> Text | None:
    """Say so when a better source stays in force beside what was just told."""
    if source.statements.filter(is_in_force=False).exists():
        return _(
            "C’est noté, mais une source plus sûre reste en vigueur : votre valeur est gardée à "
            "côté, sous « Ce que d’autres sources disent »."
        )
    return None


def household_url(household: Household | UUID) -> str:
    """Return the address of a household's page."""
    pk = household.pk if isinstance(household, Household) else household
    return reverse("registry:household", args=[pk])


def person_url(person: Person | UUID) -> str:
    """Return the address of a person's page."""
    pk = person.pk if isinstance(person, Person) else person
    return reverse("registry:person", args=[pk])


def about_household(household: Household, **words: Text | bool) -> Question:
    """Return a question that comes from a household's page and goes back to it."""
    head = (
        Membership.objects.current()
        .filter(household=household, is_head=True)
        .select_related("person")
        .first()
    )
    name = call_household(head.person if head else None, household.registry_number)
    return Question(
        back=household_url(household),
        about=f"{name} · {household.shown_number}" if head else name,
        back_label=_("Ménage"),
        **words,  # type: ignore[arg-type]
    )


def about_person(person: Person, **words: Text | bool) -> Question:
    """Return a question that comes from a person's page and goes back to it."""
    return Question(
        back=person_url(person),
        about=f"{person} · {say_age(person, today())}",
        back_label=_("Personne"),
        **words,  # type: ignore[arg-type]
    )
