"""Screens that change who belongs to a household."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from gwa.accounts.access import read_trace
from gwa.common.access import needs
from gwa.registry import actions, errors
from gwa.registry.forms.base import ReasonForm
from gwa.registry.forms.households import HeadForm, SplitForm
from gwa.registry.forms.persons import JoinForm, LeavingForm, LinkForm, NewMemberForm
from gwa.registry.models import Household, Membership
from gwa.registry.rules.facts import HouseholdFacts
from gwa.registry.views.asking import (
    about_household,
    about_person,
    actor_of,
    ask,
    household_or_404,
    member_of,
    members_of,
    person_or_404,
    reader_of,
)
from gwa.registry.words import with_name

RIGHT = "registry.change_members"


@needs(RIGHT)
def add_member(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Add somebody new: a birth, an arrival."""
    household = household_or_404(request, household_id)
    actor = actor_of(request)
    form = NewMemberForm(request.POST or None)
    question = about_household(
        household,
        title=_("Ajouter un membre"),
        lead=_(
            "Une naissance, un mariage, une arrivée. Si la personne est déjà au registre, ouvrez "
            "sa page et déplacez-la : elle garde son histoire."
        ),
        done=_("Le membre est ajouté."),
        submit=_("Ajouter"),
        help="membres",
    )

    def do(form: NewMemberForm) -> None:
        actions.add_member(
            household=household,
            member=form.member(),
            on=form.cleaned_data["on"],
            source=form.source(actor),
            actor=actor,
            reason=form.cleaned_data["reason"],
        )

    return ask(request, question, form, do)


def _membership_or_404(request: HttpRequest, membership_id: UUID) -> Membership:
    rows = Membership.objects.visible_to(reader_of(request)).select_related("person", "household")
    membership: Membership = get_object_or_404(rows.current(), pk=membership_id)
    read_trace(request, membership.household)
    return membership


def _successors(membership: Membership) -> list[Membership]:
    """Return who may lead when this member leaves; empty where somebody else leads."""
    if not membership.is_head:
        return []
    return [one for one in members_of(membership.household) if one.pk != membership.pk]


@needs(RIGHT)
def remove_member(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """Take a member out of the household."""
    membership = _membership_or_404(request, membership_id)
    others = _successors(membership)
    form = LeavingForm(request.POST or None, others=others)
    question = about_household(
        membership.household,
        title=_("Retirer %(person)s du ménage") % {"person": membership.person},
        lead=_("La personne quitte le ménage sans qu’on sache pour lequel."),
        done=_("Le membre est retiré."),
        submit=_("Retirer"),
        help="membres",
        is_grave=True,
    )

    def do(form: LeavingForm) -> None:
        actions.remove_member(
            membership=membership,
            on=form.cleaned_data["on"],
            was_mistake=form.cleaned_data["was_mistake"],
            new_head=member_of(others, form.cleaned_data.get("new_head", "")),
            actor=actor_of(request),
            reason=form.cleaned_data["reason"],
        )

    return ask(request, question, form, do)


@needs(RIGHT)
def correct_link(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """Correct what a member is to the head, or whether the member is away."""
    membership = _membership_or_404(request, membership_id)
    initial = {"relationship": membership.relationship, "is_absent": membership.is_absent}
    form = LinkForm(request.POST or None, initial=initial)
    if membership.is_head:
        del form.fields["relationship"]
    question = about_household(
        membership.household,
        title=with_name(
            membership.person,
            plain=_("Corriger le lien de %(name)s"),
            elided=_("Corriger le lien d’%(name)s"),
        ),
        lead=_("Le lien avec le chef de ménage, et la présence."),
        done=_("Le lien est corrigé."),
        help="membres",
    )

    def do(form: LinkForm) -> None:
        actions.correct_membership(
            membership=membership,
            relationship=form.cleaned_data.get("relationship"),
            is_absent=form.cleaned_data["is_absent"],
            actor=actor_of(request),
            reason=form.cleaned_data["reason"],
        )

    return ask(request, question, form, do)


@needs(RIGHT)
def count_here(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """Count somebody of several hearths in this household."""
    membership = _membership_or_404(request, membership_id)
    question = about_household(
        membership.household,
        title=_("Compter %(person)s dans ce ménage") % {"person": membership.person},
        lead=_("L’autre ménage reste un second foyer : personne n’est compté deux fois."),
        done=_("La personne est comptée dans ce ménage."),
        help="membres",
    )

    def do(form: ReasonForm) -> None:
        actions.choose_principal(
            membership=membership, actor=actor_of(request), reason=form.cleaned_data["reason"]
        )

    return ask(request, question, ReasonForm(request.POST or None), do)


@needs(RIGHT)
def join_household(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Count a person in another household, or add a second hearth."""
    person = person_or_404(request, person_id)
    actor = actor_of(request)
    counted = (
        Membership.objects.current()
        .select_related("household", "person")
        .filter(person=person, is_principal=True)
        .first()
    )
    others = _successors(counted) if counted else []
    data = request.POST or None
    if data and data.get("is_principal") == "no":
        others = []  # nobody leaves
    form = JoinForm(data, others=others)
    question = about_person(
        person,
        title=_("Déplacer %(person)s") % {"person": person},
        lead=_("Vers un autre ménage, ou un second foyer. Cherchez d’abord le numéro RSU."),
        done=_("C’est fait : la personne est dans le ménage rejoint."),
        submit=_("Déplacer"),
        help="membres",
    )

    def do(form: JoinForm) -> None:
        told = form.cleaned_data
        to = _household_numbered(request, told["number"])
        common = {
            "person": person,
            "relationship": told["relationship"],
            "on": told["on"],
            "source": form.source(actor),
            "actor": actor,
            "reason": told["reason"],
        }
        if told["is_principal"] == "yes" and counted is not None:
            successor = member_of(others, told.get("new_head", ""))
            actions.move_member(to=to, new_head=successor, **common)
        else:
            is_principal = told["is_principal"] == "yes"
            actions.add_known_person(household=to, is_principal=is_principal, **common)

    return ask(request, question, form, do)


def _household_numbered(request: HttpRequest, number: str) -> Household:
    rows = Household.objects.visible_to(reader_of(request))
    found: Household | None = rows.filter(registry_number=number).first()
    if found is None:
        raise errors.HouseholdUnknown
    return found


@needs(RIGHT)
def change_head(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Let another member lead."""
    household = household_or_404(request, household_id)
    members = members_of(household)
    form = HeadForm(request.POST or None, members=members)
    question = about_household(
        household,
        title=_("Changer de chef de ménage"),
        lead=_("Les liens des autres suivent quand ils sont certains ; corrigez les autres après."),
        done=_("Le chef de ménage est changé."),
        help="chef",
    )

    def do(form: HeadForm) -> None:
        chosen = member_of(members, form.cleaned_data["new_head"])
        if chosen is None:
            raise errors.NotAMember
        actions.change_head(
            household=household,
            new_head=chosen,
            relationship_of_former_head=form.cleaned_data["relationship_of_former_head"] or None,
            on=form.cleaned_data["on"],
            actor=actor_of(request),
            reason=form.cleaned_data["reason"],
        )

    return ask(request, question, form, do)


@needs("registry.close_household")
def split(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Let some members found a household of their own."""
    household = household_or_404(request, household_id)
    actor = actor_of(request)
    members = members_of(household)
    form = SplitForm(request.POST or None, own=household.zone, members=members)
    question = about_household(
        household,
        title=_("Diviser le ménage"),
        lead=_("Ceux qui partent fondent un ménage qui reçoit son propre numéro RSU."),
        done=_("Le nouveau ménage est enregistré."),
        submit=_("Diviser"),
        help="scinder",
    )

    def do(form: SplitForm) -> None:
        told = form.cleaned_data
        head = member_of(members, told["new_head"])
        if head is None or form.zone is None:
            raise Http404
        actions.split_household(
            household=household,
            leaving=[one for one in members if str(one.pk) in told["leaving"]],
            new_head=head,
            household_facts=HouseholdFacts(
                zone_id=form.zone.pk, registered_on=told["on"], address=told["address"]
            ),
            on=told["on"],
            source=form.source(actor),
            actor=actor,
            reason=told["reason"],
        )

    return ask(request, question, form, do)
