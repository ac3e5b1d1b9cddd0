"""The page behind the code of a badge: who this is, for whoever opens the door."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gwa.common.access import public
from gwa.fieldwork.models import Badge
from gwa.zones.models import Zone

SEND = "submissions.send"


@public
@require_GET
def show_badge(request: HttpRequest, code: str) -> HttpResponse:
    """Say who bears a badge and whether they serve; of who does not serve, nothing more."""
    found = Badge.objects.select_related("user__profile", "user__organisation")
    badge = found.filter(code=code.upper()).first()
    user = badge.user if badge is not None else None
    serves = user is not None and user.has_right(SEND)
    context = {
        "badge": badge,
        "serves": serves,
        "person": user if serves else None,
        "places": Zone.objects.filter(user=user).order_by("path") if serves else [],
    }
    return render(request, "fieldwork/badge.html", context, status=200 if badge else 404)
