"""Passwords a stranger would try, and what an upgrade does to profiles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gwa.accounts.passwords import common_passwords
from gwa.accounts.rules import is_guessable, merge_rights

AWA = ["awa.coulibaly", "Awa Coulibaly", "awa@example.org"]


@pytest.mark.parametrize(
    "password",
    [
        "motdepasse2026",
        "M0td3p4sse!2026",
        "Bamako2026!!",
        "azertyuiop123",
        "AmadouTraore12",
        "Sikasso-Segou-2025",
        "123456789012",
        "aaaaaaaaaaaa",
        "qwertyqwerty",
        "administrateur1",
        "gwagwagwagwa",
        "!!!!!!!!!!!!",
        "abcdefghijklm",
        "321essapedtom",
        "AwaCoulibaly2026",
        "coulibaly-awa-1984",
    ],
)
def test_what_a_stranger_would_try_is_refused(password):
    assert is_guessable(password, common_passwords(), AWA)


@pytest.mark.parametrize(
    "password",
    [
        "fleuve lampe tortue encre",
        "chat-tabouret-nuage",
        "k7#Lq29!vTzp",
        "tabouret nuage 1998 lac",
        "ɲɛmaajɛ ka bon kosɛbɛ",
    ],
)
def test_what_a_stranger_would_not_try_passes(password):
    assert not is_guessable(password, common_passwords(), AWA)


RIGHTS = st.sets(st.sampled_from("abcdef"))


@given(present=RIGHTS, before=RIGHTS, now=RIGHTS)
def test_an_upgrade_changes_only_what_the_program_changed(present, before, now):
    merged = set(merge_rights(present=present, shipped_before=before, shipped_now=now))
    for right in "abcdef":
        if (right in before) == (right in now):
            assert (right in merged) == (right in present)
        else:
            assert (right in merged) == (right in now)
