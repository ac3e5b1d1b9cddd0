"""The menu shows what a person may open, and nothing else."""

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from gwa.common import navigation
from gwa.common.access import all_rights
from gwa.common.navigation import Item

ICONS = Path(navigation.__file__).parent / "static" / "gwa" / "icons.svg"


class Person:
    is_authenticated = True

    def __init__(self, *rights):
        self.rights = rights

    def has_right(self, code):
        return code in self.rights


@pytest.fixture
def menu(monkeypatch):
    """An empty menu with three entries."""
    monkeypatch.setattr(navigation, "_items", {})
    navigation.register(
        Item("Guide", "guide:home", section="work", order=2),
        Item("Entrée", "account_login", right="zones.read", section="registry", order=1),
        Item("Nulle part", "module:absent", section="registry"),
    )


def show(user, path="/"):
    request = RequestFactory().get(path)
    request.user = user
    return {
        str(section.label): [item.label for item in section.items]
        for section in navigation.show_menu(request)
    }


def test_an_entry_needs_its_right(menu):
    assert show(Person("zones.read")) == {"": ["Guide"], "Registre": ["Entrée"]}
    assert show(Person()) == {"": ["Guide"]}


def test_a_stranger_sees_no_menu(menu):
    assert show(AnonymousUser()) == {}


def test_the_open_page_is_marked(menu):
    request = RequestFactory().get("/aide/chercher/")
    request.user = Person("zones.read")
    marks = {
        item.label: item.is_current
        for section in navigation.show_menu(request)
        for item in section.items
    }
    assert marks == {"Guide": True, "Entrée": False}


def test_only_the_nearest_entry_is_marked(menu):
    navigation.register(Item("Mot de passe", "account_change_password", section="registry"))
    navigation.register(Item("Compte", "account_home", section="registry"))
    request = RequestFactory().get("/account/password/change/")
    request.user = Person()
    sections = navigation.show_menu(request)
    assert [i.label for s in sections for i in s.items if i.is_current] == ["Mot de passe"]


def test_an_unknown_section_is_refused(menu):
    with pytest.raises(ValueError, match="unknown section"):
        navigation.register(Item("X", "x", section="nowhere"))


def test_each_right_of_the_menu_exists():
    asked = {item.right for item in navigation.registered() if item.right}
    assert asked - set(all_rights()) == set()


def test_each_icon_of_the_menu_and_of_the_templates_is_drawn():
    drawn = set(re.findall(r'<symbol id="([a-z-]+)"', ICONS.read_text(encoding="utf-8")))
    source = Path(navigation.__file__).parents[1]
    wanted = {item.icon for item in navigation.registered()}
    for template in source.glob("*/templates/**/*.html"):
        wanted |= set(re.findall(r"{% icon [\"']([a-z-]+)", template.read_text(encoding="utf-8")))
    assert wanted - drawn == set()
