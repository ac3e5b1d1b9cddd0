"""What a telephone sends: sealed, in pieces, as often as it likes, and once in the registry."""

import datetime as dt
import hashlib
import os

import pytest
from django.core.management import call_command
from django.utils import timezone

from gwa.journal.models import Entry
from gwa.registry.erasure import Erased
from gwa.submissions import storage, upkeep
from gwa.submissions.actions import make_seal_key, revoke_device, uploads
from gwa.submissions.entering.processing import process
from gwa.submissions.erasure import forget_interviews
from gwa.submissions.models import DraftCopy, Submission, Upload
from gwa.submissions.tests.conftest import MOUSSA
from gwa.submissions.tests.test_openrosa_forms import WITH_LISTS
from gwa.testing.small_form import publish_test_form

PHOTO = b"\xff\xd8 a photo"
SMALL = 100
LONG_AGO = dt.timedelta(days=400)


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    """No file of another test."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def interview(telephone):
    return telephone.family(answers={"photo": "1.jpg"})


@pytest.fixture
def envelope(collecte, interview):
    return collecte.seal(interview.write(), kind="interview", instance_id=interview.instance_id)


@pytest.fixture
def photo(collecte, interview):
    return collecte.seal(PHOTO, kind="file", name="1.jpg", instance_id=interview.instance_id)


def name_of(envelope):
    return hashlib.sha256(envelope).hexdigest()


def test_an_interview_then_its_file_end_with_a_receipt(collecte, interview, envelope, photo):
    told = collecte.send(envelope, piece=SMALL).json()
    assert (told["done"], told["received"]) == (True, len(envelope))
    assert told["receipt"] == {
        "instance_id": interview.instance_id,
        "sha256": hashlib.sha256(interview.write()).hexdigest(),
        "revision": 1,
        "missing": ["1.jpg"],
        "state": "incomplete",
    }
    told = collecte.send(photo).json()["receipt"]
    assert (told["state"], told["missing"]) == ("received", [])
    assert told["sha256"] == hashlib.sha256(PHOTO).hexdigest()
    [file] = Submission.objects.get().files.all()
    assert storage.read(file.stored, key=file.pk) == PHOTO


def test_it_enters_the_registry_as_one_that_collect_sends(collecte, telephone):
    interview = telephone.family()
    written = interview.write()
    sealed = collecte.seal(written, kind="interview", instance_id=interview.instance_id)
    collecte.send(sealed)
    process(Submission.objects.get().pk)
    submission = Submission.objects.get()
    assert submission.household is not None
    assert (submission.device, submission.sent_by) == (telephone.device, telephone.user)
    line = Entry.objects.get(action="submissions.received")
    assert (line.actor_label, line.right) == ("moussa", "submissions.send")


def test_sent_ten_times_it_is_one(collecte, envelope, photo):
    receipts = [collecte.send(one).json() for one in [envelope] * 5 + [photo] * 5]
    assert all(one["done"] for one in receipts)
    assert Submission.objects.count() == 1
    assert Submission.objects.get().files.count() == 1
    assert Upload.objects.count() == 2


def test_after_a_cut_it_goes_on_where_it_was(collecte, envelope):
    sha256, size = name_of(envelope), len(envelope)
    collecte.put(sha256, envelope[:SMALL], offset=0, size=size)
    assert collecte.get(f"uploads/{sha256}").json() == {"received": SMALL, "done": False}
    # The piece whose answer was lost comes again, and one comes too early.
    for offset in (0, 2 * SMALL):
        again = collecte.put(sha256, envelope[offset : offset + SMALL], offset=offset, size=size)
        assert (again.status_code, again.json()["received"]) == (409, SMALL)
    answer = collecte.put(sha256, envelope[SMALL:], offset=SMALL, size=size)
    assert answer.json()["done"]
    assert collecte.get(f"uploads/{sha256}").json() == answer.json()


def test_pieces_lie_sealed_until_the_last_and_leave_nothing(
    collecte, interview, envelope, django_capture_on_commit_callbacks
):
    sha256, size = name_of(envelope), len(envelope)
    collecte.put(sha256, envelope[:SMALL], offset=0, size=size)
    [(_name, path)] = storage.stored_files(storage.PIECES)
    assert envelope[:SMALL] not in path.read_bytes()
    with django_capture_on_commit_callbacks(execute=True):
        collecte.put(sha256, envelope[SMALL:], offset=SMALL, size=size)
    assert list(storage.stored_files(storage.PIECES)) == []


def test_what_arrives_damaged_is_asked_for_again_from_the_beginning(collecte, envelope):
    sha256, size = name_of(envelope), len(envelope)
    damaged = envelope[:-1] + bytes([envelope[-1] ^ 1])
    answer = collecte.put(sha256, damaged, offset=0, size=size)
    assert (answer.status_code, answer.json()) == (409, {"received": 0, "done": False})
    assert collecte.send(envelope).json()["done"]


def test_a_refusal_is_told_each_time_it_is_asked_for_and_may_be_tried_anew(
    collecte, interview, envelope, photo
):
    early = collecte.send(photo)
    assert early.status_code == 422
    assert early.json()["refused"]["code"] == "submissions.interview_unknown"
    assert collecte.get(f"uploads/{name_of(photo)}").json() == early.json()
    collecte.send(envelope)
    assert collecte.send(photo).json()["receipt"]["state"] == "received"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"version": "never"}, "submissions.form_unknown"),
        (
            {"corrects": "uuid:0194f1c0-0000-7000-8000-000000000001"},
            "submissions.corrected_unknown",
        ),
    ],
)
def test_what_the_other_door_refuses_is_refused_here_too(collecte, telephone, change, code):
    interview = telephone.family(**change)
    sealed = collecte.seal(interview.write(), kind="interview", instance_id=interview.instance_id)
    answer = collecte.send(sealed)
    assert (answer.status_code, answer.json()["refused"]["code"]) == (422, code)
    assert answer.json()["done"]
    assert not Submission.objects.exists()


def test_what_is_no_envelope_is_refused(collecte, envelope):
    for content in (b"<data/>", envelope[:-20], b"GWA1"):
        answer = collecte.send(content)
        assert answer.json()["refused"]["code"] == "submissions.envelope_unreadable"


def test_an_envelope_that_says_another_interview_than_it_holds_is_refused(collecte, interview):
    other = "uuid:0194f1c0-0000-7000-8000-000000000001"
    sealed = collecte.seal(interview.write(), kind="interview", instance_id=other)
    answer = collecte.send(sealed)
    assert answer.json()["refused"]["code"] == "submissions.envelope_unreadable"
    assert not Submission.objects.exists()


def test_what_was_sealed_to_an_older_key_opens_after_a_new_one(collecte, envelope):
    before = list(collecte.points)
    call_command("make_seal_key", "--reason", "clé copiée")
    assert collecte.send(envelope).json()["done"]
    collecte.hello()
    assert set(collecte.points).isdisjoint(before)


def test_what_was_sealed_to_another_server_is_refused(collecte, interview):
    point = make_seal_key(actor=MOUSSA)
    collecte.points = [bytes(point.public_point)]
    point.delete()
    sealed = collecte.seal(interview.write(), kind="interview", instance_id=interview.instance_id)
    assert collecte.send(sealed).json()["refused"]["code"] == "submissions.envelope_foreign"


def test_pieces_and_envelopes_have_a_size(collecte, envelope, monkeypatch):
    sha256 = name_of(envelope)
    answer = collecte.put(sha256, b"x" * 262_145, offset=0, size=300_000)
    assert (answer.status_code, answer.json()["refused"]["code"]) == (
        413,
        "submissions.piece_too_large",
    )
    monkeypatch.setattr(uploads, "LARGEST_ENVELOPE", 10)
    assert collecte.put(sha256, envelope, offset=0, size=len(envelope)).status_code == 413


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("uploads/x?offset=0&size=1", 404),
        (f"uploads/{'A' * 64}?offset=0&size=1", 404),
        (f"uploads/{'a' * 64}", 400),
        (f"uploads/{'a' * 64}?offset=-1&size=1", 400),
        (f"uploads/{'a' * 64}?offset=0&size=0", 400),
        (f"uploads/{'a' * 64}?offset=x&size=1", 400),
    ],
)
def test_a_piece_that_says_nothing_sound_is_refused(collecte, path, status):
    answer = collecte.client.put(f"/phone/v1/{path}", b"x", headers=collecte._headers())
    assert answer.status_code == status


def test_a_lost_telephone_is_heard_and_what_it_sends_is_set_apart(collecte, telephone, envelope):
    revoke_device(device=telephone.device, actor=MOUSSA, reason="perdu")
    assert collecte.send(envelope).json()["done"]
    assert Submission.objects.get().status == "quarantined"


def test_receipts_are_told_again(collecte, interview, envelope):
    collecte.send(envelope)
    unknown = "uuid:0194f1c0-0000-7000-8000-000000000001"
    told = collecte.get(f"receipts?id={interview.instance_id},{unknown}").json()["receipts"]
    assert [(one["state"], one["missing"]) for one in told] == [
        ("incomplete", ["1.jpg"]),
        ("unknown", []),
    ]


def draft_of(collecte, interview, minute):
    return collecte.seal(
        interview.write(),
        kind="draft",
        instance_id=interview.instance_id,
        made_at=f"2026-11-28T08:{minute:02}:00.000Z",
    )


def test_the_newest_copy_of_a_draft_is_kept_until_the_interview_comes(collecte, interview):
    assert collecte.send(draft_of(collecte, interview, 10)).json()["receipt"]["state"] == "kept"
    interview.answers = {"rooms": "5", "photo": "1.jpg"}
    newest = interview.write()
    collecte.send(draft_of(collecte, interview, 20))
    interview.answers = {"rooms": "9"}
    collecte.send(draft_of(collecte, interview, 15))
    assert DraftCopy.objects.get().xml == newest
    sealed = collecte.seal(newest, kind="interview", instance_id=interview.instance_id)
    collecte.send(sealed)
    collecte.send(draft_of(collecte, interview, 30))
    assert not DraftCopy.objects.exists()


def test_a_household_that_is_erased_leaves_no_draft_and_no_envelope(collecte, telephone):
    interview = telephone.family()
    sealed = collecte.seal(interview.write(), kind="interview", instance_id=interview.instance_id)
    collecte.send(sealed)
    process(Submission.objects.get().pk)
    household = Submission.objects.get().household_id
    again = telephone.family(household_id=str(household))
    collecte.send(draft_of(collecte, again, 10))
    assert DraftCopy.objects.get().household_id == household
    forget_interviews(Erased(households=(household,), persons=()))
    assert not DraftCopy.objects.exists()
    assert not Upload.objects.exclude(submission=None).exists()


def test_what_was_abandoned_is_swept(collecte, envelope, interview):
    collecte.put(name_of(envelope), envelope[:SMALL], offset=0, size=len(envelope))
    collecte.send(draft_of(collecte, interview, 10))
    assert upkeep.sweep_uploads() == 0
    Upload.objects.update(touched_at=timezone.now() - LONG_AGO)
    DraftCopy.objects.update(received_at=timezone.now() - LONG_AGO)
    [(_name, path)] = storage.stored_files(storage.PIECES)
    os.utime(path, (0, 0))
    assert upkeep.sweep_uploads() == 1
    assert not Upload.objects.exists()
    assert not DraftCopy.objects.exists()


def test_what_was_begun_and_left_is_dropped_sooner_than_what_was_answered(collecte, envelope):
    collecte.send(envelope)
    collecte.put("a" * 64, envelope[:SMALL], offset=0, size=len(envelope))
    Upload.objects.update(touched_at=timezone.now() - dt.timedelta(days=15))
    upkeep.sweep_uploads()
    assert [one.is_done for one in Upload.objects.all()] == [True]


def test_a_telephone_leaves_a_bounded_number_of_beginnings(collecte, envelope):
    names = [f"{place:064x}" for place in range(uploads.MOST_COMING + 2)]
    for name in names:
        collecte.put(name, envelope[:SMALL], offset=0, size=len(envelope))
    kept = set(Upload.objects.values_list("sha256", flat=True))
    assert kept == set(names[2:])
    again = collecte.put(names[0], envelope[SMALL:], offset=SMALL, size=len(envelope))
    assert (again.status_code, again.json()["received"]) == (409, 0)


def test_the_forms_are_those_of_the_other_door(collecte, telephone):
    publish_test_form("2", xform=WITH_LISTS)
    [form] = collecte.get("work").json()["forms"]
    answer = collecte.get(form["url"])
    assert hashlib.md5(answer.content).hexdigest() == form["md5"]  # noqa: S324 (as OpenRosa)
    files = {one["name"]: one for one in form["files"]}
    assert files["menages.csv"]["holds_people"]
    for one in files.values():
        content = collecte.get(one["url"]).content
        assert hashlib.md5(content).hexdigest() == one["md5"]  # noqa: S324
    line = Entry.objects.filter(action="submissions.list_fetched").latest("at")
    assert (line.actor_label, line.subject_id) == ("moussa", str(telephone.device.pk))
