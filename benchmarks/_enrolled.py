"""A telephone of ten thousand households, and the full questionnaire that reads their lists."""

import datetime as dt
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import transaction

from gwa.common.scope import everywhere
from gwa.questionnaires.actions import (
    assign_form,
    propose_form,
    publish_form,
    submit_form,
    validate_form,
)
from gwa.registry.models import Household
from gwa.submissions.actions import enrol_device
from gwa.testing.accounts import make_account
from gwa.testing.small_form import COMMITTEE, PROPOSER
from gwa.zones.models import Level, Zone

_LIST_OF = 10_000


@cache
def enrol_with_lists() -> tuple[int, str, int]:
    """Publish the full questionnaire, which reads lists; enrol a telephone of 10,000 households.

    Return the version, the telephone's token and how many households its zone has.
    """
    path = Path(settings.BASE_DIR) / "questionnaires" / "rsu-menage" / "rsu-menage.xlsx"
    with transaction.atomic(), everywhere():
        version = propose_form(content=path.read_bytes(), file_name=path.name, actor=PROPOSER)
        submit_form(version=version, actor=PROPOSER)
        validate_form(version=version, minutes="PV", actor=COMMITTEE)
        publish_form(version=version, actor=PROPOSER)
        sizes = {
            zone: Household.objects.under_path(zone.path).filter(status="active").count()
            for zone in Zone.objects.current().filter(level__lte=Level.CERCLE)
        }
        zone = min(sizes, key=lambda one: abs(sizes[one] - _LIST_OF))
        user = make_account("enumerator", zone, username="listes")
        day = dt.date(2026, 1, 1)
        assign_form(form=version.form, zone=zone, starts_on=day, actor=PROPOSER)
        token = enrol_device(user=user, name="listes", actor=PROPOSER)[1]
    return version.pk, token, sizes[zone]
