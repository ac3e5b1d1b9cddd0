"""The menu of the back office: each module registers its own entries when it is loaded.

An entry shows only to a user who holds its right. The check is for the eye alone:
each view still refuses by itself.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from gwa.common.display import Text

SECTIONS: dict[str, Text] = {
    "work": "",
    "registry": _("Registre"),
    "field": _("Terrain"),
    "use": _("Ciblage et programmes"),
    "administration": _("Administration"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the menu. `right` is the verb a user must hold, or "" for everybody."""

    label: Text
    url_name: str
    right: str = ""
    icon: str = "right"
    section: str = "registry"
    order: int = 100
    # How many things wait for this user behind the entry; 0 shows nothing.
    count_waiting: Callable[[Any], int] | None = None


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An entry as the page draws it, for one user and one request."""

    label: Text
    url: str
    icon: str
    is_current: bool
    waiting: int


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A heading of the menu with the entries this user may open."""

    label: Text
    items: list[ShownItem]


_items: dict[str, Item] = {}
_account_items: dict[str, Item] = {}
_search: list[Item] = []


def register(*items: Item) -> None:
    """Add entries to the main menu; call it from the module's AppConfig.ready."""
    for item in items:
        if item.section not in SECTIONS:
            raise ValueError(f"unknown section of the menu: {item.section}")
        _items[item.url_name] = item


def register_account(*items: Item) -> None:
    """Add entries to the menu under the user's name."""
    for item in items:
        _account_items[item.url_name] = item


def register_search(url_name: str, *, right: str) -> None:
    """Say which page answers the search box of the header, and who sees the box."""
    _search[:] = [Item(label="", url_name=url_name, right=right)]


def registered() -> list[Item]:
    """List every entry of both menus, for tests and for the catalogue of rights."""
    return [*_items.values(), *_account_items.values(), *_search]


def show_menu(request: HttpRequest) -> list[ShownSection]:
    """Build the main menu for the user of this request."""
    shown, current = [], _current_url(request)
    for name, label in SECTIONS.items():
        entries = [item for item in _items.values() if item.section == name]
        items = _show(entries, request, current)
        if items:
            shown.append(ShownSection(label=label, items=items))
    return shown


def show_account_menu(request: HttpRequest) -> list[ShownItem]:
    """Build the entries under the user's name."""
    return _show(list(_account_items.values()), request, _current_url(request))


def search_url(request: HttpRequest) -> str:
    """Return the address of the search page, or "" when this user may not search."""
    if not _search or not _may(request.user, _search[0].right):
        return ""
    return reverse(_search[0].url_name)


def _show(items: list[Item], request: HttpRequest, current: str) -> list[ShownItem]:
    shown = []
    for item in sorted(items, key=lambda item: (item.order, item.url_name)):
        if not _may(request.user, item.right):
            continue
        try:
            url = reverse(item.url_name)
        except NoReverseMatch:  # the module is not mounted in this installation
            continue
        waiting = item.count_waiting(request.user) if item.count_waiting else 0
        shown.append(ShownItem(item.label, url, item.icon, url == current, waiting))
    return shown


def _current_url(request: HttpRequest) -> str:
    """Return the address of the one entry that leads to this page: the longest that begins it."""
    leading = []
    for item in (*_items.values(), *_account_items.values()):
        with suppress(NoReverseMatch):
            url = reverse(item.url_name)
            if request.path == url or (url != "/" and request.path.startswith(url)):
                leading.append(url)
    return max(leading, key=len, default="")


def _may(user: Any, right: str) -> bool:  # noqa: ANN401 (the user model lives above this module)
    if not user.is_authenticated:
        return False
    return not right or bool(user.has_right(right))
