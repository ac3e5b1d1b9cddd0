"""Lists of households and persons as telephones fetch them."""

from __future__ import annotations

import zlib

from django.db import models

from gwa.common.crypto import seal_bytes, unseal_bytes
from gwa.common.ids import new_id

_CONTENT = {"table": "submissions_madelist", "column": "sealed"}


class MadeList(models.Model):
    """A list as it was last made for a form and some zones: their telephones all get this one.

    `key` tells the list, the form and the zones; `state` what the registry of these zones was known
    by when it was made. Sealed, because the database cannot limit by zone what lies in a file.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.BinaryField(unique=True)
    state = models.CharField(max_length=64)
    md5 = models.CharField(max_length=32)
    rows = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.rows} rows"

    @property
    def content(self) -> bytes:
        """The file, as telephones get it."""
        return zlib.decompress(unseal_bytes(self.sealed, row=self.id, **_CONTENT))

    def set_content(self, content: bytes) -> None:
        """Keep the file; saves nothing."""
        self.sealed = seal_bytes(zlib.compress(content, 1), row=self.id, **_CONTENT)
