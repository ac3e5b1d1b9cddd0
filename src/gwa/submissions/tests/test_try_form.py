"""A form is tried with a fake household: carried like a true interview, and nothing of it stays."""

import pytest

from gwa.journal.models import Actor, Entry
from gwa.questionnaires.actions import propose_form
from gwa.questionnaires.errors import PublicationRefused
from gwa.questionnaires.models import FormVersion
from gwa.registry.models import Household, Person
from gwa.submissions.models import Original, Submission
from gwa.submissions.trial import try_form
from gwa.testing.accounts import make_account
from gwa.testing.small_form import XFORM
from gwa.variables.models import DictionaryVersion

AWA = Actor(label="awa")


def propose(xform=XFORM):
    content = xform.replace("{version}", "7").encode()
    return propose_form(content=content, file_name="essai.xml", actor=AWA)


def attempt(version):
    reader = make_account("operator")
    return try_form(version, reader=reader, actor=AWA, language="fr")


def test_a_draft_is_tried_to_the_end_and_nothing_is_written(whole_country, places, dictionary):
    version = propose()
    tables = (Submission, Original, Household, Person, DictionaryVersion, Entry)
    before = [table.objects.count() for table in tables]
    trial = attempt(version)
    assert trial.submission.status == Submission.Status.ACCEPTED
    assert [table.objects.count() for table in tables] == before
    assert FormVersion.objects.get(pk=version.pk).status == FormVersion.Status.DRAFT


def test_it_says_what_would_enter(whole_country, places, dictionary):
    trial = attempt(propose())
    assert trial.asked > 20
    assert trial.unanswered == ()
    [registered] = trial.effect
    head, *others = registered.changes
    assert (head.label, head.after) == ("chef de ménage", "Hawa Sanogo")
    assert len(others) == 3
    [household, *members] = trial.parts
    assert ("Murs", "cement") in [(one.question, one.text) for one in household.answers]
    assert len(members) == 4


def test_what_would_wait_is_said(whole_country, places, dictionary):
    headless = XFORM.replace(
        '<bind nodeset="/data/members/relationship" type="string"',
        '<bind nodeset="/data/members/relationship" type="string" constraint=". != \'head\'"',
    )
    trial = attempt(propose(headless))
    assert trial.submission.status == Submission.Status.WAITING
    assert "registry.head_not_one" in trial.submission.codes
    assert trial.effect == []


def test_what_could_not_be_published_is_refused_with_the_reason(whole_country, places, dictionary):
    changed = XFORM.replace(
        '<bind nodeset="/data/rooms" type="int" constraint=". &lt; 40"',
        '<bind nodeset="/data/rooms" type="string"',
    )
    with pytest.raises(PublicationRefused):
        attempt(propose(changed))
