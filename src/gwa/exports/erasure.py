"""What exports keep of somebody who is erased: any file may hold them, so all go."""

from gwa.exports.actions import destroy_all
from gwa.exports.writing.lock import wait_alone
from gwa.journal.models import SYSTEM
from gwa.registry.erasure import Erased


def forget_files(erased: Erased) -> None:
    """Wait for the exports that run, then destroy every file kept."""
    wait_alone()
    destroy_all(actor=SYSTEM, reason="effacement")
