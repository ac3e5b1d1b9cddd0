"""Screens name people; what acts without an account is named in the reader's language."""

import pytest
from django.template import Context, Template
from django.utils.translation import override

from gwa.common.people import accounts_called, names_by_account, names_by_login
from gwa.testing.accounts import make_account

pytestmark = pytest.mark.django_db


@pytest.fixture
def awa():
    awa = make_account("operator", username="awa")
    type(awa).objects.filter(pk=awa.pk).update(full_name="Awa Traoré")
    return awa


def test_a_login_is_said_by_the_persons_name(awa):
    with override("en"):
        names = names_by_login(["awa", "système", "machine x1", ""])
    assert names == {"awa": "Awa Traoré", "système": "system", "machine x1": "machine x1"}


def test_a_number_is_said_by_the_persons_name(awa):
    assert names_by_account([awa.pk, None]) == {awa.pk: "Awa Traoré"}


def test_people_are_found_by_every_word_of_their_name(awa):
    assert accounts_called("traoré awa") == [awa.pk]
    assert accounts_called("awa diarra") == []


def test_a_login_that_nobody_bears_any_more_stays(awa):
    written = Template("{% load desk %}{{ login|called:people }}").render(
        Context({"login": "moussa", "people": names_by_login(["moussa"])})
    )
    assert written == "moussa"
