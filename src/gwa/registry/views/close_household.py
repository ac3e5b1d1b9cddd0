"""Screens that close a household, open it again, and undo its last change."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from gwa.common.access import needs
from gwa.registry import actions
from gwa.registry.forms.base import ReasonForm
from gwa.registry.forms.households import ClosingForm, ReopenForm
from gwa.registry.models import Membership
from gwa.registry.queries.changes import find_last_change
from gwa.registry.queries.story import household_story
from gwa.registry.views.asking import (
    about_household,
    actor_of,
    ask,
    household_or_404,
    member_of,
    reader_of,
)
from gwa.registry.views.telling import tell

CLOSE = "registry.close_household"


@needs(CLOSE)
def mark_moved(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Say that the household left and that nobody knows where."""
    household = household_or_404(request, household_id)
    question = about_household(
        household,
        title=_("Déclarer le ménage parti"),
        lead=_("On ne sait pas où il vit maintenant. Ses membres restent ensemble."),
        done=_("Le ménage est noté comme parti."),
        submit=_("Déclarer parti"),
        help="etats",
        is_grave=True,
    )

    def do(form: ClosingForm) -> None:
        actions.mark_moved(
            household=household,
            on=form.cleaned_data["on"],
            actor=actor_of(request),
            reason=form.cleaned_data["reason"],
        )

    return ask(request, question, ClosingForm(request.POST or None), do)


@needs(CLOSE)
def dissolve(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Close the household: its members no longer belong to it."""
    household = household_or_404(request, household_id)
    question = about_household(
        household,
        title=_("Dissoudre le ménage"),
        lead=_("Tous ses membres en sortent. Le numéro RSU n’est jamais redonné."),
        done=_("Le ménage est dissous."),
        submit=_("Dissoudre"),
        help="etats",
        is_grave=True,
    )

    def do(form: ClosingForm) -> None:
        actions.dissolve_household(
            household=household,
            on=form.cleaned_data["on"],
            actor=actor_of(request),
            reason=form.cleaned_data["reason"],
        )

    return ask(request, question, ClosingForm(request.POST or None), do)


@needs(CLOSE)
def reopen(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Take a closing back."""
    household = household_or_404(request, household_id)
    rows = Membership.objects.filter(household=household).select_related("person")
    former = list(rows.order_by("-is_head", "id"))
    form = ReopenForm(request.POST or None, former=former)
    question = about_household(
        household,
        title=_("Rouvrir le ménage"),
        lead=_("Ceux qui sont décédés ou comptés ailleurs depuis ne reviennent pas."),
        done=_("Le ménage est de nouveau actif."),
        submit=_("Rouvrir"),
        help="etats",
    )

    def do(form: ReopenForm) -> None:
        actions.reopen_household(
            household=household,
            new_head=member_of(former, form.cleaned_data["new_head"]),
            actor=actor_of(request),
            reason=form.cleaned_data["reason"],
        )

    return ask(request, question, form, do)


@needs("registry.undo_change")
def undo(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Show what the last change was, then give back what was before it."""
    household = household_or_404(request, household_id)
    change = find_last_change(household)
    question = about_household(
        household,
        title=_("Annuler la dernière modification"),
        lead=_("L’état d’avant revient ; l’histoire garde la modification et son annulation."),
        done=_("La modification est annulée."),
        submit=_("Annuler cette modification"),
        help="annuler",
        is_grave=True,
    )
    if change is None or change.refusal is not None:
        refusal = change.refusal.sentence if change and change.refusal else ""
        context = {"question": question, "refusal": refusal}
        return render(request, "registry/nothing_to_undo.html", context)
    story = household_story(household, reader_of(request), limit=1)
    form = ReasonForm(request.POST or None)

    def do(form: ReasonForm) -> None:
        actions.undo_last_change(
            household=household,
            actor=actor_of(request),
            reason=form.cleaned_data["reason"],
        )

    return ask(request, question, form, do, more={"story": tell(story)})
