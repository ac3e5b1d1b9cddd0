"""Where what a machine writes comes from."""

import datetime as dt
from enum import StrEnum
from typing import Annotated

from django.utils import timezone
from pydantic import Field, StringConstraints

from gwa.common.api.values import Body
from gwa.registry.models import Source
from gwa.registry.sources import new_source


class SourceKind(StrEnum):
    """What kind of source speaks."""

    PARTNER = "partner"
    IMPORT = "import"


class SourceIn(Body):
    """What the facts come from. The organisation is the machine's own."""

    kind: SourceKind = SourceKind.PARTNER
    collected_on: dt.date | None = Field(
        default=None, description="Day on which the facts were collected; today where not given."
    )
    label: Annotated[str, StringConstraints(max_length=80, pattern=r"^[^\x00-\x1F]*$")] = Field(
        default="", description="Your own reference: a survey, a file, a form number."
    )

    def as_source(self, organisation: str) -> Source:
        """Return the source that one action keeps with what it changes."""
        label = f"{organisation} · {self.label}" if self.label.strip() else organisation
        collected_on = self.collected_on or timezone.localdate()
        return new_source(Source.Kind(self.kind.value), label[:200], collected_on)
