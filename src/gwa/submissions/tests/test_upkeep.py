"""What was missed is taken up again, and what nobody needs any more goes."""

import datetime as dt

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from gwa.submissions import upkeep
from gwa.submissions.entering.processing import process
from gwa.submissions.models import MadeList, Submission, SubmissionFile
from gwa.submissions.pictures import attach_pictures
from gwa.submissions.queue import PICTURES, PROCESS
from gwa.testing.team import draw_photo

EARLIER = dt.timedelta(minutes=20)


def jobs(name):
    return ProcrastinateJob.objects.filter(task_name=name).count()


@pytest.fixture
def photographed(telephone):
    """An interview that entered, whose photo nobody has made anything of."""
    interview = telephone.family(answers={"photo": "1.jpg"})
    return telephone.enter(interview, ("1.jpg", draw_photo(1, side=64)))


def test_an_interview_that_lost_its_job_gets_another(telephone):
    submission = telephone.send(telephone.family())
    assert (jobs(PROCESS), upkeep.queue_forgotten()) == (1, 0)
    earlier = submission.received_at - EARLIER
    Submission.objects.filter(pk=submission.pk).update(received_at=earlier)
    assert (upkeep.queue_forgotten(), jobs(PROCESS)) == (1, 2)


def test_a_photo_that_was_not_drawn_is_drawn_later_and_once(photographed):
    assert (jobs(PICTURES), upkeep.queue_forgotten()) == (1, 0)
    earlier = photographed.processed_at - EARLIER
    Submission.objects.filter(pk=photographed.pk).update(processed_at=earlier)
    SubmissionFile.objects.update(received_at=earlier)
    assert (upkeep.queue_forgotten(), jobs(PICTURES)) == (1, 2)
    assert [attach_pictures(photographed.pk) for _twice in range(2)] == [1, 0]
    assert upkeep.queue_forgotten() == 0


def test_a_photo_that_comes_after_its_interview_entered_is_drawn_too(telephone):
    interview = telephone.family(answers={"photo": "1.jpg"})
    submission = telephone.send(interview)
    process(submission.pk)
    assert jobs(PICTURES) == 0
    telephone.send(interview, ("1.jpg", draw_photo(1, side=64)))
    assert jobs(PICTURES) == 1
    assert attach_pictures(submission.pk) == 1


def test_lists_made_a_week_ago_are_not_kept(db):
    now = timezone.now()
    for age in (6, 8):
        made = MadeList(key=bytes([age]), state="", md5="", rows=0, sealed=b"")
        made.made_at = now - dt.timedelta(days=age)
        made.save()
    assert upkeep.forget_lists() == 1
    assert bytes(MadeList.objects.get().key) == b"\x06"
