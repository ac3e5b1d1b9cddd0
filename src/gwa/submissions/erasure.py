"""What interviews keep of somebody who is erased: the original, its files, what was found in it."""

from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from gwa.registry.erasure import Erased
from gwa.submissions import storage
from gwa.submissions.models import (
    DraftCopy,
    ErasedInterview,
    MadeList,
    Original,
    Submission,
    SubmissionFile,
)


def forget_interviews(erased: Erased) -> None:
    """Remove the interviews of an erased household, every revision of them, with their files."""
    told = Submission.objects.filter(household_id__in=erased.households)
    interviews = list(told.values_list("interview_id", flat=True))
    rows = Submission.objects.filter(interview_id__in=interviews)
    names = dict(rows.values_list("pk", "instance_id"))
    keys = list(names)
    files = SubmissionFile.objects.filter(submission__in=keys).exclude(stored="")
    for name in files.values_list("stored", flat=True):
        transaction.on_commit(partial(storage.remove, name))
    Original.objects.filter(pk__in=keys).delete()
    drafts = Q(household_id__in=erased.households) | Q(instance_id__in=names.values())
    DraftCopy.objects.filter(drafts).delete()
    rows.delete()
    ErasedInterview.objects.bulk_create(
        ErasedInterview(digest=ErasedInterview.digest_of(name), erased_at=timezone.now())
        for name in names.values()
    )
    # Whose list they were in is not asked: all are made again when somebody fetches them.
    MadeList.objects.all().delete()
