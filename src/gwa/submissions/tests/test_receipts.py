"""A telephone asks what the server still knows, and sends again what a restore has lost."""

from xml.etree import ElementTree

import pytest
from django.db import transaction

from gwa.registry.erasure import Erased
from gwa.registry.models import Household
from gwa.submissions.entering.processing import process
from gwa.submissions.erasure import forget_interviews
from gwa.submissions.models import Original, Submission


def ask(collect, *interviews):
    """The receipts of these interviews, by state and what else is told."""
    names = ",".join(one.instance_id for one in interviews)
    root = ElementTree.fromstring(collect.get(f"receipts?id={names}").body)  # noqa: S314 (our own)
    assert [one.get("id") for one in root.iter("receipt")] == names.split(",")
    return [
        (one.get("state"), *(file.text for file in one.iter("missing")))
        for one in root.iter("receipt")
    ]


def test_it_says_what_is_whole_what_misses_files_and_what_is_unknown(collect, telephone):
    whole, unknown = telephone.family(), telephone.family()
    waiting = telephone.family(answers={"photo": "1.jpg"})
    telephone.send(whole)
    telephone.send(waiting)
    assert ask(collect, whole, waiting, unknown) == [
        ("received",),
        ("incomplete", "1.jpg"),
        ("unknown",),
    ]


def test_the_fingerprint_is_that_of_the_copy_on_the_telephone(collect, telephone):
    submission = telephone.send(telephone.family())
    told = collect.get(f"receipts?id={submission.instance_id}").text
    assert f'sha256="{Original.objects.get(pk=submission.pk).sha256}"' in told


def test_an_interview_whose_household_went_to_another_zone_is_known(collect, telephone):
    interview = telephone.family(zone_code=telephone.places.chateau.code)
    telephone.enter(interview)
    assert ask(collect, interview) == [("received",)]


@pytest.mark.parametrize("asked", ["", ",", "nonsense", "uuid:", "uuid:1,%00"])
def test_nonsense_is_unknown_and_breaks_nothing(collect, asked):
    answer = collect.get(f"receipts?id={asked}")
    assert answer.status == 200
    assert "received" not in answer.text


def test_what_a_restore_has_lost_is_sent_again_and_enters_once(collect, telephone):
    before = telephone.family()
    collect.submit(before.write())
    copies = [telephone.family(answers={"photo": "1.jpg"}), telephone.family()]
    backup = transaction.savepoint()
    for copy in copies:
        collect.submit(copy.write(), {"1.jpg": b"photo"})
        process(Submission.objects.get(instance_id=copy.instance_id).pk)
    households = {copy.household_id for copy in copies}
    # The server goes back to what it was before these two came.
    transaction.savepoint_rollback(backup)
    assert ask(collect, before, *copies) == [("received",), ("unknown",), ("unknown",)]

    for _twice in range(2):
        for copy in copies:
            assert collect.submit(copy.write(), {"1.jpg": b"photo"}).status == 201
            process(Submission.objects.get(instance_id=copy.instance_id).pk)
    assert ask(collect, before, *copies) == [("received",)] * 3
    assert {str(key) for key in Household.objects.values_list("pk", flat=True)} == households


def test_corrections_are_sent_again_in_their_order(collect, telephone):
    first = telephone.family()
    second = telephone.family(corrects=first.instance_id)
    assert ask(collect, first, second) == [("unknown",), ("unknown",)]
    assert collect.submit(second.write()).status == 409
    assert [collect.submit(one.write()).status for one in (first, second)] == [201, 201]


def test_who_was_erased_does_not_come_back_from_a_telephone(collect, telephone):
    interview = telephone.family()
    household = telephone.enter(interview).household
    forget_interviews(Erased(households=(household.pk,), persons=()))
    assert ask(collect, interview) == [("erased",)]
    answer = collect.submit(interview.write())
    assert answer.status == 410
    assert "effacé" in answer.text
    assert not Submission.objects.exists()
