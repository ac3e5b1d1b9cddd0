"""What an interview did to the registry: a household that is new, or fields that changed."""

from uuid import UUID

from django.utils.translation import gettext as _

from gwa.accounts.models import User
from gwa.common.display import Change, StoryEvent
from gwa.registry.models import Household, Membership
from gwa.registry.queries.story import StoryLine, story_of_change
from gwa.submissions.models import Submission


def read_effect(submission: Submission, reader: User) -> list[StoryEvent]:
    """Return what it did, as the household's history tells it; nothing where nothing entered."""
    household, change = submission.household, submission.change_id
    if household is None or change is None:
        return []
    line = story_of_change(household, reader, change)
    if line is not None and line.differences:
        return [_tell_change(line)]
    newcomers = _registered(submission, household, reader, change)
    return [newcomers] if newcomers is not None else []


def _tell_change(line: StoryLine) -> StoryEvent:
    return StoryEvent(
        at=line.at,
        title=" · ".join(line.actions),
        actor=line.actor,
        source=line.source,
        changes=[
            Change(f"{one.subject} · {one.field}", one.before, one.after)
            for one in line.differences
        ],
    )


def _registered(
    submission: Submission, household: Household, reader: User, change: UUID
) -> StoryEvent | None:
    """Tell a household that entered whole: rows that are added leave no version of themselves."""
    members = Membership.objects.visible_to(reader).filter(
        household=household, source=submission.source_id
    )
    people = list(members.select_related("person").order_by("-is_head", "started_on", "pk"))
    at = submission.processed_at or submission.received_at
    if not people:
        return StoryEvent(at=at, title=_("Rien n’a changé : le registre disait déjà tout cela"))
    return StoryEvent(
        at=at,
        title=_("Ménage enregistré"),
        changes=[
            Change(str(one.get_relationship_display()), "", str(one.person)) for one in people
        ],
    )
