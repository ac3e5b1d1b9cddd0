"""Screens that change a household: its values, its place, its contacts."""

from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gwa.common.access import needs
from gwa.registry import actions
from gwa.registry.forms.answers import AnswersForm
from gwa.registry.forms.base import ReasonForm
from gwa.registry.forms.households import (
    AttachmentForm,
    ContactForm,
    HouseholdForm,
    OriginForm,
    PlaceNowForm,
)
from gwa.registry.models import Household, Membership, Person
from gwa.registry.views.asking import (
    about_household,
    actor_of,
    ask,
    ask_correction,
    household_or_404,
    members_of,
    reader_of,
)
from gwa.variables.queries import current_version, read_dictionary
from gwa.variables.rules.definitions import Level, SectionDefinition, Storage, VariableDefinition
from gwa.zones.models import Zone

CORRECT = "registry.correct_household"
ATTACH = "registry.change_attachment"


@needs(CORRECT)
def correct(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Correct the address, the position, the days of the household."""
    household = household_or_404(request, household_id)
    form = HouseholdForm(request.POST or None, initial=HouseholdForm.initial_of(household))
    question = about_household(
        household,
        title=_("Corriger le ménage"),
        lead=_("L’ancienne valeur reste dans l’histoire."),
        done=_("Le ménage est corrigé."),
    )
    do = partial(actions.correct_household, household=household)
    return ask_correction(request, question, form, do)


@needs(CORRECT)
def correct_answers(request: HttpRequest, household_id: UUID, section: str) -> HttpResponse:
    """Correct the answers of one section of the questionnaire."""
    household = household_or_404(request, household_id)
    chapter, variables = section_or_404(household, section, Level.HOUSEHOLD)
    variables = visible_variables(request, variables)
    form = AnswersForm(request.POST or None, variables=variables, answers=household.answers)
    question = about_household(
        household,
        title=_("Corriger : %(section)s") % {"section": chapter.label(get_language() or "fr")},
        lead=_("Changez seulement ce qui est faux ; videz ce qui n’est pas connu."),
        done=_("Les réponses sont corrigées."),
    )
    do = partial(actions.correct_household, household=household)
    return ask_correction(request, question, form, do)


def section_or_404(
    row: Household | Person, name: str, level: Level
) -> tuple[SectionDefinition, tuple[VariableDefinition, ...]]:
    """Return a section of the row's own dictionary with its questions at that level."""
    version = row.dictionary_version or current_version()
    found = read_dictionary(version).by_section(level=level, storage=Storage.ANSWERS)
    for section, variables in found:
        if section.name == name:
            return section, variables
    raise Http404


def visible_variables(
    request: HttpRequest, variables: tuple[VariableDefinition, ...]
) -> tuple[VariableDefinition, ...]:
    """Leave out the sensitive questions that this person may not read."""
    if reader_of(request).has_right("registry.read_sensitive"):
        return variables
    return tuple(variable for variable in variables if not variable.sensitive)


@needs(ATTACH)
def change_attachment(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Attach the household to another place, or change its address there."""
    household = household_or_404(request, household_id)
    actor = actor_of(request)
    initial = {"address": household.address}
    form = AttachmentForm(request.POST or None, initial=initial, own=household.zone)
    question = about_household(
        household,
        title=_("Changer le rattachement"),
        lead=_(
            "Le village de rattachement décide qui voit le ménage. Ce qui s’est passé avant reste "
            "lisible là où cela s’est passé."
        ),
        done=_("Le rattachement est changé."),
        help="adresse",
    )

    def do(form: AttachmentForm) -> None:
        actions.change_attachment(
            household=household,
            zone=_zone_of(form.zone),
            on=form.cleaned_data["on"],
            address=form.cleaned_data["address"],
            position=form.position(),
            source=form.source(actor),
            actor=actor,
            reason=form.cleaned_data["reason"],
        )

    answer = ask(request, question, form, do)
    is_gone = answer.status_code == 302 and not _is_seen(request, household)
    if is_gone:
        answer["Location"] = "/"
    return answer


def _zone_of(zone: Zone | None) -> Zone:
    """Return the zone that a valid form has found."""
    if zone is None:
        raise Http404
    return zone


def _is_seen(request: HttpRequest, household: Household) -> bool:
    """Tell whether the household is still in this person's zones."""
    return bool(Household.objects.visible_to(reader_of(request)).filter(pk=household.pk).exists())


@needs(ATTACH)
def set_place_now(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Say where the household is when it is not where it is attached."""
    household = household_or_404(request, household_id)
    actor = actor_of(request)
    form = PlaceNowForm(request.POST or None)
    question = about_household(
        household,
        title=_("Dire où est le ménage"),
        lead=_("Site de déplacés, famille d’accueil, pâturage : le rattachement ne change pas."),
        done=_("Le lieu actuel est noté."),
        help="lieux",
    )

    def do(form: PlaceNowForm) -> None:
        actions.set_place_now(
            household=household,
            zone=_zone_of(form.zone),
            kind=form.cleaned_data["kind"],
            since=form.cleaned_data["since"],
            actor=actor,
            reason=form.cleaned_data["reason"],
        )

    return ask(request, question, form, do)


@needs(ATTACH)
def clear_place_now(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Say that the household is back where it is attached."""
    household = household_or_404(request, household_id)
    question = about_household(
        household,
        title=_("Le ménage est rentré"),
        lead=_("Il est de nouveau là où il est rattaché."),
        done=_("Le retour est noté."),
        help="lieux",
    )

    def do(form: ReasonForm) -> None:
        actions.clear_place_now(
            household=household, actor=actor_of(request), reason=form.cleaned_data["reason"]
        )

    return ask(request, question, ReasonForm(request.POST or None), do)


@needs("registry.read_origin")
def set_origin(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Say where a displaced household comes from."""
    household = household_or_404(request, household_id)
    actor = actor_of(request)
    form = OriginForm(request.POST or None)
    question = about_household(
        household,
        title=_("Dire d’où vient le ménage"),
        lead=_("L’origine n’est lue que par ceux qui en ont le droit."),
        done=_("L’origine est notée."),
        help="lieux",
    )

    def do(form: OriginForm) -> None:
        actions.set_origin(
            household=household,
            zone=_zone_of(form.zone),
            arrived_on=form.cleaned_data["arrived_on"],
            actor=actor,
            reason=form.cleaned_data["reason"],
        )

    return ask(request, question, form, do)


@needs(CORRECT)
def set_contacts(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Say who answers for the household and who receives for it."""
    household = household_or_404(request, household_id)
    members = members_of(household)
    initial = {"respondent": household.respondent_id, "recipient": household.recipient_id}
    form = ContactForm(request.POST or None, initial=initial, members=members)
    question = about_household(
        household,
        title=_("Répondant et bénéficiaire"),
        lead=_("Le chef, le répondant et celui qui reçoit peuvent être trois personnes."),
        done=_("C’est noté."),
    )

    def do(form: ContactForm) -> None:
        _set_contacts(household, form, members, request)

    return ask(request, question, form, do)


def _set_contacts(
    household: Household, form: ContactForm, members: list[Membership], request: HttpRequest
) -> None:
    persons = {str(member.person_id): member.person for member in members}
    verbs = {"respondent": actions.set_respondent, "recipient": actions.set_recipient}
    for role, verb in verbs.items():
        if role in form.changed_data:
            verb(
                household=household,
                person=persons.get(form.cleaned_data[role]),
                actor=actor_of(request),
                reason=form.cleaned_data["reason"],
            )
