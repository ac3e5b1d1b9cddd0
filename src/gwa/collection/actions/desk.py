"""The verb of the desk: register a household with everything that came with it."""

import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.utils.translation import gettext as _

from gwa.accounts.models import User
from gwa.collection.actions.paper_forms import note_keyed
from gwa.common.drafts import Fields
from gwa.journal.actions import action, record
from gwa.journal.models import Actor
from gwa.registry.actions import (
    attach_document,
    open_compound,
    register_household,
    remove_member,
    set_identifier,
)
from gwa.registry.models import Household, Membership, Person, Source
from gwa.registry.rules.facts import HouseholdFacts, IdentifierFacts, MemberFacts
from gwa.zones.models import Zone


@dataclass(frozen=True, slots=True)
class Paper:
    """A photo or a PDF that came with the household."""

    title: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskEntry:
    """A household as it stands on the sheet of the desk.

    `identifiers` are those of each member, in the same order. `leaving` are known persons who leave
    the household where they were counted. `accepted` are the codes of the warnings that somebody
    looked at and let pass.
    """

    household: HouseholdFacts
    members: Sequence[MemberFacts]
    identifiers: Sequence[Sequence[IdentifierFacts]] = ()
    leaving: Collection[UUID] = ()
    new_compound: str = ""
    papers: Sequence[Paper] = field(default_factory=tuple)
    # The number of the paper form, where it is one of ours, and what was typed of it.
    paper_number: str = ""
    typed: Fields = field(default_factory=dict)
    accepted: Sequence[str] = ()


@action
def register_at_desk(
    *, entry: DeskEntry, source: Source, actor: Actor, by: User | None = None, reason: str = ""
) -> Household:
    """Register a household whole: members, numbers, papers; or nothing at all.

    The household's id comes with its facts: sent a second time, it is found as it is.
    """
    already = _already_there(entry.household.id)
    if already is not None:
        record("collection.desk_sent_again", subject=already, actor=actor)
        return already
    facts = _with_compound(entry, actor)
    for person_id in entry.leaving:
        _leave_former(person_id, facts, actor)
    made = register_household(
        household=facts, members=entry.members, source=source, actor=actor, reason=reason
    )
    for member, numbers in zip(entry.members, entry.identifiers, strict=False):
        for number in numbers:
            set_identifier(
                person=_person_of(member),
                kind=number.kind,
                value=number.value,
                issuer=number.issuer,
                source=source,
                actor=actor,
            )
    for paper in entry.papers:
        attach_document(
            household=made, title=paper.title, upload=io.BytesIO(paper.content), actor=actor
        )
    if entry.paper_number and by is not None:
        note_keyed(number=entry.paper_number, household=made, fields=entry.typed, by=by)
    record(
        "collection.registered_at_desk",
        subject=made,
        actor=actor,
        reason=reason,
        data={"papers": len(entry.papers), "accepted": sorted(entry.accepted)},
    )
    return made


def _already_there(household_id: UUID | None) -> Household | None:
    if household_id is None:
        return None
    found: Household | None = Household.objects.filter(pk=household_id).first()
    return found


def _with_compound(entry: DeskEntry, actor: Actor) -> HouseholdFacts:
    """Open the compound that the sheet names, where it is a new one."""
    if not entry.new_compound:
        return entry.household
    compound = open_compound(
        zone=Zone.objects.get(pk=entry.household.zone_id),
        name=entry.new_compound,
        on=entry.household.registered_on,
        position=entry.household.position,
        actor=actor,
    )
    return replace(entry.household, compound_id=compound.pk)


def _leave_former(person_id: UUID, facts: HouseholdFacts, actor: Actor) -> None:
    """End the membership by which a known person is counted elsewhere."""
    current = Membership.objects.current().filter(person=person_id, is_principal=True)
    membership = current.select_related("household").first()
    if membership is not None:
        remove_member(
            membership=membership,
            on=facts.registered_on,
            actor=actor,
            reason=_("Compté désormais dans un autre ménage, enregistré au guichet."),
        )


def _person_of(member: MemberFacts) -> Person:
    """Return the row that was made for a member, or the known one."""
    key = member.person if isinstance(member.person, UUID) else member.person.id
    person: Person = Person.objects.get(pk=str(key))
    return person
