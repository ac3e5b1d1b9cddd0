"""The pages of zones: the tree, one zone, its changes; figures stop at the reader's zones."""

import datetime as dt
import re

import pytest

from gwa.zones import figures
from gwa.zones.figures import Measure
from gwa.zones.models import Level, Zone

pytestmark = pytest.mark.django_db
READ, MANAGE = "zones.read_zones", "zones.manage_zones"


@pytest.fixture(autouse=True)
def counted(monkeypatch):
    monkeypatch.setattr(figures, "_providers", [])
    figures.register_provider(
        [Measure("households", "Ménages")],
        lambda ids: {pk: {"households": 100_000 + pk} for pk in ids},
    )


def count_of(zone):
    return f"{100_000 + zone.pk:,}".replace(",", "\u202f")


def read(client, path, **query):
    answer = client.get(path, query)
    assert answer.status_code == 200
    return re.sub(r"[ \n]+", " ", answer.content.decode())


def test_the_first_page_shows_the_tree_the_map_and_the_dates(country, sign_in):
    page = read(sign_in(READ), "/zones/")
    assert "en vigueur depuis le 08/04/2015" in page
    assert "Nord-Ouest" in page
    assert f'data-src="/zones/map/{country.pk}/1.geojson"' in page
    assert "Commune 11" not in page


@pytest.mark.parametrize(
    ("mine", "opens_on"),
    [("XX010101", "4.geojson?within={XX0101}"), ("XX0101", "4.geojson?within={XX01}"),
     ("XX01", "2.geojson")],
)  # fmt: skip
def test_the_map_opens_on_ones_own_zones(country, zone, sign_in, mine, opens_on):
    page = read(sign_in(READ, zones=[zone(mine)]), "/zones/")
    codes = {code: zone(code).pk for code in ("XX01", "XX0101")}
    assert f'data-src="/zones/map/{country.pk}/{opens_on.format(**codes)}"' in page


def test_the_tree_opens_without_script(country, zone, sign_in):
    page = read(sign_in(READ), "/zones/", open=zone("XX0101").pk)
    assert "Commune 11" in page
    assert "Commune 13" not in page


def test_a_branch_is_given_open_then_shut(country, zone, sign_in):
    client = sign_in(READ)
    path = f"/zones/{zone('XX01').pk}/branch/"
    assert "Cercle 11" in read(client, path, open=1)
    assert "Cercle 11" not in read(client, path, open=0)


def test_the_map_shows_the_level_chosen(country, sign_in):
    page = read(sign_in(READ), "/zones/", level=int(Level.COMMUNE))
    assert f'data-src="/zones/map/{country.pk}/4.geojson"' in page


def test_a_zone_is_found_from_the_first_page(country, zone, sign_in):
    client = sign_in(READ)
    page = read(client, "/zones/", q="konyeba 0203")
    assert f'href="/zones/{zone("XX020203001").pk}/"' in page
    assert "Aucune zone ne répond" in read(client, "/zones/", q="zzzz")


def test_the_page_of_a_zone_tells_where_it_lies_its_figures_and_what_it_holds(
    country, zone, sign_in, django_assert_max_num_queries
):
    cercle = zone("XX0101")
    client = sign_in(READ)
    with django_assert_max_num_queries(22):
        page = read(client, f"/zones/{cercle.pk}/")
    for shown in (cercle, zone("XX010101"), zone("XX010102")):
        assert count_of(shown) in page
    assert page.index("Pays d’essai") < page.index("Nord-Ouest") < page.index("<h1>Cercle 11</h1>")
    assert f"?within={cercle.pk}" in page


def test_figures_above_ones_zones_are_not_shown(country, zone, sign_in):
    commune, cercle = zone("XX010101"), zone("XX0101")
    client = sign_in(READ, zones=[commune])
    page = read(client, f"/zones/{cercle.pk}/")
    assert "ses chiffres ne sont pas montrés" in page
    assert count_of(cercle) not in page
    assert count_of(commune) in page
    assert "Commune 12" not in page


def test_zones_elsewhere_do_not_exist_for_the_reader(country, zone, sign_in):
    client = sign_in(READ, zones=[zone("XX01")])
    elsewhere = zone("XX02")
    for path in ("", "branch/"):
        assert client.get(f"/zones/{elsewhere.pk}/{path}").status_code == 404
    assert client.get("/zones/", {"open": elsewhere.pk}).status_code == 404
    assert "Nord-Est" not in read(client, "/zones/", q="nord")


def test_the_zones_below_are_sorted_filtered_and_paged_by_key(country, zone, sign_in):
    region = zone("XX01")
    for number in range(30):
        Zone.objects.create(
            geography=country,
            parent=region,
            level=Level.CERCLE,
            code=f"C{number:02}",
            name=f"Bourg {number:02}",
            name_key=f"bourg {number:02}",
            path=f"{region.path}9{number:02}/",
            population=1000 - number,
            valid_from=country.valid_from,
            valid_to=dt.date(2020, 1, 1) if number == 29 else None,
        )
    client, path = sign_in(READ), f"/zones/{region.pk}/"
    page = read(client, path)
    assert "Bourg 24" in page
    assert "Bourg 25" not in page
    assert "31 lignes" in page
    following = re.search(r'rel="next" href="\?([^"]+)"', page)[1].replace("&amp;", "&")
    assert "Bourg 25" in read(client, f"{path}?{following}")
    smallest = read(client, path, sort="population")
    assert smallest.index("Bourg 28") < smallest.index("Bourg 27")
    assert "Bourg 29" not in read(client, path, name="BOURG 2")
    assert "fermée le 01/01/2020" in read(client, path, name="bourg 29", closed="on")


def test_a_village_holds_nothing_and_shows_neither_map_nor_table(country, zone, sign_in):
    page = read(sign_in(READ), f"/zones/{zone('XX010101001').pk}/")
    assert "<gwa-map" not in page
    assert "Zones contenues" not in page


def test_a_zone_is_created_renamed_and_closed_from_its_page(country, zone, sign_in):
    commune, client = zone("XX010101"), sign_in(READ, MANAGE)
    new = {"name": "Ségou Neuf", "code": "V1", "level": "5", "on": "22/11/2026", "reason": "Né"}
    answer = client.post(f"/zones/{commune.pk}/new/", new)
    created = Zone.objects.get(code="V1")
    assert answer.url == f"/zones/{created.pk}/"
    assert created.valid_from == dt.date(2026, 11, 22)
    client.post(f"/zones/{created.pk}/rename/", {"name": "Ségou-Koura", "reason": "Usage"})
    client.post(f"/zones/{created.pk}/close/", {"on": "23/11/2026", "reason": "Erreur"})
    created.refresh_from_db()
    assert (created.name, created.valid_to) == ("Ségou-Koura", dt.date(2026, 11, 23))


def test_a_refusal_is_told_and_what_was_typed_is_kept(country, zone, sign_in):
    commune, client = zone("XX010101"), sign_in(READ, MANAGE)
    new = {"name": "Neuf", "code": "XX0102", "level": "5", "on": "22/11/2026", "reason": "Né"}
    answer = client.post(f"/zones/{commune.pk}/new/", new)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "est déjà celui de « Cercle 12 »" in page
    assert 'value="Neuf"' in page


def test_a_reader_changes_nothing(country, zone, sign_in):
    client, pk = sign_in(READ), zone("XX010101").pk
    for verb in ("new", "rename", "close"):
        assert client.post(f"/zones/{pk}/{verb}/", {}).status_code == 403
    assert f"/zones/{pk}/rename/" not in read(client, f"/zones/{pk}/")


def test_a_manager_of_one_zone_changes_no_other(country, zone, sign_in):
    client = sign_in(READ, MANAGE, zones=[zone("XX01")])
    answer = client.post(f"/zones/{zone('XX02').pk}/rename/", {"name": "A", "reason": "B"})
    assert answer.status_code == 404
    above = client.post(f"/zones/{zone('XX').pk}/rename/", {"name": "A", "reason": "B"})
    assert above.status_code == 404


def test_before_any_import_the_page_says_what_to_do(db, sign_in):
    assert "./gwa zones import" in read(sign_in(READ), "/zones/")
