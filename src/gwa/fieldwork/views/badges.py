"""Badges: the page behind their code for whoever opens the door, and those that the desk gives."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from gwa.common.access import needs, public
from gwa.common.forms import ReasonForm
from gwa.fieldwork.actions import print_badges, renew_badge, withdraw_badge
from gwa.fieldwork.forms import BadgesForm
from gwa.fieldwork.models import Badge
from gwa.fieldwork.printing import draw_badges
from gwa.registry.views.asking import actor_of, reader_of
from gwa.submissions.queries.devices import accounts_of
from gwa.zones.models import Zone

GIVE, SEND = "fieldwork.give_badges", "submissions.send"


@public
@require_GET
def show_badge(request: HttpRequest, code: str) -> HttpResponse:
    """Say who bears a badge and whether they serve; of who does not serve, nothing more."""
    found = Badge.objects.select_related("user__profile", "user__organisation")
    badge = found.filter(code=code.upper()).first()
    user = badge.user if badge is not None else None
    serves = badge is not None and badge.is_valid and badge.user.has_right(SEND)
    context = {
        "badge": badge,
        "serves": serves,
        "person": user if serves else None,
        "places": Zone.objects.filter(user=user).order_by("path") if serves else [],
    }
    return render(request, "fieldwork/badge.html", context, status=200 if badge else 404)


@never_cache
@needs(GIVE)
def show_badges(request: HttpRequest) -> HttpResponse:
    """List the badges of the reader's enumerators, and print those that are chosen."""
    people = accounts_of(reader_of(request))
    form = BadgesForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        badges = print_badges(
            users=list(asked["people"]), valid_until=asked["valid_until"], actor=actor_of(request)
        )
        base = request.build_absolute_uri("/").rstrip("/")
        paper = draw_badges([(one, base + _address_of(one)) for one in badges])
        answer = HttpResponse(paper, content_type="application/pdf")
        answer["Content-Disposition"] = 'attachment; filename="badges.pdf"'
        return answer
    held = {one.user_id: one for one in Badge.objects.filter(user__in=people)}
    context = {
        "form": form,
        "rows": [(person, held.get(person.pk)) for person in people],
        "chosen": {int(key) for key in request.POST.getlist("people") if key.isdecimal()},
    }
    return render(request, "fieldwork/badges.html", context)


@needs(GIVE)
@require_POST
def renew(request: HttpRequest, user_id: int) -> HttpResponse:
    """Give somebody another code."""
    return _change(request, user_id, renew_badge, _("Le badge a un autre code : imprimez-le."))


@needs(GIVE)
@require_POST
def withdraw(request: HttpRequest, user_id: int) -> HttpResponse:
    """Take somebody's badge out of service."""
    return _change(request, user_id, withdraw_badge, _("Le badge est retiré."))


def _change(
    request: HttpRequest, user_id: int, change: Callable[..., Badge], done: str
) -> HttpResponse:
    mine = Badge.objects.filter(user__in=accounts_of(reader_of(request)))
    badge = get_object_or_404(mine.select_related("user"), user_id=user_id)
    form = ReasonForm(request.POST)
    if form.is_valid():
        change(user=badge.user, actor=actor_of(request), reason=form.cleaned_data["reason"])
        messages.success(request, done)
    else:
        messages.error(request, _("Écrivez le motif : il reste dans le journal."))
    return redirect("fieldwork:badges")


def _address_of(badge: Badge) -> str:
    return reverse("fieldwork:badge", args=[badge.code])
