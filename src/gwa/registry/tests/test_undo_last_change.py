"""Undoing the last change of a household, and undoing the undo."""

import dataclasses
from collections.abc import Callable

import pytest

from gwa.common.scope import scoped
from gwa.journal.models import Entry
from gwa.registry import errors
from gwa.registry.actions import (
    add_member,
    attach_document,
    change_attachment,
    change_head,
    correct_household,
    correct_person,
    dissolve_household,
    mark_deceased,
    mark_moved,
    move_member,
    remove_member,
    reopen_household,
    set_identifier,
    set_origin,
    split_household,
    undo_last_change,
)
from gwa.registry.models import Household
from gwa.registry.queries.changes import find_last_change, last_undoable_change
from gwa.registry.rules.facts import MemberFacts
from gwa.testing.cast import FATOU, LATER, Cast, correction, facts, place
from gwa.testing.dumps import dump_registry


def undo(household: Household):
    return undo_last_change(household=household, actor=FATOU, reason="erreur")


def _correct(cast: Cast):
    correct_household(
        household=cast.household,
        changes={"address": "ailleurs", "position": None},
        source=correction(),
        actor=FATOU,
        reason="x",
    )


def _rename(cast: Cast):
    correct_person(
        person=cast.person("Awa"),
        changes={"given_name": "Hawa", "phone": "66 11 22 33", "birth": None},
        source=correction(),
        actor=FATOU,
        reason="x",
    )


def _originate(cast: Cast):
    set_origin(household=cast.household, zone=cast.places.kel_gossi, actor=FATOU)


def _attach(cast: Cast):
    change_attachment(
        household=cast.household,
        zone=cast.places.berrah,
        on=LATER,
        source=correction(),
        actor=FATOU,
        reason="x",
    )


def _move(cast: Cast):
    move_member(
        person=cast.person("Binta"),
        to=cast.far,
        relationship="sibling",
        on=LATER,
        source=correction(),
        actor=FATOU,
        reason="x",
    )


def _split(cast: Cast):
    split_household(
        household=cast.household,
        leaving=[cast.membership("Binta"), cast.membership("Seydou")],
        new_head=cast.membership("Binta"),
        household_facts=dataclasses.replace(place(cast.places.berrah), registered_on=LATER),
        on=LATER,
        source=correction(),
        actor=FATOU,
        reason="x",
    )


def _die(cast: Cast):
    mark_deceased(
        person=cast.person("Awa"), on=LATER, actor=FATOU, new_heads=[cast.membership("Kadia")]
    )


def _add(cast: Cast):
    add_member(
        household=cast.household,
        member=MemberFacts(person=facts("Ali", "Diarra", "M", 2020), relationship="child"),
        on=LATER,
        source=correction(),
        actor=FATOU,
    )


def _remove(cast: Cast):
    remove_member(
        membership=cast.membership("Awa"),
        on=LATER,
        actor=FATOU,
        reason="x",
        new_head=cast.membership("Kadia"),
    )


def _lead(cast: Cast):
    change_head(
        household=cast.household, new_head=cast.membership("Kadia"), actor=FATOU, reason="x"
    )


def _identify(cast: Cast):
    set_identifier(
        person=cast.person("Awa"),
        kind="nina",
        value="12345678901234A",
        source=correction(),
        actor=FATOU,
    )


def _leave(cast: Cast):
    mark_moved(household=cast.household, on=LATER, actor=FATOU, reason="x")


def _dissolve(cast: Cast):
    dissolve_household(household=cast.household, on=LATER, actor=FATOU, reason="x")


def _reopen(cast: Cast):
    reopen_household(household=cast.household, actor=FATOU, reason="x")


CHANGES = [
    _correct, _rename, _attach, _move, _split, _die, _add, _remove, _lead, _identify, _leave,
    _dissolve, _reopen, _originate,
]  # fmt: skip
PREPARED = {_attach: _originate, _reopen: _dissolve}


@pytest.mark.parametrize("change", CHANGES)
def test_undo_gives_back_the_state_and_undoing_it_does_it_again(
    cast: Cast, change: Callable[[Cast], None]
):
    PREPARED.get(change, lambda cast: None)(cast)
    before = dump_registry()
    change(cast)
    after = dump_registry()
    assert after != before
    undo(cast.household)
    assert dump_registry() == before
    undo(cast.household)
    assert dump_registry() == after


def test_it_leaves_a_line_that_says_what_was_undone(cast: Cast):
    _correct(cast)
    change = last_undoable_change(cast.household)
    undo(cast.household)
    line = Entry.objects.get(action="registry.change_undone")
    assert line.data == {"undone": str(change.id), "actions": ["registry.household_corrected"]}


def test_a_change_of_two_households_leaves_a_line_in_both(cast: Cast):
    _move(cast)
    undo(cast.far)
    lines = Entry.objects.filter(action="registry.change_undone")
    assert {line.subject_id for line in lines} == {str(cast.household.pk), str(cast.far.pk)}
    assert cast.membership("Binta").household == cast.household


def test_a_registration_stays(cast: Cast):
    assert last_undoable_change(cast.household) is None
    with pytest.raises(errors.RegistrationStays):
        undo(cast.household)


def test_there_may_be_nothing_to_undo(cast: Cast):
    with pytest.raises(errors.NothingToUndo):
        undo(Household(pk=cast.person("Awa").pk))


def test_a_change_overtaken_elsewhere_is_not_undone(cast: Cast):
    _move(cast)
    correct_household(
        household=cast.far,
        changes={"address": "au bord du fleuve"},
        source=correction(),
        actor=FATOU,
        reason="x",
    )
    assert isinstance(find_last_change(cast.household).refusal, errors.UndoOvertaken)
    before = dump_registry()
    with pytest.raises(errors.UndoOvertaken):
        undo(cast.household)
    assert dump_registry() == before


def test_a_person_changed_since_is_not_turned_back(cast: Cast):
    _move(cast)
    correct_person(
        person=cast.person("Binta"),
        changes={"mother_name": "Awa"},
        source=correction(),
        actor=FATOU,
        reason="x",
    )
    with pytest.raises(errors.UndoOvertaken):
        undo(cast.household)


def test_a_change_that_reaches_another_zone_is_undone_by_who_sees_both(cast: Cast):
    _move(cast)
    with scoped([cast.places.socoura.path]), pytest.raises(errors.UndoReachesOutside):
        undo(cast.household)
    undo(cast.household)


def test_it_needs_a_reason(cast: Cast):
    _correct(cast)
    with pytest.raises(errors.ReasonMissing):
        undo_last_change(household=cast.household, actor=FATOU, reason="")


def test_an_attached_document_goes_and_comes_back(cast: Cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.4")
    with (tmp_path / "paper.pdf").open("rb") as upload:
        attach_document(household=cast.household, title="Acte", upload=upload, actor=FATOU)
    after = dump_registry()
    undo(cast.household)
    undo(cast.household)
    assert dump_registry() == after
