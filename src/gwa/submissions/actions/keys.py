"""Verbs on the server's sealing keys."""

from cryptography.hazmat.primitives.asymmetric import ec
from django.db import connection
from django.utils import timezone

from gwa.journal.actions import action, record
from gwa.journal.models import SYSTEM, Actor
from gwa.submissions.models import SealKey


@action
def make_seal_key(*, actor: Actor = SYSTEM, reason: str = "") -> SealKey:
    """Make the key to which telephones seal from their next contact on.

    The keys before it are retired: given to nobody any more, they open what was sealed to them.
    """
    now = timezone.now()
    SealKey.objects.filter(retired_at__isnull=True).update(retired_at=now)
    made = SealKey(made_at=now)
    made.set_private_key(ec.generate_private_key(ec.SECP256R1()))
    made.save(force_insert=True)
    record(
        "submissions.seal_key_made",
        subject=made,
        actor=actor,
        reason=reason,
        data={"kid": made.kid},
    )
    return made


def seal_keys_in_service() -> list[SealKey]:
    """Return the keys to seal to, the newest first. The first telephone that asks makes the first.

    Needs an open transaction: two first telephones wait for each other.
    """
    keys = SealKey.objects.filter(retired_at__isnull=True)
    if not keys:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('submissions.seal_key'))")
        if not keys.all():
            make_seal_key()
    return list(keys.all())
