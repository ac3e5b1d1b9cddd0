"""Numbers that other bodies give."""

import datetime as dt

import pytest

from gwa.common.scope import scoped
from gwa.journal.models import Entry
from gwa.registry import errors
from gwa.registry.actions import end_identifier, mark_deceased, set_identifier, verify_identifier
from gwa.registry.models import Identifier, Version
from gwa.registry.words import odd_identifier
from gwa.testing.cast import FATOU, LATER, LATER_STILL, Cast, correction

NINA = "12345678901234A"


def give(cast: Cast, name: str, value=NINA, kind="nina", on=LATER) -> Identifier:
    return set_identifier(
        person=cast.person(name), kind=kind, value=value, source=correction(on), actor=FATOU
    )


def test_a_number_is_kept_sealed(cast: Cast):
    held = give(cast, "Awa", " 1234 5678-901234 a ")
    assert (held.value, held.is_claim) == (NINA, False)
    assert NINA.encode() not in bytes(held.value_sealed)
    assert NINA not in str(Entry.objects.get(action="registry.identifier_set").data)


def test_a_new_number_of_the_same_kind_ends_the_old_one(cast: Cast):
    old = give(cast, "Awa")
    give(cast, "Awa", "99945678901234B", on=LATER_STILL)
    old.refresh_from_db()
    assert old.ended_on == LATER_STILL
    kept = Version.objects.filter(table_name="registry_identifier", operation="U")
    assert NINA not in str(kept.get().row_before)


def test_a_number_that_another_holds_even_out_of_sight_is_kept_as_a_claim(cast: Cast):
    give(cast, "Awa")
    with scoped([cast.places.gao.path]):
        assert not Identifier.objects.exists()
        claim = give(cast, "Aïcha")
    assert claim.is_claim
    assert Identifier.objects.get(person__given_name="Awa").ended_on is None
    assert Entry.objects.filter(action="registry.identifier_claimed").count() == 1
    with pytest.raises(errors.IdentifierIsClaim):
        verify_identifier(identifier=claim, on=LATER, actor=FATOU)


def test_a_number_is_verified_and_ended(cast: Cast):
    held = give(cast, "Awa")
    seen = verify_identifier(identifier=held, on=LATER, actor=FATOU)
    assert (seen.verified_on, seen.verified_by) == (LATER, "fatou")
    ended = end_identifier(identifier=held, on=LATER_STILL, actor=FATOU, reason="carte perdue")
    assert ended.ended_on == LATER_STILL
    with pytest.raises(errors.IdentifierEnded):
        verify_identifier(identifier=held, on=LATER_STILL, actor=FATOU)
    assert not give(cast, "Bakary").is_claim, "an ended number is free"


@pytest.mark.parametrize(
    ("kind", "value"),
    [("nina", "1234567890123A"), ("nina", "123456789012345"), ("cmss", "?!"), ("lune", "12345")],
)
def test_a_malformed_number_is_refused(cast: Cast, kind, value):
    with pytest.raises(errors.IdentifierMalformed):
        give(cast, "Awa", value, kind)


def test_what_cannot_be_is_refused(cast: Cast):
    give(cast, "Awa")
    with pytest.raises(errors.IdentifierAlreadySet):
        give(cast, "Awa")
    with pytest.raises(errors.DayInFuture):
        give(cast, "Bakary", on=dt.date(2999, 1, 1))
    mark_deceased(person=cast.person("Kadia"), on=LATER, actor=FATOU)
    with pytest.raises(errors.PersonDeceased):
        give(cast, "Kadia")


def test_an_odd_nina_is_told_and_never_refused(cast: Cast):
    assert len(odd_identifier(give(cast, "Awa", "11845678901234A"))) == 1
    assert odd_identifier(give(cast, "Kadia", "12555678901234A")) == []
    assert odd_identifier(give(cast, "Kadia", "ABC123", kind="cmss")) == []
