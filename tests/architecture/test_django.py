"""What Django checks by itself: our commands leave it to these tests, and start sooner."""

import pytest
from django.core.management import call_command


def test_django_complains_of_nothing():
    call_command("check", fail_level="WARNING")


@pytest.mark.django_db
def test_each_change_of_a_model_has_its_migration():
    call_command("makemigrations", check=True, dry_run=True)
