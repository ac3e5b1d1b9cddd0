"""Every address of the system, module by module."""

from django.urls import URLPattern, URLResolver, include, path

from gwa.accounts import urls as accounts

handler500 = "gwa.common.views.show_failure"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("gwa.common.urls")),
    path("", include("gwa.registry.urls")),
    path("", include("gwa.collection.urls")),
    path("", include("gwa.submissions.urls")),
    path("", include("gwa.fieldwork.urls")),
    path("exports/", include("gwa.exports.urls")),
    path("journal/", include("gwa.journal.urls")),
    path("questionnaires/", include("gwa.questionnaires.urls")),
    path("snapshots/", include("gwa.snapshots.urls")),
    path("variables/", include("gwa.variables.urls")),
    path("zones/", include("gwa.zones.urls")),
    path("api/", include(("gwa.api", "api"))),
    path("account/", include("gwa.accounts.urls")),
    path("accounts/", include((accounts.administration, "accounts"))),
]
