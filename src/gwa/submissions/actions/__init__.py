"""The verbs of interviews."""

from gwa.submissions.actions.devices import enrol_device, note_contact, revoke_device
from gwa.submissions.actions.receiving import Part, Receipt, receive_submission
from gwa.submissions.actions.settling import put_back, refuse_submission, settle_conflict

__all__ = [
    "Part",
    "Receipt",
    "enrol_device",
    "note_contact",
    "put_back",
    "receive_submission",
    "refuse_submission",
    "revoke_device",
    "settle_conflict",
]
