"""Verbs on paper forms: print numbered ones, note the one that was keyed, key one again."""

import hashlib
import hmac

from django.conf import settings
from django.db import connection
from django.db.models import Max
from django.utils import timezone

from gwa.accounts.models import User
from gwa.collection import errors
from gwa.collection.models import PaperForm
from gwa.collection.rules.paper_numbers import write_paper_number
from gwa.common.drafts import Fields
from gwa.common.scope import everywhere
from gwa.journal.actions import action, record
from gwa.journal.models import Actor
from gwa.questionnaires.models import FormVersion
from gwa.registry.models import Household

MOST_AT_ONCE = 50
_ONE_IN = 10


@action
def print_paper_forms(
    *, version: FormVersion, copies: int, zone_path: str, actor: Actor
) -> list[PaperForm]:
    """Give so many forms their numbers, one after the other, whoever else prints meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('collection.paper_forms'))")
    with everywhere():
        last = PaperForm.objects.aggregate(last=Max("count"))["last"] or 0
    now = timezone.now()
    made = [
        PaperForm(
            zone_path=zone_path,
            count=count,
            number=write_paper_number(count),
            form_version=version,
            printed_at=now,
            printed_by=actor.label,
        )
        for count in range(last + 1, last + copies + 1)
    ]
    PaperForm.objects.bulk_create(made)
    record(
        "collection.paper_forms_printed",
        subject=version,
        actor=actor,
        data={"first": made[0].number, "last": made[-1].number},
    )
    return made


def note_keyed(*, number: str, household: Household, fields: Fields, by: User) -> PaperForm | None:
    """Note that a numbered form became a household, and draw one in ten. A step of an action."""
    # A form printed for the whole country is keyed in any of its zones.
    with everywhere():
        form: PaperForm | None = (
            PaperForm.objects.select_for_update(of=("self",)).filter(number=number).first()
        )
        if form is None:
            return None
        if form.keyed_at is not None:
            raise errors.PaperFormKeyed(number=number)
        form.keyed_at, form.keyed_by, form.household = timezone.now(), by, household
        form.zone_path = household.zone_path
        form.is_drawn = is_drawn(number)
        if form.is_drawn:
            form.set_first(fields)
        form.save()
    return form


def is_drawn(number: str) -> bool:
    """Draw one form in ten by a key that no clerk has: the same form always, none to guess."""
    digest = hmac.new(settings.SECRET_KEY.encode(), number.encode(), hashlib.sha256).digest()
    return int.from_bytes(digest[:8], "big") % _ONE_IN == 0


@action
def key_again(*, form: PaperForm, fields: Fields, differences: int, by: User, actor: Actor) -> None:
    """Keep what another clerk typed of the same form, and how many answers differ."""
    locked: PaperForm = PaperForm.objects.select_for_update(of=("self",)).get(pk=form.pk)
    if not locked.is_drawn or locked.second_at is not None:
        raise errors.PaperFormNotDrawn
    if locked.keyed_by_id == by.pk:
        raise errors.PaperFormOwn
    locked.second_at, locked.second_by = timezone.now(), by
    locked.differences = differences
    locked.set_second(fields)
    locked.save()
    record(
        "collection.paper_form_keyed_again",
        subject=locked,
        actor=actor,
        zone_path=locked.zone_path,
        data={"number": locked.number, "differences": differences},
    )
