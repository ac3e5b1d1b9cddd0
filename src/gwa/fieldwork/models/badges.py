"""The badge by which anybody may know an enumerator."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Badge(models.Model):
    """A code that a public page turns into a name, a function and whether the person serves.

    Random, so that nobody walks through the team; renewed, the code before says nothing any more.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="badge"
    )
    code = models.CharField(max_length=20, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.code
