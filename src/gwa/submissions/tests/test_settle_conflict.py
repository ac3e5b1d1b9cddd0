"""A conflict is settled field by field: whoever settles it vouches for what is believed."""

import pytest

from gwa.journal.models import Actor
from gwa.registry.models import Household
from gwa.submissions import errors
from gwa.submissions.actions import settle_conflict
from gwa.submissions.entering.processing import process
from gwa.submissions.models import Submission
from gwa.submissions.tests.test_take_in import again, correct

FATOU = Actor(label="fatou", right="submissions.settle")
ROOMS = ":answers.rooms"


@pytest.fixture
def waiting(telephone):
    """Moussa says five rooms; the desk said seven on a later day; it was three."""
    first = telephone.family()
    household = telephone.enter(first).household
    correct(household, {"answers.rooms": 7})
    return telephone.enter(again(telephone, first, answers={"rooms": "5", "wall_material": "mud"}))


def settle(waiting, believed):
    settle_conflict(submission=waiting, believed=believed, actor=FATOU, reason="vu sur place")
    process(waiting.pk)
    waiting.refresh_from_db()
    return Household.objects.get().answers


def test_the_interview_is_believed_though_the_other_word_is_later(waiting):
    answers = settle(waiting, {ROOMS})
    assert (answers["rooms"], answers["wall_material"]) == (5, "mud")
    assert waiting.status == Submission.Status.ACCEPTED


def test_the_registry_is_believed_and_the_rest_of_the_interview_enters(waiting):
    answers = settle(waiting, ())
    assert (answers["rooms"], answers["wall_material"]) == (7, "mud")
    assert waiting.status == Submission.Status.ACCEPTED


def test_what_does_not_wait_for_a_conflict_cannot_be_settled(telephone):
    entered = telephone.enter(telephone.family())
    with pytest.raises(errors.NotWaiting):
        settle_conflict(submission=entered, believed=(), actor=FATOU, reason="vu")
