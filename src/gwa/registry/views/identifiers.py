"""Numbers and phones: shown one at a time, set, verified, ended."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from gwa.accounts.access import read_trace
from gwa.common.access import needs
from gwa.registry import actions
from gwa.registry.actions import readings
from gwa.registry.forms.persons import DayForm, IdentifierForm
from gwa.registry.models import Identifier, Person
from gwa.registry.rules.phones import show_phone as written_phone
from gwa.registry.views.asking import about_person, actor_of, ask, person_or_404, reader_of

SET = "registry.set_identifier"
READ = "registry.read_identifier"


def _identifier_or_404(request: HttpRequest, identifier_id: UUID) -> Identifier:
    rows = Identifier.objects.visible_to(reader_of(request)).select_related("person")
    identifier: Identifier = get_object_or_404(rows, pk=identifier_id)
    read_trace(request, identifier.person)
    return identifier


@needs(READ)
@require_POST
def show_identifier(request: HttpRequest, identifier_id: UUID) -> HttpResponse:
    """Show one number in clear; the journal keeps that it was shown, not what it is."""
    identifier = _identifier_or_404(request, identifier_id)
    value = readings.show_identifier(identifier=identifier, actor=actor_of(request))
    return _reveal(request, identifier.person, identifier.get_kind_display(), value)


@needs(READ)
@require_POST
def show_phone(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Show a phone number in clear; the journal keeps that it was shown, not what it is."""
    person = person_or_404(request, person_id)
    number = readings.show_phone(person=person, actor=actor_of(request))
    return _reveal(request, person, str(_("Téléphone")), written_phone(number))


def _reveal(request: HttpRequest, person: Person, label: str, value: str) -> HttpResponse:
    part = "registry/revealed.html" if request.headers.get("HX-Request") else "registry/reveal.html"
    context = {"person": person, "label": label, "value": value}
    answer = render(request, part, context)
    answer["Cache-Control"] = "no-store, private"
    return answer


@needs(SET)
def add_identifier(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Write a number that a person shows."""
    person = person_or_404(request, person_id)
    actor = actor_of(request)
    question = about_person(
        person,
        title=_("Saisir un numéro"),
        lead=_(
            "Si une autre personne porte déjà ce numéro, il est gardé comme réclamé et attend un "
            "arbitrage."
        ),
        done=_("Le numéro est noté."),
        help="identifiants",
    )

    def do(form: IdentifierForm) -> None:
        actions.set_identifier(
            person=person,
            kind=form.cleaned_data["kind"],
            value=form.cleaned_data["value"],
            issuer=form.cleaned_data["issuer"],
            source=form.source(actor),
            actor=actor,
            reason=form.cleaned_data["reason"],
        )

    return ask(request, question, IdentifierForm(request.POST or None), do)


@needs(SET)
def verify(request: HttpRequest, identifier_id: UUID) -> HttpResponse:
    """Say that the number was seen on its card, or confirmed by its issuer."""
    identifier = _identifier_or_404(request, identifier_id)
    question = about_person(
        identifier.person,
        title=_("Vérifier : %(kind)s") % {"kind": identifier.get_kind_display()},
        lead=_("La carte a été vue, ou l’organisme l’a confirmé."),
        done=_("Le numéro est vérifié."),
        submit=_("Noter comme vérifié"),
        help="identifiants",
    )

    def do(form: DayForm) -> None:
        actions.verify_identifier(
            identifier=identifier,
            on=form.cleaned_data["on"],
            actor=actor_of(request),
            reason=form.cleaned_data["reason"],
        )

    return ask(request, question, DayForm(request.POST or None), do)


@needs(SET)
def end(request: HttpRequest, identifier_id: UUID) -> HttpResponse:
    """Say that the number no longer names this person."""
    identifier = _identifier_or_404(request, identifier_id)
    question = about_person(
        identifier.person,
        title=_("Retirer : %(kind)s") % {"kind": identifier.get_kind_display()},
        lead=_("Le numéro ne désigne plus cette personne ; il reste dans l’histoire."),
        done=_("Le numéro est retiré."),
        submit=_("Retirer le numéro"),
        help="identifiants",
        is_grave=True,
    )

    def do(form: DayForm) -> None:
        actions.end_identifier(
            identifier=identifier,
            on=form.cleaned_data["on"],
            actor=actor_of(request),
            reason=form.cleaned_data["reason"],
        )

    return ask(request, question, DayForm(request.POST or None), do)
