"""The versions of the API that are served, and how long each will be.

A version that has a successor is first deprecated, then ends: at least `NOTICE` later. Each answer
of a deprecated version says so in its headers (RFC 9745, RFC 8594).
"""

import datetime as dt
from dataclasses import dataclass

NOTICE = dt.timedelta(days=365)


@dataclass(frozen=True, slots=True)
class ApiVersion:
    """One version: since when it is served, and until when where that is decided."""

    name: str
    since: dt.date
    deprecated_on: dt.date | None = None
    ends_on: dt.date | None = None

    def __post_init__(self) -> None:
        if self.ends_on is not None and (
            self.deprecated_on is None or self.ends_on < self.deprecated_on + NOTICE
        ):
            raise ValueError(f"{self.name} ends without a year's notice")

    @property
    def headers(self) -> dict[str, str]:
        """The headers by which each answer tells of the version's end; none while it lives."""
        headers = {}
        if self.deprecated_on is not None:
            headers["Deprecation"] = f"@{int(_midnight(self.deprecated_on).timestamp())}"
        if self.ends_on is not None:
            headers["Sunset"] = _midnight(self.ends_on).strftime("%a, %d %b %Y %H:%M:%S GMT")
        return headers


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), dt.UTC)


VERSIONS = (ApiVersion("v1", since=dt.date(2026, 11, 23)),)


def version_of(path: str) -> ApiVersion | None:
    """Return the version that a path belongs to."""
    return next((one for one in VERSIONS if path.startswith(f"/api/{one.name}/")), None)
