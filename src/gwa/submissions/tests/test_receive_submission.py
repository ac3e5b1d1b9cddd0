"""An interview is taken in once, whole, before anything is said of it."""

import pytest

from gwa.journal.models import Entry
from gwa.submissions import errors, storage
from gwa.submissions.actions import revoke_device
from gwa.submissions.models import Original, Submission
from gwa.submissions.tests.conftest import MOUSSA

PHOTO = b"\xff\xd8 a photo"


def test_it_is_kept_as_it_came_and_queued(telephone):
    interview = telephone.family()
    submission = telephone.send(interview)
    original = Original.objects.get(pk=submission.pk)
    assert original.xml == interview.write()
    assert b"Tall" not in bytes(original.sealed)
    assert submission.status == Submission.Status.RECEIVED
    assert submission.is_complete
    assert submission.revision == 1


def test_sent_ten_times_it_is_one(telephone):
    interview = telephone.family()
    ids = {telephone.send(interview).pk for _ in range(10)}
    assert len(ids) == 1
    lines = Entry.objects.filter(subject_id=str(ids.pop()))
    assert sorted(line.action for line in lines) == [
        "submissions.received",
        *["submissions.sent_again"] * 9,
    ]


def test_other_words_under_its_name_are_refused_and_replace_nothing(telephone):
    interview = telephone.family()
    submission = telephone.send(interview)
    before = interview.write()
    interview.answers = {"rooms": "9"}
    with pytest.raises(errors.InstanceDiffers):
        telephone.send(interview)
    assert Original.objects.get(pk=submission.pk).xml == before


def test_it_waits_for_the_files_that_it_names(telephone):
    interview = telephone.family(answers={"photo": "1700.jpg"})
    submission = telephone.send(interview)
    assert not submission.is_complete
    submission = telephone.send(interview, ("1700.jpg", PHOTO))
    assert submission.is_complete
    [file] = submission.files.all()
    assert storage.read(file.stored, key=file.pk) == PHOTO
    assert PHOTO not in storage.path_of(file.stored).read_bytes()


def test_a_file_that_is_there_is_not_written_again(telephone):
    interview = telephone.family(answers={"photo": "1700.jpg"})
    telephone.send(interview, ("1700.jpg", PHOTO))
    submission = telephone.send(interview, ("1700.jpg", b"another photo"))
    [file] = submission.files.all()
    assert storage.read(file.stored, key=file.pk) == PHOTO


def test_a_refused_sending_leaves_no_file(telephone):
    interview = telephone.family(version="never published")
    before = set(storage.stored_files())
    with pytest.raises(errors.FormUnknown):
        telephone.send(interview, ("1700.jpg", PHOTO))
    assert not Submission.objects.exists()
    assert set(storage.stored_files()) == before


@pytest.mark.parametrize(
    ("xml", "refusal"),
    [
        (b"", errors.XmlMalformed),
        (b"<data", errors.XmlMalformed),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><data id="essai-menage">&a;</data>', errors.XmlMalformed),
        (b'<data id="essai-menage" version="1"><meta/></data>', errors.InstanceUnnamed),
    ],
)
def test_what_is_no_interview_is_refused(telephone, xml, refusal):
    interview = telephone.family()
    interview.write = lambda: xml
    with pytest.raises(refusal):
        telephone.send(interview)


def test_a_correction_is_the_next_revision_of_the_same_interview(telephone):
    first = telephone.family()
    before = telephone.send(first)
    after = telephone.send(telephone.family(corrects=first.instance_id))
    assert (after.interview_id, after.revision) == (before.interview_id, 2)


def test_a_correction_of_what_nobody_knows_is_refused(telephone):
    with pytest.raises(errors.CorrectedUnknown):
        telephone.send(telephone.family(corrects="uuid:00000000-0000-4000-8000-000000000000"))


def test_only_the_last_revision_can_be_corrected(telephone):
    first = telephone.family()
    telephone.send(first)
    telephone.send(telephone.family(corrects=first.instance_id))
    with pytest.raises(errors.CorrectedAlready):
        telephone.send(telephone.family(corrects=first.instance_id))


def test_what_a_revoked_telephone_still_sends_is_set_apart(telephone):
    telephone.device = revoke_device(device=telephone.device, actor=MOUSSA, reason="perdu")
    submission = telephone.enter(telephone.family())
    assert submission.status == Submission.Status.QUARANTINED
