"""A version leaves service once another is there; it stays readable."""

import pytest
from django.utils import timezone

from gwa.variables.actions import retire_version
from gwa.variables.errors import NotPublished, StillCurrent
from gwa.variables.models import VersionStatus
from gwa.variables.queries import current_version, read_dictionary

pytestmark = pytest.mark.django_db


def retire(folder, version):
    return retire_version(
        version=version, actor=folder.actor, at=timezone.now(), reason="campagne finie"
    )


def test_an_older_version_leaves_service_and_stays_readable(folder):
    first = folder.publish()
    folder.follow()
    folder.variables["rooms"]["max"] = 80
    second = folder.publish()
    retired = retire(folder, first)
    assert retired.status == VersionStatus.RETIRED
    assert current_version() == second
    assert read_dictionary(retired).by_name["rooms"].maximum == 60


def test_the_version_of_new_interviews_is_not_retired(folder):
    with pytest.raises(StillCurrent):
        retire(folder, folder.publish())


def test_a_draft_is_not_retired(folder):
    with pytest.raises(NotPublished):
        retire(folder, folder.load())
