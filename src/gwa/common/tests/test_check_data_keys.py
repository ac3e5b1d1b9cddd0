"""A server given other keys than those of its database says so, and writes nothing."""

import base64

import pytest
from django.core.management import CommandError, call_command

from gwa.common.models import DataKey

pytestmark = pytest.mark.django_db


def keys(**letters):
    return ",".join(
        f"{number[1:]}:{base64.b64encode(letter.encode() * 32).decode()}"
        for number, letter in letters.items()
    )


@pytest.fixture(autouse=True)
def sealed_with_a(settings):
    settings.DATA_KEYS = keys(_1="a")
    call_command("check_data_keys", "--remember")


def start(settings, given):
    settings.DATA_KEYS = given
    call_command("check_data_keys", "--remember")


def numbers():
    return [key.number for key in DataKey.objects.all()]


def test_the_keys_of_the_database_are_accepted(settings):
    start(settings, keys(_1="a"))
    assert numbers() == [1]


def test_a_rotation_adds_its_key(settings):
    start(settings, keys(_2="b", _1="a"))
    assert numbers() == [1, 2]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (keys(_1="b"), "La clé de données n° 1 donnée n’est pas celle de cette base."),
        (keys(_2="b"), "La clé de données n° 1 de cette base manque dans GWA_DATA_KEYS."),
        (keys(_2="a"), "La clé de données n° 1 de cette base manque dans GWA_DATA_KEYS."),
    ],
)
def test_other_keys_are_refused_in_plain_words(settings, given, sentence):
    with pytest.raises(CommandError, match=sentence) as refusal:
        start(settings, given)
    assert "Rien n’a été écrit" in str(refusal.value)
    assert "put the original key back" in str(refusal.value)
    assert numbers() == [1]


def test_a_look_remembers_nothing(settings):
    settings.DATA_KEYS = keys(_2="b", _1="a")
    call_command("check_data_keys")
    assert numbers() == [1]


def test_a_fingerprint_tells_nothing_of_the_key(settings):
    assert bytes(DataKey.objects.get().fingerprint) not in (b"a" * 16, b"a" * 32)
