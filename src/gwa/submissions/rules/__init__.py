"""Decisions on plain values: names and oddities of interviews, and what telephones seal."""

from gwa.submissions.rules.envelopes import (
    Envelope,
    EnvelopeDamaged,
    KeyUnknown,
    Kind,
    open_envelope,
    read_envelope,
    split_export,
)
from gwa.submissions.rules.interviews import (
    Limits,
    are_members_alike,
    distance_km,
    find_straight_lines,
    is_clock_ahead,
    is_too_fast,
    is_too_long,
    read_instance_id,
)

__all__ = [
    "Envelope",
    "EnvelopeDamaged",
    "KeyUnknown",
    "Kind",
    "Limits",
    "are_members_alike",
    "distance_km",
    "find_straight_lines",
    "is_clock_ahead",
    "is_too_fast",
    "is_too_long",
    "open_envelope",
    "read_envelope",
    "read_instance_id",
    "split_export",
]
