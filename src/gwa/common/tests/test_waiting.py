"""What waits for somebody is told by each module, and listed on the first page."""

import pytest

from gwa.common import waiting
from gwa.common.waiting import Waiting, list_waiting, register_waiting


@pytest.fixture(autouse=True)
def _own_list(monkeypatch):
    monkeypatch.setattr(waiting, "_providers", [])


def test_each_module_adds_its_lines_in_turn():
    register_waiting(lambda user: [Waiting(f"brouillon de {user}", "/a/")])
    register_waiting(lambda user: [])
    register_waiting(lambda user: [Waiting("import arrêté", "/b/", "hier")])
    assert [line.label for line in list_waiting("Awa")] == ["brouillon de Awa", "import arrêté"]


def test_a_module_loaded_twice_is_listed_once():
    def provide(user):
        return [Waiting("une fois", "/a/")]

    register_waiting(provide)
    register_waiting(provide)
    assert len(list_waiting("Awa")) == 1
