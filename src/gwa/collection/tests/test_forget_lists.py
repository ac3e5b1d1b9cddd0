"""Files and refused lines are not kept for ever, and erasing somebody reaches them."""

import datetime as dt
import os
import subprocess
import sys

import pytest
from django.db import connection, transaction
from django.utils import timezone

from gwa.collection.actions import resume_import
from gwa.collection.errors import FilesGone
from gwa.collection.models import Import, ImportedHousehold, RefusedLine
from gwa.collection.tests.conftest import FATOU
from gwa.collection.upkeep import empty_old_imports, sweep_files
from gwa.common.scope import everywhere
from gwa.journal.models import Entry
from gwa.journal.queries import verify_journal
from gwa.journal.rules import FaultKind
from gwa.journal.sealing import seal_journal
from gwa.registry.actions import correct_household
from gwa.registry.models import Household, Person, Version
from gwa.testing.cast import correction


def stored(settings):
    return list((settings.MEDIA_ROOT / "imports").glob("*/*.sealed"))


def test_after_some_days_files_and_refused_lines_go_and_what_entered_stays(lists, family, settings):
    homes, people = family
    done = lists.bring([*homes, ["B", "ZZ", "", ""]], people)
    assert len(stored(settings)) == 2
    assert empty_old_imports() == 0
    with transaction.atomic(), everywhere():
        long_ago = timezone.now() - dt.timedelta(days=settings.IMPORT_KEPT_DAYS + 1)
        Import.objects.filter(pk=done.pk).update(added_at=long_ago, status="cancelled")
    assert empty_old_imports() == 1
    assert stored(settings) == []
    assert empty_old_imports() == 0
    with transaction.atomic(), everywhere():
        assert not RefusedLine.objects.exists()
        assert Household.objects.count() == 1
        with pytest.raises(FilesGone):
            resume_import(of_import=done, actor=FATOU)


def test_a_file_that_no_import_knows_is_swept(lists, family, settings):
    lists.bring(*family)
    stray = settings.MEDIA_ROOT / "imports" / "00" / "stray.sealed"
    stray.parent.mkdir(exist_ok=True)
    left = settings.MEDIA_ROOT / "work" / "left.spool"
    for path in (stray, left):
        path.write_bytes(b"x")
        os.utime(path, (0, 0))
    assert sweep_files() == 2
    assert len(stored(settings)) == 2


def erase(number, settings):
    """Run the command as the owner of the tables."""
    env = os.environ | {
        "GWA_DB_ROLE": "owner",
        "GWA_STATE_DIR": str(settings.MEDIA_ROOT.parent),
    }
    words = ["erase_household", number, "--reason", "décision 12", "--by", "fatou"]
    subprocess.run([sys.executable, "-m", "django", *words], env=env, check=True)  # noqa: S603


def test_erasing_a_household_leaves_a_line_and_nothing_else(lists, family, settings):
    homes, people = family
    homes = [*homes, ["B2", "05010102", "", ""], ["C3", "ZZ", "", ""]]
    people = [*people, ["B2", "Bakary", "Cissé", "M", "1970", "chef", "", ""]]
    lists.bring(homes, people)
    people[0][7] = "66 00 00 00"
    lists.bring(homes, people)
    with transaction.atomic(), everywhere():
        household = Household.objects.get(zone=lists.places.sevare)
        gone = list(household.memberships.values_list("person_id", flat=True))
        assert Version.objects.filter(person_id__in=gone).exists()
    erase(household.registry_number, settings)
    with transaction.atomic(), everywhere():
        assert [person.given_name for person in Person.objects.all()] == ["Bakary"]
        assert not Version.objects.filter(household_id=household.pk).exists()
        assert not Version.objects.filter(person_id__in=gone).exists()
        assert not RefusedLine.objects.exists()
        assert not ImportedHousehold.objects.filter(household_id=household.pk).exists()
        line = Entry.objects.get(action="registry.household_erased")
        assert (line.subject_id, line.data) == (str(household.pk), {"persons": 3})
    assert stored(settings) == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM registry_searchname")
        assert cursor.fetchall() == [("bakary cisse",)]
        cursor.execute("SELECT text FROM registry_searchword ORDER BY text")
        assert cursor.fetchall() == [("bakary",), ("cisse",)]
        cursor.execute(
            "SELECT relforcerowsecurity FROM pg_class WHERE relname = 'registry_version'"
        )
        assert cursor.fetchone() == (True,)


ABOUT_THEM = {
    "identifier": ["Z9", "Inconnue", "Inconnu", "?", "", "chef", "12345678901234A", ""],
    "phone": ["Z9", "Inconnue", "Inconnu", "?", "", "chef", "", "76 12 34 56"],
    "names and birth": ["Z9", "awa", "TRAORE", "F", "1984", "", "", ""],
    "key": ["A1", "", "", "?", "", "", "", ""],
}
ABOUT_OTHERS = {
    "other birth": ["Z9", "Awa", "Traoré", "F", "1990", "", "", ""],
    "other name": ["Z9", "Awa", "Cissé", "F", "02/05/1984", "", "", "66 00 00 00"],
}


def test_lines_about_the_erased_that_never_entered_go_too(lists, family, settings):
    """Lists refused as a whole: they are reached by whatever they told of the household."""
    lists.bring(*family)
    lines = ABOUT_THEM | ABOUT_OTHERS
    refused = {why: lists.bring([[line[0], "ZZ", "", ""]], [line]) for why, line in lines.items()}
    assert {one.counts["households_refused"] for one in refused.values()} == {1}
    with transaction.atomic(), everywhere():
        household = Household.objects.get()
    erase(household.registry_number, settings)
    with transaction.atomic(), everywhere():
        emptied = set(Import.objects.filter(emptied_at__isnull=False).values_list("pk", flat=True))
        assert {why for why, one in refused.items() if one.pk in emptied} == ABOUT_THEM.keys()
        left = set(RefusedLine.objects.values_list("of_import", flat=True))
        assert left == {refused[why].pk for why in ABOUT_OTHERS}
    assert len(stored(settings)) == 2 * len(ABOUT_OTHERS)


def test_reasons_that_may_name_the_erased_go_and_the_journal_still_holds(
    lists, family, settings, tmp_path, owner_connection
):
    settings.JOURNAL_HEAD_DIR = tmp_path
    lists.bring(*family)
    with transaction.atomic(), everywhere():
        household = Household.objects.get()
        correct_household(
            household=household,
            changes={"address": "au marché"},
            source=correction(),
            actor=FATOU,
            reason="Awa Traoré a déménagé",
        )
    seal_journal()

    erase(household.registry_number, settings)

    with transaction.atomic(), everywhere():
        lines = Entry.objects.filter(subject_id=str(household.pk)).exclude(
            action="registry.household_erased"
        )
        assert {line.reason for line in lines} == {""}
        assert lines.filter(action="registry.household_corrected").exists()
        seal_journal()
        assert verify_journal() is None
    for word in ("DISABLE TRIGGER USER", "NO FORCE ROW LEVEL SECURITY"):
        owner_connection.execute(f"ALTER TABLE journal_entry {word}")
    owner_connection.execute(
        "UPDATE journal_entry SET actor_label = 'x' WHERE action = 'registry.household_corrected'"
    )
    with transaction.atomic(), everywhere():
        assert verify_journal().kind is FaultKind.ALTERED
