"""Walking through the zones: the tree, the map, one zone, a change; on a phone and at a desk."""

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone

from gwa.accounts.models import Profile, User
from gwa.common.scope import everywhere
from gwa.journal.models import Actor
from gwa.registry.models import ZoneFigure
from gwa.zones.actions import import_zones
from gwa.zones.boundaries.files import read_files
from gwa.zones.models import Crosswalk, Geography, Level, Zone
from gwa.zones.rules.orders import ImportOrder
from gwa.zones.tests.invented import write_country

PHONE, DESK = 360, 1440
ON = dt.date(2026, 11, 22)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def country(transactional_db, tmp_path):
    """The invented country before and after its reform, with figures."""
    files = write_country(tmp_path)
    with transaction.atomic(), everywhere():
        for code, name, since in (
            ("2015", "Avant la réforme", dt.date(2015, 4, 8)),
            ("2023", "Depuis la réforme", dt.date(2023, 3, 13)),
        ):
            order = ImportOrder(
                geography=code, name=name, on=ON, valid_from=since, ends_previous=True
            )
            import_zones(readings=read_files(files), order=order, actor=Actor(label="essai"))
        new = Geography.objects.get(code="2023")
        old = Zone.objects.get(geography__code="2015", code="XX010102")
        for code, share in (("XX010102", "0.6"), ("XX010101", "0.4")):
            Crosswalk.objects.create(old=old, new=new.zones.get(code=code), share=share)
        for zone in new.zones.filter(level__lte=Level.COMMUNE):
            number = int(zone.code[2:] or 1)
            for measure, value in (("households", number % 977), ("persons", number % 977 * 7)):
                ZoneFigure.objects.create(
                    zone=zone,
                    zone_path=zone.path,
                    measure=measure,
                    value=value,
                )
    return new


@pytest.fixture
def make_user(country):
    """Give an account these rights, in the whole country or in some zones."""

    def make(*rights, zones=None):
        profile = Profile.objects.create(
            code="essai", name="Essai", rights=list(rights), is_national=zones is None
        )
        user = User.objects.create(
            username="awa", email="awa@example.org", full_name="Awa Traoré", profile=profile
        )
        user.zones.set(zones or [])
        return user

    return make


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_tree_leads_to_a_commune_and_its_former_one(start_walk, make_user, country, width):
    walk = start_walk(width=width)
    walk.enter_as(make_user("zones.read_zones"))
    walk.open("/zones/")
    walk.shoot(f"zones-{width}")
    walk.assert_clean()
    walk.page.get_by_role("button", name="Ouvrir Nord-Ouest").click()
    walk.page.get_by_role("button", name="Ouvrir Cercle 11").click()
    walk.page.get_by_role("link", name="Commune 11", exact=True).wait_for()
    walk.shoot(f"zones-tree-{width}")
    walk.assert_clean()
    walk.page.get_by_role("button", name="Refermer Cercle 11").click()
    walk.page.get_by_role("link", name="Commune 11", exact=True).wait_for(state="detached")
    walk.page.get_by_role("link", name="Cercle 11", exact=True).click()
    walk.page.get_by_role("heading", name="Cercle 11", exact=True).wait_for()
    walk.wait_until_drawn()
    walk.shoot(f"zone-cercle-{width}")
    walk.assert_clean()
    walk.page.get_by_role("link", name="Commune 12", exact=True).click()
    walk.page.get_by_text("60 % de ses habitants").wait_for()
    walk.wait_until_drawn()
    walk.shoot(f"zone-commune-{width}")
    walk.assert_clean()
    walk.page.locator("#content").get_by_role("link", name="Commune 12").last.click()
    walk.page.get_by_text("Passage ambigu").wait_for()
    walk.wait_until_drawn()
    walk.assert_clean()


def test_the_tree_works_without_script(start_walk, make_user):
    walk = start_walk(java_script_enabled=False)
    walk.enter_as(make_user("zones.read_zones"))
    walk.page.goto(walk.address + "/zones/")
    walk.page.get_by_role("button", name="Ouvrir Sud-Est").click()
    assert walk.page.get_by_role("link", name="Cercle 41", exact=True).is_visible()


def test_a_misspelt_zone_is_found(start_walk, make_user):
    walk = start_walk()
    walk.enter_as(make_user("zones.read_zones"))
    walk.open("/zones/")
    walk.page.get_by_role("searchbox", name="Chercher une zone").fill("konieba 0203")
    walk.page.get_by_role("button", name="Montrer").click()
    walk.wait_until_drawn()
    walk.page.get_by_role("link", name="Kɔ̀nyɛ̀ba 0203").first.wait_for()
    walk.shoot("zones-search")
    walk.assert_clean()


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_commune_agent_sees_one_commune_and_its_figures_only(
    start_walk, make_user, country, width
):
    commune = country.zones.get(code="XX010101")
    walk = start_walk(width=width)
    walk.enter_as(make_user("zones.read_zones", zones=[commune]))
    walk.open(f"/zones/?level={Level.COMMUNE.value}")
    content = walk.page.locator("#content")
    assert content.get_by_role("link", name="Commune 11", exact=True).is_visible()
    assert content.get_by_role("link", name="Nord-Est").count() == 0
    walk.shoot(f"zones-agent-{width}")
    walk.assert_clean()
    walk.open(f"/zones/{commune.parent_id}/")
    assert content.get_by_text("ses chiffres ne sont pas montrés").is_visible()
    assert content.get_by_text("Commune 12").count() == 0
    walk.assert_clean()


def test_a_village_is_added_then_closed(start_walk, make_user, country):
    commune = country.zones.get(code="XX010101")
    walk = start_walk(width=PHONE)
    walk.enter_as(make_user("zones.read_zones", "zones.manage_zones"))
    walk.open(f"/zones/{commune.pk}/")
    walk.page.get_by_role("link", name="Ajouter une zone").click()
    walk.page.get_by_label("Nom", exact=True).fill("Ségou-Koura")
    walk.page.get_by_label("Code").fill("XX0101")
    walk.page.get_by_label("Niveau").select_option("village")
    walk.page.get_by_label("Motif").fill("Village nouveau")
    walk.page.get_by_role("button", name="Créer la zone").click()
    walk.page.get_by_text("est déjà celui de").wait_for()
    walk.shoot("zone-refused-360")
    walk.assert_clean()
    walk.page.get_by_label("Code").fill("XX0101019")
    walk.page.get_by_role("button", name="Créer la zone").click()
    walk.page.get_by_text("La zone est créée.").wait_for()
    walk.assert_clean()
    walk.page.get_by_role("link", name="Fermer", exact=True).click()
    walk.page.get_by_label("Ferme le").fill(f"{timezone.localdate() + dt.timedelta(1):%d/%m/%Y}")
    walk.page.get_by_label("Motif").fill("Saisi deux fois")
    walk.page.get_by_role("button", name="Fermer la zone").click()
    walk.page.get_by_text("La zone est fermée.").wait_for()
    walk.assert_clean()
