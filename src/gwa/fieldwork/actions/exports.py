"""The verb of exports: take in at the desk what a telephone without network handed over."""

from django.db import transaction

from gwa.fieldwork import errors
from gwa.journal.actions import action, record
from gwa.journal.models import Actor
from gwa.submissions.actions import Sender, take_envelope
from gwa.submissions.models import Device, Upload
from gwa.submissions.rules import EnvelopeDamaged, split_export


@action
def read_export(*, content: bytes, device: Device, actor: Actor) -> list[Upload]:
    """Take the envelopes of an exported file in, as their telephone would have sent them.

    Each ends in a receipt or a refusal, and one that is refused stops none of the others. Sent by
    the telephone afterwards, they are the same ones.
    """
    try:
        envelopes = list(split_export(content))
    except EnvelopeDamaged as error:
        raise errors.ExportUnreadable from error
    sender = Sender(device.user, device, actor)
    with transaction.atomic():
        uploads = [take_envelope(envelope, sender) for envelope in envelopes]
    record(
        "fieldwork.export_read",
        subject=device,
        actor=actor,
        data={
            "envelopes": len(uploads),
            "refused": sum(bool(upload.refusal) for upload in uploads),
        },
    )
    return uploads
