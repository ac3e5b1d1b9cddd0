"""An interview enters the registry whole, by the rules of lists; or it waits with the reason."""

import datetime as dt

from gwa.registry.actions import correct_household
from gwa.registry.models import Household, Membership, Person
from gwa.submissions.entering.base import version_of
from gwa.submissions.entering.processing import process
from gwa.submissions.models import Submission
from gwa.testing.cast import FATOU, correction
from gwa.testing.small_form import Member

Status, Queue = Submission.Status, Submission.Queue


def members(household):
    rows = Membership.objects.current().filter(household=household).order_by("started_on", "pk")
    return [(row.person.given_name, row.relationship) for row in rows.select_related("person")]


def test_a_new_household_enters_with_its_members_and_its_source(telephone):
    interview = telephone.family()
    submission = telephone.enter(interview)
    assert (submission.status, submission.problems) == (Status.ACCEPTED, [])
    household = submission.household
    assert str(household.pk) == interview.household_id
    assert household.zone_id == telephone.places.sevare.pk
    assert (household.lat, household.lon, household.accuracy_m) == (14.53, -4.1, 6)
    assert household.answers["rooms"] == 3
    assert members(household) == [("Ali", "head"), ("Oumou", "spouse"), ("Bakary", "child")]
    assert household.source == submission.source
    assert (household.source.kind, str(household.source.collected_on)) == (
        "interview",
        "2026-02-03",
    )
    assert submission.zone_path == household.zone_path


def test_persons_keep_the_ids_that_the_telephone_gave(telephone):
    interview = telephone.family()
    telephone.enter(interview)
    assert {str(key) for key in Person.objects.values_list("pk", flat=True)} == {
        member.id for member in interview.members
    }


def test_run_twice_the_job_enters_it_once(telephone):
    submission = telephone.enter(telephone.family())
    process(submission.pk)
    assert Household.objects.count() == 1


def test_a_household_without_a_head_waits_and_nothing_of_it_entered(telephone):
    submission = telephone.enter(
        telephone.family(members=[Member("Oumou", "Diarra", "F", "spouse")])
    )
    assert (submission.status, submission.queue) == (Status.WAITING, Queue.CHECKS)
    assert submission.codes == ["registry.head_not_one"]
    assert not Household.objects.exists()
    assert not Person.objects.exists()


def test_a_place_that_nobody_knows_waits_in_a_queue_of_its_own(telephone):
    submission = telephone.enter(telephone.family(zone_code="99"))
    assert (submission.status, submission.queue) == (Status.WAITING, Queue.PLACE)


def test_what_the_form_refuses_is_refused_here_too(telephone):
    submission = telephone.enter(telephone.family(answers={"rooms": "41"}))
    assert submission.queue == Queue.CHECKS
    [problem] = [p for p in submission.problems if p["code"] == "submissions.form_rule_broken"]
    assert problem["facts"]["message"] == "Trop de pièces."


def test_an_interview_of_three_minutes_enters_with_a_remark(telephone):
    submission = telephone.enter(telephone.family(ended="2026-02-03T09:03:00.000+00:00"))
    assert submission.status == Status.WARNED
    assert submission.codes == ["submissions.too_fast"]


def test_a_point_far_from_the_village_is_remarked(telephone):
    submission = telephone.enter(telephone.family(answers={"gps": "16.27 -0.04 250 5"}))
    assert submission.codes == ["submissions.far_from_village"]


def again(telephone, interview, **more):
    """The same household interviewed again, with what the telephone fetched before."""
    known = [
        Member(
            **{name: getattr(one, name) for name in Member.__dataclass_fields__}
            | {"is_known": True}
        )
        for one in interview.members
    ]
    facts = {
        "household_id": interview.household_id,
        "members": known,
        "is_known": True,
        "base_version": 1,
    }
    return telephone.family(**(facts | more))


def test_an_update_changes_only_what_differs(telephone):
    first = telephone.family()
    telephone.enter(first)
    submission = telephone.enter(again(telephone, first, answers={"rooms": "4"}))
    assert submission.status == Status.ACCEPTED
    household = Household.objects.get()
    assert household.answers["rooms"] == 4
    assert (household.lat, household.lon) == (14.53, -4.1)
    assert version_of(household) == 2


def test_what_is_confirmed_without_a_change_counts_as_asked_that_day(telephone):
    first = telephone.family()
    telephone.enter(first)
    day = {"started": "2026-05-02T09:00:00+00:00", "ended": "2026-05-02T09:30:00+00:00"}
    telephone.enter(again(telephone, first, **day))
    household = Household.objects.get()
    assert (household.answers["rooms"], household.freshness) == (3, {"housing": "2026-05-02"})
    # An interview that comes late says nothing newer.
    telephone.enter(again(telephone, first, answers={"rooms": "3"}))
    assert Household.objects.get().freshness == {"housing": "2026-05-02"}


def test_a_newcomer_joins_the_household(telephone):
    first = telephone.family()
    telephone.enter(first)
    second = again(telephone, first)
    second.members = [*second.members, Member("Awa", "Tall", "F", "child", "2025-12-01")]
    submission = telephone.enter(second)
    assert submission.status == Status.ACCEPTED
    assert ("Awa", "child") in members(submission.household)


def test_what_others_changed_meanwhile_is_not_undone_by_an_old_copy(telephone):
    first = telephone.family()
    household = telephone.enter(first).household
    correct(household, {"answers.rooms": 7})
    submission = telephone.enter(again(telephone, first))
    assert submission.status == Status.ACCEPTED
    assert Household.objects.get().answers["rooms"] == 7


def test_what_both_changed_is_a_conflict_with_both_sides(telephone):
    first = telephone.family()
    household = telephone.enter(first).household
    correct(household, {"answers.rooms": 7})
    submission = telephone.enter(again(telephone, first, answers={"rooms": "5"}))
    assert (submission.status, submission.queue) == (Status.WAITING, Queue.CONFLICT)
    [problem] = submission.problems
    assert problem["field"] == "answers.rooms"
    assert (problem["facts"]["told"], problem["facts"]["now"], problem["facts"]["then"]) == (
        5,
        7,
        3,
    )
    assert Household.objects.get().answers["rooms"] == 7


def correct(household, changes):
    correct_household(
        household=household,
        changes=changes,
        source=correction(dt.date(2026, 2, 20)),
        actor=FATOU,
        reason="vu sur place",
    )


def test_a_correction_sent_later_replaces_what_waits(telephone):
    first = telephone.family(zone_code="99")
    waiting = telephone.enter(first)
    entered = telephone.enter(telephone.family(corrects=first.instance_id))
    waiting.refresh_from_db()
    assert (waiting.status, waiting.queue) == (Status.REPLACED, "")
    assert entered.status == Status.ACCEPTED


def test_a_correction_of_what_entered_changes_the_same_household(telephone):
    first = telephone.family()
    telephone.enter(first)
    telephone.enter(
        telephone.family(
            corrects=first.instance_id,
            household_id=first.household_id,
            members=first.members,
            answers={"rooms": "2", "gps": "14.53 -4.1 280 6"},
        )
    )
    assert Household.objects.get().answers["rooms"] == 2


def test_the_length_of_a_correction_says_nothing(telephone):
    ended = "2026-02-03T09:03:00.000+00:00"
    first = telephone.family(ended=ended)
    assert telephone.enter(first).codes == ["submissions.too_fast"]
    again = {"household_id": first.household_id, "members": first.members, "ended": ended}
    assert telephone.enter(telephone.family(corrects=first.instance_id, **again)).codes == []


def test_a_visit_that_registers_nobody_is_known_and_ends(telephone):
    interview = telephone.family()
    interview.write = _without_entity(interview)
    submission = telephone.enter(interview)
    assert submission.status == Status.NOBODY
    assert not Household.objects.exists()


def _without_entity(interview):
    xml = interview.write().replace(b'create="1"', b'create=""')
    return lambda: xml


def test_an_interview_elsewhere_shows_where_the_household_is(telephone):
    zone = telephone.places.konna
    submission = telephone.enter(telephone.family(zone_code=zone.code, answers={}))
    assert submission.zone_path == zone.path
