"""The pictures of an interview become documents of the household, drawn anew.

After the interview has entered, in jobs of their own: a slow picture holds no receipt up.
"""

import io
from uuid import UUID

from django.db import transaction

from gwa.common.errors import DomainError
from gwa.common.scope import everywhere
from gwa.journal.models import SYSTEM
from gwa.questionnaires.queries.versions import form_of
from gwa.questionnaires.xform.definitions import FILES
from gwa.questionnaires.xform.faults import Fault
from gwa.questionnaires.xform.instance import read_instance
from gwa.registry.actions import attach_document
from gwa.registry.models import Household
from gwa.submissions import storage
from gwa.submissions.models import Original, Submission, SubmissionFile
from gwa.submissions.rules.audit import NAME as AUDIT

_LONGEST_TITLE = 120


def attach_pictures(submission_id: UUID) -> int:
    """Attach what can be seen among the files of an interview; return how many.

    A recording stays sealed with the interview; a file that is no picture says why it is not shown.
    """
    with transaction.atomic(), everywhere():
        submission = Submission.objects.select_related("form_version", "household").get(
            pk=submission_id
        )
        if submission.household is None:
            return 0
        titles = _titles(submission)
        waiting = submission.files.select_for_update().filter(document=None, refusal="")
        return sum(
            _attach(file, submission.household, titles.get(file.name, file.name))
            for file in waiting.exclude(stored="").exclude(name=AUDIT)
        )


def _attach(file: SubmissionFile, household: Household, title: str) -> bool:
    content = storage.read(file.stored, key=file.pk)
    try:
        with transaction.atomic():
            file.document = attach_document(
                household=household,
                title=title[:_LONGEST_TITLE],
                upload=io.BytesIO(content),
                actor=SYSTEM,
            )
    except DomainError as refusal:
        file.refusal = refusal.code
    file.save(update_fields=["document", "refusal"])
    return file.document is not None


def _titles(submission: Submission) -> dict[str, str]:
    """What each file shows, in the words of its question."""
    form = form_of(submission.form_version)
    instance = read_instance(Original.objects.get(pk=submission.pk).xml, form)
    if isinstance(instance, Fault):
        return {}
    titles = {}
    for question in form.questions:
        if question.kind in FILES and not question.repeat:
            name = instance.household.answer(*question.path)
            label = question.labels.get("fr") or next(iter(question.labels.values()), "")
            titles[name] = label or question.name
    return titles
