"""Dictionaries are read once a process, and old answers find their way to the newest."""

import pytest

from gwa.variables.errors import NoDictionary, NotAnEarlierVersion
from gwa.variables.queries import (
    compare_versions,
    convert,
    current_dictionary,
    mapping_between,
    read_dictionary,
    variable_history,
)
from gwa.variables.rules.answers import ProblemKind
from gwa.variables.rules.comparison import Aspect
from gwa.variables.rules.definitions import Level

pytestmark = pytest.mark.django_db


@pytest.fixture
def versions(folder):
    """Three versions: rooms renamed, then the land measured in ares and the roof simplified."""
    first = folder.publish()
    folder.follow(rooms={"renamed": "room_count"})
    folder.variables["room_count"] = folder.variables.pop("rooms")
    second = folder.publish()
    folder.follow(
        land={"converted": {"factor": "100"}},
        roof={"merged": {"thatch": "other", "metal": "metal"}},
    )
    folder.variables["land"]["unit"] = "are"
    roofs = folder.variables["roof"]["choices"]
    roofs["other"] = {"fr": "Autre", "en": "Other"}
    del roofs["thatch"]
    folder.variables["room_count"]["max"] = 10
    return first, second, folder.publish()


def test_without_a_published_version_there_is_no_dictionary(folder):
    folder.load()
    with pytest.raises(NoDictionary):
        current_dictionary()


def test_a_version_is_read_once_a_process(folder, django_assert_num_queries):
    version = folder.publish()
    read_dictionary(version)
    with django_assert_num_queries(0):
        again = read_dictionary(version)
    assert again.by_name["rooms"].label() == "Pièces"
    with django_assert_num_queries(1):
        assert current_dictionary() is again


def test_sections_go_in_order_and_by_level(folder):
    loaded = read_dictionary(folder.load())
    assert [
        (section.name, [variable.name for variable in found])
        for section, found in loaded.by_section(level=Level.HOUSEHOLD)
    ] == [("housing", ["roof", "rooms", "land"])]
    assert list(loaded.by_section(level=Level.PERSON)) == []


def test_answers_pass_through_every_version_between(versions):
    first, _second, third = versions
    answers = {"rooms": 4, "land": 1.25, "roof": "thatch"}
    conversion = convert(answers, old=first, new=third, level=Level.HOUSEHOLD)
    assert conversion.answers == {"room_count": 4, "land": 125, "roof": "other"}
    assert conversion.problems == []


def test_what_cannot_pass_is_reported(versions):
    first, _second, third = versions
    conversion = convert({"rooms": 40}, old=first, new=third, level=Level.HOUSEHOLD)
    assert conversion.answers == {}
    assert [problem.kind for problem in conversion.problems] == [ProblemKind.TOO_LARGE]


def test_a_version_maps_to_itself_by_no_change(versions):
    assert mapping_between(versions[0], versions[0]) == {}


def test_there_is_no_way_back(versions):
    with pytest.raises(NotAnEarlierVersion):
        mapping_between(versions[2], versions[0])


def test_versions_are_compared_across_others(versions):
    found = compare_versions(versions[0], versions[2])
    assert [variable.name for variable in found.added] == ["room_count"]
    assert [variable.name for variable in found.removed] == ["rooms"]
    assert {
        change.after.name: {d.aspect for d in change.differences} for change in found.changed
    } == {
        "roof": {Aspect.CHOICE_ADDED, Aspect.CHOICE_REMOVED},
        "land": {Aspect.UNIT},
    }
    assert found.refused == ()


def test_the_history_of_a_variable_tells_each_change(versions):
    steps = variable_history("room_count")
    assert [step.version.number for step in steps] == [2, 3]
    assert steps[0].is_new
    assert steps[0].changes[0].source == "rooms"
    assert [difference.aspect for difference in steps[1].differences] == [Aspect.RANGE]
    gone = variable_history("rooms")
    assert [step.version.number for step in gone] == [1, 2]
    assert gone[-1].definition is None
