"""The verbs of the work."""

from gwa.fieldwork.actions.badges import (
    give_badge,
    print_badges,
    renew_badge,
    withdraw_badge,
)
from gwa.fieldwork.actions.cards import print_cards
from gwa.fieldwork.actions.exports import read_export
from gwa.fieldwork.actions.work import Work, close_work, give_work, send_back
from gwa.fieldwork.actions.zones import set_access

__all__ = [
    "Work",
    "close_work",
    "give_badge",
    "give_work",
    "print_badges",
    "print_cards",
    "read_export",
    "renew_badge",
    "send_back",
    "set_access",
    "withdraw_badge",
]
