"""Verbs that say who asks which form where."""

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone

from gwa.accounts.models import User
from gwa.journal.actions import action, record
from gwa.journal.models import Actor
from gwa.questionnaires import errors
from gwa.questionnaires.models import Form, FormAssignment
from gwa.zones.models import Zone


@action
def assign_form(
    *,
    form: Form,
    zone: Zone,
    starts_on: dt.date,
    actor: Actor,
    user: User | None = None,
    modules: Sequence[str] = (),
    ends_on: dt.date | None = None,
    reason: str = "",
) -> FormAssignment:
    """Let a form be asked in a zone, by one account or by all that work there."""
    if ends_on is not None and ends_on < starts_on:
        raise errors.DatesReversed
    made = FormAssignment.objects.create(
        form=form,
        zone=zone,
        user=user,
        modules=sorted(set(modules)),
        starts_on=starts_on,
        ends_on=ends_on,
        made_at=timezone.now(),
        made_by=actor.label,
    )
    record(
        "questionnaires.form_assigned",
        subject=made,
        actor=actor,
        reason=reason,
        zone_path=zone.path,
        data={"form": form.code, "modules": made.modules},
    )
    return made


@action
def end_assignment(
    *, assignment: FormAssignment, on: dt.date, actor: Actor, reason: str = ""
) -> FormAssignment:
    """Say the last day on which a form is asked there."""
    locked: FormAssignment = (
        FormAssignment.objects.select_for_update(of=("self",))
        .select_related("zone")
        .get(pk=assignment.pk)
    )
    if on < locked.starts_on:
        raise errors.DatesReversed
    locked.ends_on = on
    locked.save(update_fields=["ends_on"])
    record(
        "questionnaires.assignment_ended",
        subject=locked,
        actor=actor,
        reason=reason,
        zone_path=locked.zone.path,
    )
    return locked
