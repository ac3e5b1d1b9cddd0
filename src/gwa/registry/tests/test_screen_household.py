"""The page of a household: what it shows, to whom, in how many queries, with what trace."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gwa.common.days import today
from gwa.journal.models import Entry
from gwa.registry.actions import (
    change_attachment,
    correct_household,
    set_identifier,
    set_origin,
    set_place_now,
)
from gwa.registry.models import Household
from gwa.registry.queries.household_page import find_household, read_household_page
from gwa.testing.accounts import browser_of, make_account, make_profile
from gwa.testing.cast import FATOU, LATER, correction, save_row


def show(client, household, name="household"):
    return client.get(reverse(f"registry:{name}", args=[household.pk]))


def test_it_shows_the_members_with_age_and_link(desk, cast):
    page = show(desk, cast.household).text
    for words in ("Ménage d’Awa Traoré", "Kadia Coulibaly", "père ou mère", "02/05/1984"):
        assert words in page
    assert "4 personnes comptées" in page


def test_a_second_hearth_is_shown_and_not_counted(desk, cast):
    cast.second_hearth("Bakary")
    page = show(desk, cast.household).text
    assert "second foyer" in page
    assert "4 personnes comptées" in page


def test_the_map_without_boundaries_is_the_point_alone(desk, cast):
    [point] = show(desk, cast.household, "map").json()["features"]
    assert point["geometry"] == {"type": "Point", "coordinates": [-4.1, 14.53]}


def test_reading_takes_at_most_twelve_queries_whatever_the_size(cast, operator):
    for name in ("Bakary", "Oumou"):
        cast.second_hearth(name)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        household = find_household(cast.household.pk, operator)
        read_household_page(household, operator, today())
    assert len(asked) <= 12


def test_the_whole_page_asks_as_much_for_six_members_as_for_one(desk, cast):
    show(desk, cast.far)  # what is read once a process
    with CaptureQueriesContext(connection) as for_one:
        show(desk, cast.far)
    with CaptureQueriesContext(connection) as for_four:
        show(desk, cast.household)
    assert len(for_four) == len(for_one)
    registry = [query for query in for_four if '"registry_' in query["sql"]]
    assert len(registry) <= 12


def test_answers_are_read_with_the_dictionary(desk, cast, dictionary):
    household = cast.with_dictionary(dictionary)
    section, variable = next(
        (v.section, v)
        for v in dictionary.variables.filter(level="household", type="choice", storage="answers")
        .select_related("section")
        .prefetch_related("choices")
    )
    choice = variable.choices.first()
    household.answers = {variable.name: choice.code}
    save_row(row=household)
    page = show(desk, household).text
    assert section.labels["fr"] in page
    assert variable.labels["fr"].replace("'", "&#x27;") in page
    assert choice.labels["fr"].replace("'", "&#x27;") in page


def test_a_sensitive_answer_is_kept_from_those_without_the_right(cast, dictionary):
    household = cast.with_dictionary(dictionary)
    variable = dictionary.variables.filter(
        level="household", is_sensitive=True, storage="answers"
    ).first()
    first = variable.choices.first()
    household.answers = {variable.name: first.code if first else True}
    save_row(row=household)
    agent = make_account("commune_agent", cast.places.socoura)
    page = show(browser_of(agent), household).text
    assert variable.labels["fr"].replace("'", "&#x27;") in page
    assert "réservé" in page


def test_a_reading_outside_the_technical_unit_leaves_a_line(commune, agent, cast):
    show(commune, cast.household)
    line = Entry.objects.get(action="registry.household_read")
    assert (line.actor_id, line.subject_id) == (agent.pk, str(cast.household.pk))
    assert line.right == "registry.read_household"
    assert line.data == {}


def test_the_technical_unit_reads_without_a_line(desk, cast):
    show(desk, cast.household)
    assert not Entry.objects.filter(action="registry.household_read").exists()


def test_no_number_stands_on_the_page(desk, cast):
    set_identifier(
        person=cast.person("Awa"),
        kind="nina",
        value="18405123456789K",
        source=correction(),
        actor=FATOU,
    )
    page = show(desk, cast.household).text
    assert "NINA" in page
    assert "18405123456789K" not in page
    assert "76123456" not in page.replace(" ", "")


def test_a_claim_is_told(desk, cast):
    for name in ("Bakary", "Awa"):
        set_identifier(
            person=cast.person(name),
            kind="nina",
            value="18405123456789K",
            source=correction(),
            actor=FATOU,
        )
    assert "attend un arbitrage" in show(desk, cast.household).text
    assert "attend un arbitrage" not in show(desk, cast.neighbours).text


def point_of(client, household):
    feature = show(client, household, "map").json()["features"][0]
    return feature["geometry"]["coordinates"]


def test_the_map_shows_the_position(desk, cast):
    assert point_of(desk, cast.household) == [-4.1, 14.53]


def test_the_position_of_the_displaced_is_rounded(desk, cast):
    cast.household.lon, cast.household.lat = -4.1234, 14.5678
    save_row(row=cast.household)
    set_place_now(
        household=cast.household,
        zone=cast.places.soufouroulaye,
        kind=Household.PlaceKind.DISPLACEMENT_SITE,
        since=LATER,
        actor=FATOU,
    )
    assert point_of(desk, cast.household) == [-4.1, 14.6]
    assert "position arrondie" in show(desk, cast.household).text


def test_a_hidden_position_is_nowhere(desk, cast):
    correct_household(
        household=cast.household,
        changes={"is_position_hidden": True},
        source=correction(),
        actor=FATOU,
        reason="menaces",
    )
    zone = cast.places.sevare
    assert point_of(desk, cast.household) == [zone.lon, zone.lat]
    assert "Position cachée" in show(desk, cast.household).text


def test_the_origin_shows_only_with_its_right(desk, commune, cast):
    set_origin(household=cast.household, zone=cast.places.kel_gossi, actor=FATOU)
    assert "Kel Gossi" in show(desk, cast.household).text
    assert "Kel Gossi" not in show(commune, cast.household).text


def test_history_before_a_move_stays_with_the_zone_where_it_was_made(commune, cast):
    change_attachment(
        household=cast.household,
        zone=cast.places.berrah,
        on=LATER,
        source=correction(),
        actor=FATOU,
        reason="déménagement",
    )
    assert show(commune, cast.household).status_code == 404


def test_without_the_right_the_page_is_refused(cast):
    stranger = make_account(make_profile("registry.search", is_national=True))
    assert show(browser_of(stranger), cast.household).status_code == 403


def test_the_history_tells_who_when_why_and_from_what_to_what(desk, cast):
    correct_household(
        household=cast.household,
        changes={"address": "en face du marché"},
        source=correction(),
        actor=FATOU,
        reason="déménagement dans le quartier",
    )
    page = show(desk, cast.household, "history").text
    for words in ("derrière la mosquée", "en face du marché", "déménagement dans le quartier"):
        assert words in page


def test_htmx_takes_the_story_alone(desk, cast):
    url = reverse("registry:history", args=[cast.household.pk])
    part = desk.get(url, headers={"HX-Request": "true"}).text
    assert "<html" not in part
    assert "Ménage enregistré" in part


@pytest.mark.parametrize("before", ["x", "-1", "99999999999999999999"])
def test_a_wrong_cursor_breaks_nothing(desk, cast, before):
    url = reverse("registry:history", args=[cast.household.pk])
    assert desk.get(url, {"before": before}).status_code == 200
