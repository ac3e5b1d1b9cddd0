"""The seal of a minute. Apart from `actions`: sealing leaves no line of its own."""

from django.db import connection, transaction
from django.utils import timezone

from gwa.common.scope import everywhere
from gwa.journal import rules
from gwa.journal.keys import line_key, signing_key, write_head
from gwa.journal.models import Leaf, Seal
from gwa.journal.queries import unsealed_lines

# Two workers must not make the same number: one of them waits, then finds nothing left to seal.
_LOCK = 0x67776131


def seal_journal() -> Seal | None:
    """Seal the committed lines that no seal holds yet; return None where there are none."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        with everywhere():
            lines = unsealed_lines()
        if not lines:
            return None
        seal = _make_seal([rules.leaf_of(vars(line), line_key()) for line in lines])
        Leaf.objects.bulk_create(
            Leaf(line_id=line.id, seal=seal, position=i, leaf=rules.leaf_of(vars(line), line_key()))
            for i, line in enumerate(lines)
        )
    write_head(seal.number, bytes(seal.digest))
    return seal


def _make_seal(leaves: list[bytes]) -> Seal:
    last = Seal.objects.order_by("-number").first()
    number = last.number + 1 if last else 1
    previous = bytes(last.digest) if last else rules.EMPTY_CHAIN
    sealed_at, root = timezone.now(), rules.merkle_root(leaves)
    digest = rules.seal_digest(
        number=number, sealed_at=sealed_at, lines=len(leaves), root=root, previous=previous
    )
    return Seal.objects.create(
        number=number,
        sealed_at=sealed_at,
        lines=len(leaves),
        root=root,
        previous=previous,
        digest=digest,
        signature=signing_key().sign(digest),
    )
