"""Dictionaries written to a folder, as the technical unit writes them."""

import copy
from pathlib import Path

import pytest
import yaml
from django.test import Client
from django.utils import timezone, translation

from gwa.accounts.models import Profile, User
from gwa.common.scope import everywhere
from gwa.journal.models import Actor, Entry
from gwa.variables.actions import load_dictionary, publish_version

HEAD = {
    "number": 1,
    "labels": {"fr": "Essai", "en": "Trial"},
    "languages": {"fr": "reviewed", "en": "reviewed", "bm": "to_review"},
    "sections": ["housing"],
    "units": {"hectare": {"fr": "ha", "en": "hectares"}, "are": {"fr": "a", "en": "ares"}},
    "choice_lists": {"roofs": {"metal": {"fr": "Tôle", "en": "Metal"}}},
}
HOUSING = {
    "fr": "Logement",
    "en": "Housing",
    "level": "household",
    "refresh_months": 36,
    "variables": {
        "roof": {
            "fr": "Toit",
            "en": "Roof",
            "bm": "So bili",
            "type": "choice",
            "choices": {
                "metal": {"fr": "Tôle", "en": "Metal"},
                "thatch": {"fr": "Chaume", "en": "Thatch"},
            },
        },
        "rooms": {"fr": "Pièces", "en": "Rooms", "type": "integer", "min": 0, "max": 60},
        "land": {
            "fr": "Terres",
            "en": "Land",
            "type": "decimal",
            "decimals": 2,
            "unit": "hectare",
        },
    },
}


class Folder:
    """A dictionary's folder that a test writes, changes and loads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.head = copy.deepcopy(HEAD)
        self.section = copy.deepcopy(HOUSING)
        self.variables = self.section["variables"]
        self.actor = Actor(label="Awa")

    def write(self):
        (self.path / "variables").mkdir(exist_ok=True)
        (self.path / "variables.yaml").write_text(yaml.safe_dump(self.head, sort_keys=False))
        section = yaml.safe_dump(self.section, sort_keys=False)
        (self.path / "variables" / "housing.yaml").write_text(section)
        return self.path

    def load(self):
        return load_dictionary(folder=self.write(), actor=self.actor)

    def publish(self):
        return publish_version(version=self.load(), actor=self.actor, at=timezone.now())

    def follow(self, **changes):
        """Start the next version, with what becomes of old answers."""
        self.head |= {"follows": self.head["number"], "number": self.head["number"] + 1}
        self.head["changes"] = changes


@pytest.fixture(autouse=True)
def french():
    """Speak French: a page read in English leaves its language behind."""
    with translation.override("fr"):
        yield


@pytest.fixture
def journal_lines(db):
    """Read the journal's lines of one action."""

    def read(action):
        with everywhere():
            return list(Entry.objects.filter(action=action))

    return read


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


@pytest.fixture
def sign_in(db):
    """Sign somebody in with these rights, in French."""

    def sign(*rights):
        profile = Profile.objects.create(code="reader", name="Lecteur", rights=list(rights))
        user = User.objects.create(
            username="lecteur", email="l@example.org", full_name="Lecteur", profile=profile
        )
        client = Client(headers={"accept-language": "fr"})
        client.force_login(user)
        return client

    return sign
