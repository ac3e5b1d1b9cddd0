"""What the page of an interview says of its way back to the enumerator."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from gwa.accounts.models import User
from gwa.fieldwork.models import SentBack
from gwa.fieldwork.rules import MENDABLE
from gwa.submissions.models import Submission
from gwa.submissions.offers import Aside

SEND_BACK = "fieldwork.send_back"


def tell_way_back(submission: Submission, reader: User) -> Iterator[Aside]:
    """Offer to send it back where that may be done; say what was written where it was."""
    sent = SentBack.objects.filter(submission=submission).first()
    if sent is not None:
        points = [comment["text"] for comment in sent.comments]
        yield Aside(_("Renvoyé à l’enquêteur"), lines=(sent.reason, *points))
    elif submission.status in MENDABLE and reader.has_right(SEND_BACK):
        url = reverse("fieldwork:send_back", args=[submission.pk])
        yield Aside(_("Renvoyer à l’enquêteur"), url=url)
