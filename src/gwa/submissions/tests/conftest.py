"""A published form, a telephone of Moussa's in Socoura, and what it sends."""

import datetime as dt
import io
from dataclasses import dataclass

import pytest
from django.db import transaction

from gwa.accounts.models import User
from gwa.common.scope import everywhere
from gwa.journal.models import Actor
from gwa.questionnaires.actions import assign_form
from gwa.submissions.actions import Part, enrol_device, receive_submission
from gwa.submissions.entering.processing import process
from gwa.submissions.models import Device, Submission
from gwa.testing.accounts import make_account
from gwa.testing.collect import Collect, InProcess
from gwa.testing.places import TestPlaces
from gwa.testing.small_form import Interview, Member
from gwa.wsgi import application

MOUSSA = Actor(label="moussa", right="submissions.send")


@dataclass
class Telephone:
    """Sends interviews as the door lets them in, and runs the job."""

    places: TestPlaces
    user: User
    device: Device
    token: str

    def family(self, **more) -> Interview:
        """An interview of Ali Tall's household in Sévaré."""
        facts = {
            "zone_code": self.places.sevare.code,
            "members": [
                Member("Ali", "Tall", "M", "head", "1971-04-09"),
                Member("Oumou", "Diarra", "F", "spouse", "1979-01-01"),
                Member("Bakary", "Tall", "M", "child", "2012-07-20"),
            ],
            "answers": {"rooms": "3", "gps": "14.53 -4.1 280 6"},
        }
        return Interview(**(facts | more))

    def send(self, interview, *files) -> Submission:
        """Hand an interview in with its files: pairs of a name and bytes."""
        with transaction.atomic(), everywhere():
            receipt = receive_submission(
                xml=interview.write(),
                parts=[Part(name, io.BytesIO(one), len(one)) for name, one in files],
                user=self.user,
                device=self.device,
                actor=MOUSSA,
            )
        return receipt.submission

    def enter(self, interview, *files) -> Submission:
        """Hand an interview in and let the worker take it."""
        submission = self.send(interview, *files)
        process(submission.pk)
        submission.refresh_from_db()
        return submission


@pytest.fixture
def form(small_form):
    """The small form, in service."""
    return small_form


@pytest.fixture
def telephone(whole_country, places, form) -> Telephone:
    """Moussa's telephone; he works in the commune of Socoura."""
    user = make_account("enumerator", places.socoura, username="moussa")
    device, token = enrol_device(user=user, name="Tecno de Moussa", actor=Actor(label="fatou"))
    return Telephone(places, user, device, token)


@pytest.fixture
def assigned(telephone, form):
    """The form is asked in the commune of Socoura."""
    zone, day = telephone.places.socoura, dt.date(2026, 1, 1)
    return assign_form(form=form.form, zone=zone, starts_on=day, actor=MOUSSA)


def collect_of(telephone, **login) -> Collect:
    """ODK Collect on the telephone: by its token, or by a name and a password."""
    base = "/openrosa" if login else f"/openrosa/key/{telephone.token}"
    return Collect(InProcess(application), base, **login)


@pytest.fixture
def collect(telephone, assigned) -> Collect:
    """ODK Collect on Moussa's telephone."""
    return collect_of(telephone)
