"""Every address of the system, module by module."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from gwa.common.access import public

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include("gwa.accounts.urls")),
    path("i18n/setlang/", public(set_language), name="set_language"),
]
