"""Days as people write them."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from gwa.common.days import AnyDayField, DayField, today


def test_what_has_happened_has_a_day_that_has_come():
    with pytest.raises(ValidationError, match="pas encore arrivée"):
        DayField().clean((today() + dt.timedelta(days=1)).isoformat())


def test_a_campaign_ends_on_a_day_to_come():
    ahead = today() + dt.timedelta(days=30)
    assert AnyDayField().clean(ahead.isoformat()) == ahead
