"""One variable: what it means, its choices, its history."""

import pytest

pytestmark = pytest.mark.django_db
READ = "variables.read_dictionary"


@pytest.fixture
def read(sign_in):
    client = sign_in(READ)

    def get(address):
        response = client.get(address)
        assert response.status_code == 200
        return " ".join(response.content.decode().split())

    return get


def test_it_says_what_the_variable_means(folder, read):
    folder.variables["rooms"] |= {
        "relevance": {"fr": "Ménages logés", "en": "Housed"},
        "sensitive": True,
    }
    folder.publish()
    page = read("/variables/rooms/")
    for said in ("Pièces", "nombre entier", "de 0 à 60", "Ménages logés", "après 36 mois"):
        assert said in page, said


def test_it_lists_the_choices_in_each_language(folder, read):
    folder.publish()
    page = read("/variables/roof/")
    assert page.index("<code>metal</code>") < page.index("<code>thatch</code>")
    assert '<span lang="en">Thatch</span>' in page


def test_bambara_is_said_to_need_a_speaker(folder, read):
    folder.publish()
    page = read("/variables/roof/")
    assert "So bili" in page
    assert page.count("à relire par un locuteur") == 1


def test_its_history_tells_each_version(folder, read):
    folder.publish()
    folder.follow(rooms={"renamed": "room_count"})
    folder.variables["room_count"] = folder.variables.pop("rooms")
    folder.publish()
    folder.follow()
    folder.variables["room_count"]["max"] = 80
    folder.publish()
    page = read("/variables/room_count/")
    assert "Version 2 : « rooms » devient « room_count »" in page
    assert "Version 3 : modifiée" in page
    assert "<del>de 0 à 60</del>" in page
    assert "<ins>de 0 à 80</ins>" in page


def test_a_variable_of_an_old_version_keeps_its_page(folder, read):
    folder.publish()
    folder.follow(rooms={"dropped": True})
    del folder.variables["rooms"]
    folder.publish()
    page = read("/variables/rooms/")
    assert "n’existe pas dans la version 2" in page
    assert "« rooms » n’est plus demandée" in page
    assert "nombre entier" in read("/variables/rooms/?version=1")


def test_an_unknown_variable_is_not_found(folder, sign_in):
    folder.publish()
    assert sign_in(READ).get("/variables/nothing/").status_code == 404
