"""Creating, renaming and closing one zone."""

import datetime as dt

import pytest

from gwa.common.scope import everywhere
from gwa.journal.models import Entry
from gwa.zones import actions
from gwa.zones.errors import (
    ClosedBeforeOpened,
    CodeTaken,
    NameMissing,
    OpenedOutsideGeography,
    WrongParentLevel,
    ZoneClosed,
    ZoneHoldsOthers,
)
from gwa.zones.models import Level, Zone

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 11, 22)


def create(parent, actor, **changes):
    values = {"level": Level.VILLAGE, "code": "V1", "name": "Ŋɔla Neuf", "on": ON} | changes
    return actions.create_zone(parent=parent, actor=actor, reason="Nouveau village", **values)


def test_a_zone_is_created_under_its_parent(zone, actor):
    commune = zone("XX010101")
    created = create(commune, actor)
    assert created.path == f"{commune.path}{created.pk}/"
    assert created.geography == commune.geography
    assert created.name_key == "ngola neuf"
    with everywhere():
        line = Entry.objects.get(action="zones.zone_created")
    assert (line.reason, line.zone_path) == ("Nouveau village", created.path)


def test_a_change_marks_the_geography(zone, actor):
    commune = zone("XX010101")
    before = commune.geography.changed_at
    create(commune, actor)
    commune.geography.refresh_from_db()
    assert commune.geography.changed_at >= before


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"code": "XX0102"}, CodeTaken),
        ({"level": Level.COMMUNE}, WrongParentLevel),
        ({"name": " - "}, NameMissing),
        ({"on": dt.date(2015, 4, 7)}, OpenedOutsideGeography),
    ],
)
def test_a_zone_is_refused(zone, actor, changes, error):
    with pytest.raises(error):
        create(zone("XX010101"), actor, **changes)
    assert not Zone.objects.filter(code="V1").exists()


def test_nothing_is_created_under_a_closed_zone(zone, actor):
    village = zone("XX010101001")
    actions.close_zone(zone=village, on=ON, actor=actor, reason="Abandonné")
    actions.close_zone(zone=zone("XX010101"), on=ON, actor=actor, reason="Vide")
    with pytest.raises(ZoneClosed, match="22/11/2026"):
        create(zone("XX010101"), actor)


def test_nothing_is_created_after_the_end_of_a_geography(zone, actor, country):
    country.valid_to = dt.date(2023, 3, 13)
    country.save()
    with pytest.raises(OpenedOutsideGeography):
        create(zone("XX010101"), actor, on=dt.date(2023, 3, 13))


def test_a_zone_is_renamed_and_the_journal_keeps_the_old_name(zone, actor):
    renamed = actions.rename_zone(
        zone=zone("XX010101001"), name="Kɔnyɛba", actor=actor, reason="Demande du maire"
    )
    assert (renamed.name, renamed.name_key) == ("Kɔnyɛba", "konyeba")
    with everywhere():
        line = Entry.objects.get(action="zones.zone_renamed")
    assert line.data == {"from": "Kɔ̀nyɛ̀ba 0101", "to": "Kɔnyɛba"}


def test_an_empty_name_is_refused(zone, actor):
    with pytest.raises(NameMissing):
        actions.rename_zone(zone=zone("XX01"), name="  ", actor=actor, reason="Erreur")


def test_a_zone_is_closed_and_kept(zone, actor):
    closed = actions.close_zone(
        zone=zone("XX010101001"), on=ON, actor=actor, reason="Village abandonné"
    )
    assert zone("XX010101001").valid_to == ON == closed.valid_to
    with everywhere():
        assert Entry.objects.get(action="zones.zone_closed").data == {"on": "2026-11-22"}


def test_a_zone_that_holds_others_does_not_close(zone, actor):
    with pytest.raises(ZoneHoldsOthers, match="zones ouvertes : 1"):
        actions.close_zone(zone=zone("XX010101"), on=ON, actor=actor, reason="Essai")


def test_a_zone_closes_once_and_after_it_opened(zone, actor):
    village = zone("XX010101001")
    with pytest.raises(ClosedBeforeOpened, match="08/04/2015"):
        actions.close_zone(zone=village, on=dt.date(2015, 4, 8), actor=actor, reason="Essai")
    actions.close_zone(zone=village, on=ON, actor=actor, reason="Abandonné")
    with pytest.raises(ZoneClosed):
        actions.close_zone(zone=village, on=ON, actor=actor, reason="Encore")
