"""The search screen: names reach no address, no log, no plain session; speed is limited."""

import logging
import re

import pytest
from django.urls import reverse

from gwa.journal.models import Entry
from gwa.registry.actions import readings
from gwa.registry.queries import hits

URL = reverse("registry:search")


def ask(client, words, **more):
    return client.post(URL, {"q": words, **more}, follow=True)


def test_what_is_typed_is_found_and_stays_out_of_the_address(desk, caplog):
    with caplog.at_level(logging.DEBUG, logger="django.request"):
        page = ask(desk, "Hawa Taraoré")
    assert "Awa Traoré" in page.text
    (address, _status) = page.redirect_chain[-1]
    assert "Taraor" not in address
    assert "Hawa" not in address
    assert "Taraor" not in caplog.text


def test_the_session_keeps_it_sealed(desk):
    ask(desk, "Hawa Taraoré")
    assert "Taraor" not in str(dict(desk.session))


def test_the_results_come_back_with_the_browsers_back_button(desk):
    address = ask(desk, "Hawa Taraoré").redirect_chain[-1][0]
    ask(desk, "Aïcha Walet")
    assert "Awa Traoré" in desk.get(address).text


def test_another_person_cannot_read_what_was_typed(desk, commune):
    address = ask(desk, "Aïcha Walet").redirect_chain[-1][0]
    assert "Walet" not in commune.get(address).text


def test_an_agent_finds_only_in_the_commune(commune):
    assert "Personne ne répond dans vos zones" in ask(commune, "Aïcha Walet").text
    assert "Awa Traoré" in ask(commune, "Awa Traoré").text


@pytest.mark.parametrize("address", ["?status=active", "?place=Mopti", "?place=Gao", "?zone=1"])
def test_no_filter_lets_an_agent_out_of_the_commune(commune, address):
    assert "Walet" not in commune.get(URL + address).text


def test_a_search_outside_the_technical_unit_leaves_a_line_without_the_words(commune, agent):
    ask(commune, "Hawa Taraoré")
    line = Entry.objects.get(action="registry.searched", actor_id=agent.pk)
    assert line.right == "registry.search"
    assert line.data == {"asked": "name", "found": 1, "filters": False}


def test_the_technical_unit_searches_without_a_line(desk):
    ask(desk, "Hawa Taraoré")
    assert not Entry.objects.filter(action="registry.searched").exists()


def test_one_letter_is_answered_with_what_to_do(desk):
    assert "Tapez au moins deux lettres" in ask(desk, "a").text


def test_a_program_that_searches_without_end_is_slowed(desk, monkeypatch):
    monkeypatch.setattr(readings, "MOST_SEARCHES", 2)
    assert ask(desk, "Awa").status_code == 200
    assert ask(desk, "Awa").status_code == 200
    slowed = ask(desk, "Awa")
    assert slowed.status_code == 429
    assert "Trop de recherches" in slowed.text
    assert "Awa Traoré" not in slowed.text


def test_filters_are_said_and_closed_over_an_answer(desk):
    closed = r'<details class="card mb-3">\s*<summary[^>]*>Filtres <span[^>]*>actif</span>'
    assert re.search(closed, desk.get(URL, {"status": "active"}).text)
    page = desk.get(URL, {"status": "dissolved", "visited_to": "2030-01-01"}).text
    assert '<details class="card mb-3" open>' in page
    assert "jusqu’au 01/01/2030" in page


def test_a_wrong_filter_is_shown_and_breaks_nothing(desk):
    page = desk.get(URL, {"visited_from": "hier", "status": "xx", "zone": "x", "place": "Zzz"})
    assert page.status_code == 200
    assert "Aucune de vos zones ne porte ce nom" in page.text


@pytest.mark.parametrize("after", ["x", "a:b:c", "%00", "1' OR 1=1"])
def test_a_forged_key_breaks_nothing(desk, after):
    assert desk.get(URL, {"status": "active", "after": after}).status_code == 200


def test_the_search_page_asks_few_things(desk, django_assert_max_num_queries):
    address = ask(desk, "Hawa Taraoré").redirect_chain[-1][0]
    with django_assert_max_num_queries(25):
        desk.get(address)


def test_a_partial_answer_says_how_far_it_looked(desk, monkeypatch):
    monkeypatch.setattr(hits, "MOST_HOUSEHOLDS", 1)
    page = desk.get(URL, {"status": "dissolved"})
    assert "Rien encore parmi les fiches parcourues" in page.text
    # Whichever zone comes first: their numbers are drawn.
    assert re.search(r"1 fiches? parcourue.*(Sévaré|Berrah)", page.text)
    assert 'rel="next"' in page.text
