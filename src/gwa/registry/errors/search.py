"""Refusals of searching."""

from django.utils.translation import gettext_lazy as _

from gwa.common.errors import DomainError


class SearchTooFast(DomainError):
    """One account searches faster than people do."""

    code = "registry.search_too_fast"
    message = _("Trop de recherches en une minute : attendez un instant, puis recommencez.")
