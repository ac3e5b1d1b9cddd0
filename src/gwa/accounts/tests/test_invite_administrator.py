"""An installation where nobody may invite anybody: its operator invites the first one."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from gwa.accounts.models import User
from gwa.testing.accounts import PASSWORD, browser_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("whole_country")]
WORDS = ("kadiatou", "kadiatou@example.org", "Kadiatou Keita")


def invite(*words) -> str:
    """Run the command and return the path of the link it shows."""
    said = StringIO()
    call_command("invite_administrator", *words, stdout=said)
    link = said.getvalue().splitlines()[0]
    assert link.startswith("http://testserver/") or link.startswith("http://localhost/")
    return "/" + link.split("/", 3)[3]


def join(path):
    browser = browser_of(None)
    opened = browser.get(path)
    both = {"new_password1": PASSWORD, "new_password2": PASSWORD}
    browser.post(opened.headers["Location"], both)


def test_the_first_administrator_joins_by_the_link(last_line):
    join(invite(*WORDS))

    user = User.objects.get()
    assert user.check_password(PASSWORD)
    assert (user.profile.code, user.joined_at is not None) == ("administrator", True)
    assert last_line("accounts.invited").actor_label == "système"


def test_asked_again_the_link_before_is_worth_nothing(last_line):
    first = invite(*WORDS)
    second = invite(*WORDS)
    assert browser_of(None).get(first).status_code == 410

    join(second)

    assert User.objects.get().joined_at is not None


def test_who_has_joined_is_not_invited_again():
    join(invite(*WORDS))
    with pytest.raises(CommandError, match="déjà"):
        invite(*WORDS)


def test_the_name_of_somebody_else_is_refused():
    invite(*WORDS)
    with pytest.raises(CommandError):
        invite("autre", WORDS[1], "Autre")
