"""Who is to interview whom, what was sent back, badges, cards, and which zones are open."""

from gwa.fieldwork.models.badges import Badge
from gwa.fieldwork.models.cards import Card
from gwa.fieldwork.models.work import Assignment, SentBack
from gwa.fieldwork.models.zones import ZoneAccess

__all__ = ["Assignment", "Badge", "Card", "SentBack", "ZoneAccess"]
