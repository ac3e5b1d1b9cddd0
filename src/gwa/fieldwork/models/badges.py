"""The badge by which anybody may know an enumerator."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class Badge(models.Model):
    """A code that a public page turns into a name, a function and whether the person serves.

    Random, so that nobody walks through the team; renewed, the code before says nothing any more.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="badge"
    )
    code = models.CharField(max_length=20, unique=True)
    made_at = models.DateTimeField()
    # As it is printed; without a day, as long as the person serves.
    valid_until = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.code

    @property
    def is_past(self) -> bool:
        """Tell whether the day printed on it is over."""
        return self.valid_until is not None and self.valid_until < timezone.localdate()

    @property
    def is_valid(self) -> bool:
        """Tell whether it may be shown at a door."""
        return self.withdrawn_at is None and not self.is_past
