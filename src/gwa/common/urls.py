"""Routes that belong to no module."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.i18n import set_language

from gwa.common import views
from gwa.common.access import public

guide_patterns = [
    path("", views.show_guide, name="home"),
    path("images/<str:name>", views.show_guide_image, name="image"),
    path("<slug:name>/", views.show_guide_page, name="page"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("aide/", include((guide_patterns, "guide"))),
    re_path(r"^drafts/(?P<form>[a-z0-9_.:-]{1,200})/$", views.show_draft, name="draft"),
    path("language/", public(set_language), name="set_language"),
]

if settings.MODE in {"dev", "test"}:
    from gwa.common import gallery

    urlpatterns += [path("gallery/", include((gallery.urlpatterns, "gallery")))]
