"""Members whom the interview says are no longer there: they left, died, or never belonged."""

import datetime as dt

from gwa.collection.intake.comparing import Known
from gwa.journal.models import Actor
from gwa.questionnaires.xform.instance import EntityBlock
from gwa.registry.actions import mark_deceased, remove_member
from gwa.registry.models import Membership
from gwa.submissions.lines import Lines

_REASON, _LEFT_ON, _DIED_ON = "end_reason", "ended_on", "deceased_on"
_DEPARTURES = frozenset(reason.value for reason in Membership.EndReason)


def depart(lines: Lines, known: Known, *, on: dt.date, actor: Actor) -> int:
    """End the memberships that the interview ends; return how many. A step of an open change.

    A day before the arrival, as a month alone may be, becomes the day of arrival.
    """
    members = {str(member.person_id): member for member in known.members}
    leaving = [
        (members[one.id], one)
        for one in lines.persons
        if one.id in members and one.properties.get(_REASON) in _DEPARTURES
    ]
    for membership, told in leaving:
        _end(membership, told, on, actor)
    return len(leaving)


def _end(membership: Membership, told: EntityBlock, on: dt.date, actor: Actor) -> None:
    reason = told.properties[_REASON]
    if reason == Membership.EndReason.DECEASED:
        day = _day(told.properties.get(_DIED_ON, ""), membership, on)
        mark_deceased(person=membership.person, on=day, actor=actor, reason=reason)
        return
    remove_member(
        membership=membership,
        on=_day(told.properties.get(_LEFT_ON, ""), membership, on),
        actor=actor,
        reason=reason,
        was_mistake=reason == Membership.EndReason.CORRECTED,
    )


def _day(text: str, membership: Membership, on: dt.date) -> dt.date:
    try:
        told = dt.date.fromisoformat(text)
    except ValueError:
        told = on
    return min(max(told, membership.started_on), max(on, membership.started_on))
