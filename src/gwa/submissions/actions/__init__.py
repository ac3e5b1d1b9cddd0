"""The verbs of interviews."""

from gwa.submissions.actions.devices import enrol_device, note_contact, revoke_device
from gwa.submissions.actions.drafts import keep_draft
from gwa.submissions.actions.handsets import (
    Told,
    answer_challenge,
    greet,
    note_told,
    sign_in_device,
    unlock_handset,
)
from gwa.submissions.actions.keys import make_seal_key, seal_keys_in_service
from gwa.submissions.actions.receiving import Part, Receipt, receive_submission
from gwa.submissions.actions.settling import put_back, refuse_submission, settle_conflict
from gwa.submissions.actions.uploads import Piece, Sender, refusal_of, take_envelope, take_piece

__all__ = [
    "Part",
    "Piece",
    "Receipt",
    "Sender",
    "Told",
    "answer_challenge",
    "enrol_device",
    "greet",
    "keep_draft",
    "make_seal_key",
    "note_contact",
    "note_told",
    "put_back",
    "receive_submission",
    "refusal_of",
    "refuse_submission",
    "revoke_device",
    "seal_keys_in_service",
    "settle_conflict",
    "sign_in_device",
    "take_envelope",
    "take_piece",
    "unlock_handset",
]
