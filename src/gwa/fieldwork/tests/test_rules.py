"""When an interview may go back, and what telephones may hold."""

import pytest

from gwa.fieldwork.rules import Access, Hindrance, access_of, find_hindrance, narrow

MALI, MOPTI, SOCOURA, SEVARE, KONNA = "1/", "1/2/", "1/2/3/", "1/2/3/4/", "1/2/5/6/"


@pytest.mark.parametrize(
    ("change", "hindrance"),
    [
        ({}, None),
        ({"status": "warned"}, None),
        ({"status": "waiting"}, None),
        ({"status": "nobody"}, None),
        ({"status": "received"}, Hindrance.STATUS),
        ({"status": "refused"}, Hindrance.STATUS),
        ({"status": "quarantined"}, Hindrance.STATUS),
        ({"is_last_revision": False}, Hindrance.CORRECTED),
        ({"is_last_revision": False, "status": "replaced"}, Hindrance.CORRECTED),
        ({"is_sent_back": True}, Hindrance.ALREADY),
        ({"has_author": False}, Hindrance.NOBODY),
    ],
)
def test_an_interview_goes_back_once_until_its_correction_comes(change, hindrance):
    facts = {
        "status": "accepted",
        "is_last_revision": True,
        "has_author": True,
        "is_sent_back": False,
    }
    assert find_hindrance(**(facts | change)) == hindrance


@pytest.mark.parametrize(
    ("states", "access"),
    [
        ([], Access.OPEN),
        ([(KONNA, "closed")], Access.OPEN),
        ([(MOPTI, "restricted")], Access.RESTRICTED),
        ([(MOPTI, "closed"), (SOCOURA, "open")], Access.CLOSED),
        ([(MOPTI, "restricted"), (SEVARE, "closed")], Access.CLOSED),
    ],
)
def test_the_most_severe_word_around_a_village_counts(states, access):
    assert access_of(SEVARE, states) == access


@pytest.mark.parametrize(
    ("paths", "states", "assigned", "barred", "granted"),
    [
        ([SOCOURA], [], [SEVARE], (), ()),
        ([SOCOURA], [(KONNA, "closed")], [SEVARE], (), ()),
        ([SOCOURA], [(SOCOURA, "open")], [SEVARE], (), ()),
        ([SOCOURA], [(SOCOURA, "restricted")], [], (SOCOURA,), ()),
        ([SOCOURA], [(MOPTI, "restricted")], [SEVARE], (MOPTI,), (SEVARE,)),
        ([SOCOURA], [(SEVARE, "closed")], [SEVARE], (SEVARE,), ()),
        ([SOCOURA], [(MOPTI, "restricted")], [KONNA], (MOPTI,), ()),
        (["*"], [(MOPTI, "restricted")], [KONNA], (MOPTI,), (KONNA,)),
    ],
)
def test_a_telephone_holds_the_assigned_villages_of_a_restricted_zone_and_nothing_of_a_closed_one(
    paths, states, assigned, barred, granted
):
    found = narrow(paths, states, assigned)
    assert (found.barred, found.granted) == (barred, granted)
