"""What every page of the back office knows: its menu, its search box."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from gwa.common import navigation


def desk(request: HttpRequest) -> dict[str, Any]:
    """Give templates the menu of this user, built only when a page draws it."""
    if not hasattr(request, "user"):  # error pages before the middleware ran
        return {}
    return {
        "navigation": SimpleLazyObject(lambda: navigation.show_menu(request)),
        "account_menu": SimpleLazyObject(lambda: navigation.show_account_menu(request)),
        "search_url": SimpleLazyObject(lambda: navigation.search_url(request)),
    }
