"""A key lost for good is given up by the owner, with a reason, and the server starts again."""

import os

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from launcher import checkup, prepare
from launcher.talk import Stop

from gwa.common.models import DataKey

OTHER_KEYS = "2:" + "A" * 43 + "="


def as_server(**more):
    return {**os.environ, "GWA_DATA_KEYS": OTHER_KEYS, **more}


def test_after_a_restore_under_other_keys_the_start_and_the_doctor_say_so(owner_connection):
    call_command("check_data_keys", "--remember")
    known = list(DataKey.objects.values_list("number", flat=True))
    said = checkup.ask(as_server(), "check_data_keys")
    assert "manque dans GWA_DATA_KEYS" in said
    with pytest.raises(Stop, match="manque dans GWA_DATA_KEYS"):
        prepare.check_data_keys(as_server())
    assert list(DataKey.objects.values_list("number", flat=True)) == known
    with pytest.raises(DatabaseError):
        DataKey.objects.all().delete()

    owner = as_server(GWA_DB_ROLE="owner")
    for number in known:
        assert checkup.ask(owner, "give_up_data_key", str(number), "--reason", "incendie") == ""
    prepare.check_data_keys(as_server())
    owner_connection.execute("SELECT set_config('gwa.scope', '*', false)")
    lines = "SELECT reason FROM journal_entry WHERE action = 'registry.data_key_given_up'"
    assert owner_connection.execute(lines).fetchall() == [("incendie",)] * len(known)


@pytest.mark.django_db
def test_a_key_nobody_knew_is_not_given_up():
    with pytest.raises(CommandError, match="ne connaît pas de clé n° 99"):
        call_command("give_up_data_key", "99", "--reason", "essai")
