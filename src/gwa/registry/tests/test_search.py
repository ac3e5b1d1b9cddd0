"""One box finds people by name in any spelling, number, phone or village, within one's zones."""

import pytest

from gwa.registry.actions import correct_person, mark_deceased, move_member, set_identifier
from gwa.registry.queries import hits, search
from gwa.registry.queries.hits import Filters, Order
from gwa.registry.queries.search import search_households
from gwa.registry.rules.search_terms import Asked, understand
from gwa.registry.search_index import rebuild_search
from gwa.testing.accounts import make_account
from gwa.testing.cast import FATOU, LATER, correction, save_row


@pytest.fixture
def reader(cast):
    return make_account("operator", username="sira")


def found(words, reader, **more):
    page = search_households(words, reader=reader, **more)
    return [f"{hit.given_name} {hit.family_name}" for hit in page.hits]


@pytest.mark.parametrize(
    "words",
    [
        "Awa Traoré",
        "awa traore",
        "TRAORÉ Awa",
        "Hawa Taraoré",
        "Aoua Traoure",
        "Awa Ba",
        "Traoré",
        "Awa Traoré, Sévaré",
        "Awa Traoré à Mopti",
        "awa traore sevare",
        "76 12 34 56",
        "+223 76123456",
    ],
)
def test_awa_is_found_first(reader, words):
    assert found(words, reader)[:1] == ["Awa Traoré"]


@pytest.mark.parametrize("words", ["Kulibali", "Kadja Koulibaly", "kadiia coulibali", "Coulib"])
def test_a_misspelt_name_is_found(reader, words):
    assert found(words, reader)[:1] == ["Kadia Coulibaly"]


def test_a_name_nobody_bears_finds_nobody(reader):
    assert found("Zwinglius Xqkv", reader) == []


def test_the_exact_spelling_comes_before_the_same_sound(cast, reader):
    correct_person(
        person=cast.person("Oumou"),
        changes={"given_name": "Hawa", "family_name": "Taraoré"},
        source=correction(),
        actor=FATOU,
        reason="essai",
    )
    assert found("Hawa Taraoré", reader) == ["Hawa Taraoré", "Awa Traoré"]
    assert found("Awa Traoré", reader) == ["Awa Traoré", "Hawa Taraoré"]


def test_a_registry_number_is_read_with_spaces_and_hyphens(cast, reader):
    number = cast.household.registry_number
    for typed in (
        number,
        f"{number[:4]} {number[4:8]} {number[8:]}",
        f"RSU {number[:6]}-{number[6:]}",
    ):
        page = search_households(typed, reader=reader)
        assert [hit.household_id for hit in page.hits] == [cast.household.pk]


def test_a_mistyped_number_is_called_so(cast, reader):
    number = cast.household.registry_number
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    page = search_households(wrong, reader=reader)
    assert (page.asked, list(page.hits)) == (Asked.MISTYPED_NUMBER, [])


def test_a_nina_is_found_by_its_blind_index(cast, reader):
    set_identifier(
        person=cast.person("Awa"),
        kind="nina",
        value="18405123456789K",
        source=correction(),
        actor=FATOU,
    )
    assert found("18405 123456 789 k", reader) == ["Awa Traoré"]


def test_a_village_name_offers_the_place(cast, reader):
    page = search_households("Sevare", reader=reader)
    assert [place.name for place in page.places] == ["Sévaré"]


def test_filters_keep_what_they_say(cast, reader):
    gao = Filters(zone_path=cast.places.gao.path)
    assert found("", reader, filters=gao) == ["Aïcha Walet"]
    assert found("Awa", reader, filters=gao) == []
    assert found("", reader, filters=Filters(status="dissolved")) == []
    assert len(found("", reader, filters=Filters(status="active"))) == 3


def test_an_answer_filters(cast, reader):
    cast.household.answers = {"roof": "thatch", "assets": ["radio", "plough"]}
    save_row(row=cast.household)
    assert found("", reader, filters=Filters(variable="roof", choice="thatch")) == ["Awa Traoré"]
    assert found("", reader, filters=Filters(variable="assets", choice="plough")) == ["Awa Traoré"]
    assert found("", reader, filters=Filters(variable="roof", choice="metal")) == []


def test_nothing_asked_lists_households_by_place(cast, reader):
    homes = {
        "Awa Traoré": cast.household,
        "Bakary Cissé": cast.neighbours,
        "Aïcha Walet": cast.far,
    }
    assert found("", reader) == sorted(homes, key=lambda name: homes[name].zone_path)


def test_pages_follow_each_other_without_gap_or_repetition(cast, reader):
    seen, key = [], ""
    for _ in range(10):
        page = search_households("Diarra", reader=reader, key=key, limit=1)
        seen += [hit.person_id for hit in page.hits]
        key = page.next_key
        if not key:
            break
    whole = [hit.person_id for hit in search_households("Diarra", reader=reader).hits]
    assert len(whole) == 2
    assert seen == whole


@pytest.mark.parametrize("order", [Order.PLACE, Order.OLDEST])
def test_lists_are_paged_too(cast, reader, order):
    everywhere = Filters(status="active")
    for household in (cast.household, cast.neighbours, cast.far):
        household.last_interview_on = LATER
        save_row(row=household)
    seen, key = [], ""
    for _ in range(5):
        page = search_households(
            "", reader=reader, filters=everywhere, order=order, key=key, limit=2
        )
        seen += [hit.household_id for hit in page.hits]
        key = page.next_key
        if not key:
            break
    assert sorted(seen) == sorted([cast.household.pk, cast.neighbours.pk, cast.far.pk])


@pytest.mark.parametrize("words", ["", "Diarra"])
@pytest.mark.parametrize("order", [Order.PLACE, Order.OLDEST])
def test_a_rare_answer_is_looked_for_piece_by_piece(cast, reader, monkeypatch, words, order):
    monkeypatch.setattr(hits, "MOST_HOUSEHOLDS", 1)
    monkeypatch.setattr(search, "MOST_PEOPLE", 1)
    for household in (cast.household, cast.neighbours, cast.far):
        household.last_interview_on = LATER
        household.answers = {"roof": "thatch" if household == cast.household else "metal"}
        save_row(row=household)
    rare = Filters(variable="roof", choice="thatch")
    seen, looked, key = [], 0, ""
    for _ in range(10):
        page = search_households(words, reader=reader, filters=rare, order=order, key=key)
        assert page.looked in (0, 1)
        seen += [hit.household_id for hit in page.hits]
        looked, key = looked + page.looked, page.next_key
        if not key:
            break
    whole = 2 if words else 1
    assert seen == [cast.household.pk] * whole
    assert looked == (2 if words else 3)
    assert key == ""


def test_a_full_page_is_never_called_partial(cast, reader, monkeypatch):
    monkeypatch.setattr(hits, "MOST_HOUSEHOLDS", 3)
    page = search_households("", reader=reader, filters=Filters(status="active"), limit=2)
    assert (len(page.hits), page.looked, bool(page.next_key)) == (2, 0, True)


def test_an_answer_of_a_person_filters_people(cast, reader):
    awa = cast.person("Awa")
    awa.answers = {"literate": "yes"}
    save_row(row=awa)
    of_person = Filters(variable="literate", choice="yes", of_person=True)
    assert found("Awa", reader, filters=of_person) == ["Awa Traoré"]
    assert found("Awa", reader, filters=Filters(variable="literate", choice="yes")) == []


def test_a_damaged_key_begins_again(reader):
    first = found("Traoré", reader)
    assert found("Traoré", reader, key="forged") == first


def test_people_limited_to_a_zone_find_nobody_elsewhere(cast):
    agent = make_account("commune_agent", cast.places.socoura)
    assert found("Aïcha Walet", agent) == []
    assert found(cast.far.registry_number, agent) == []
    assert found("Awa Traoré", agent) == ["Awa Traoré"]
    assert found("", agent, filters=Filters(zone_path=cast.places.gao.path)) == []


def test_the_dead_are_found_and_the_moved_are_found_where_they_are(cast, reader):
    mark_deceased(person=cast.person("Kadia"), on=LATER, actor=FATOU)
    assert found("Kadia Coulibaly", reader) == ["Kadia Coulibaly"]
    move_member(
        person=cast.person("Binta"),
        to=cast.far,
        relationship="other_relative",
        on=LATER,
        source=correction(),
        actor=FATOU,
        reason="mariage",
    )
    agent = make_account("commune_agent", cast.places.socoura)
    assert found("Binta Diarra", agent) == []
    assert found("Binta Diarra", reader) == ["Binta Diarra"]


def test_a_rebuilt_index_finds_the_same(reader):
    before = {words: found(words, reader) for words in ("Traoré", "Hawa Taraoré", "Kulibali")}
    rebuild_search()
    assert {words: found(words, reader) for words in before} == before


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", Asked.NOTHING),
        ("  ,  ", Asked.NOTHING),
        ("Fatoumata", Asked.NAME),
        ("76 12 34 56", Asked.PHONE),
        ("18405123456789K", Asked.IDENTIFIER),
        ("123456789012", Asked.MISTYPED_NUMBER),
    ],
)
def test_what_is_typed_is_understood(text, kind):
    assert understand(text).kind is kind


@pytest.mark.parametrize("words", ["Hawa Taraoré", "Kulibali", "76 12 34 56", "Sevare"])
def test_a_search_asks_the_database_few_things(reader, words, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        search_households(words, reader=reader)
