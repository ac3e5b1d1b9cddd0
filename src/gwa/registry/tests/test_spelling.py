"""Spellings of one name share a sound; other names keep theirs."""

import pytest

from gwa.registry.rules.spelling import searchable_names, sound_of, words_of


@pytest.mark.parametrize(
    "spellings",
    [
        "Fatoumata Fatumata",
        "Cissé Sissé Cisse",
        "Diarra Djarra Jara",
        "Coulibaly Koulibaly Kulibali",
        "Traoré Taraoré Traoure Trawore",
        "Sissoko Cissokho Sissokho Cissoko",
        "Ouattara Watara",
        "Cheick Cheikh Sheikh",
        "Tiécoura Tchiécoura Tiekoura",
        "Djeneba Diénéba Djénéba",
        "Ouologuem Wologem",
        "Niakaté Gnakaté Nyakate",
        "Haïdara Aidara",
        "Diakité Jakite",
        "Diallo Djallo Jalo",
        "Sacko Sakho Sako",
        "Oumar Omar Umar",
        "Maïga Mayga",
        "Thiam Tiam",
    ],
)
def test_spellings_of_one_name_sound_the_same(spellings):
    assert len({sound_of(words_of(word)[0]) for word in spellings.split()}) == 1


@pytest.mark.parametrize(
    "names",
    [
        "Traoré Touré",
        "Diarra Dara",
        "Mahamadou Mamadou Amadou",
        "Konaté Koné",
        "Fatoumata Fadimata",
        "Keïta Koïta",
        "Sangaré Samaké",
        "Moussa Issa",
    ],
)
def test_different_names_do_not_sound_the_same(names):
    words = names.split()
    assert len({sound_of(words_of(word)[0]) for word in words}) == len(words)


def test_an_apostrophe_joins_and_accents_fall():
    assert words_of("N'Golo  KASSOGUÉ") == ["ngolo", "kassogue"]
    assert words_of("N’Tji") == ["ntji"]


def test_a_person_is_found_under_the_everyday_name_with_the_family_name():
    assert searchable_names("Fatoumata", "Traoré", "Tata") == ["fatoumata traore", "tata traore"]
    assert searchable_names("Fatoumata", "Traoré") == ["fatoumata traore"]
    assert searchable_names("Awa", "Diarra", "Awa Diarra") == ["awa diarra"]
