"""Addresses of interviews: the door for phones, and the desk's pages."""

from collections.abc import Callable
from typing import TypeAlias

from django.http import HttpResponse
from django.urls import path

from gwa.submissions.views import desk, devices, openrosa, trial

app_name = "submissions"
ONE = "submissions/<uuid:submission_id>/"
View: TypeAlias = Callable[..., HttpResponse]
_DOOR: list[tuple[str, View, str]] = [
    ("formList", openrosa.show_form_list, "form_list"),
    ("forms/<int:version_id>/form.xml", openrosa.show_form, "form"),
    ("forms/<int:version_id>/manifest", openrosa.show_manifest, "manifest"),
    ("forms/<int:version_id>/media/<str:name>", openrosa.show_media, "media"),
    ("forms/<int:version_id>/integrity/<str:dataset>", openrosa.show_integrity, "integrity"),
    ("submission", openrosa.submit, "submit"),
    ("receipts", openrosa.show_receipts, "receipts"),
]
urlpatterns = [
    path("submissions/", desk.show_submissions, name="submissions"),
    path(ONE, desk.show_submission, name="submission"),
    path(f"{ONE}original.xml", desk.download_original, name="original"),
    path(f"{ONE}try-again/", desk.try_again, name="try_again"),
    path(f"{ONE}refuse/", desk.refuse, name="refuse"),
    path(f"{ONE}settle/", desk.settle, name="settle"),
    path("drafts-of-telephones/<uuid:draft_id>/", desk.show_draft_copy, name="draft_copy"),
    path("questionnaires/versions/<int:version_id>/trial/", trial.show_trial, name="trial"),
    path("devices/", devices.show_devices, name="devices"),
    path("devices/new/", devices.enrol, name="device_new"),
    path("devices/<int:number>/", devices.show_device, name="device"),
    path("devices/<int:number>/unlock/", devices.unlock, name="device_unlock"),
    path("devices/<int:number>/answer/", devices.answer, name="device_answer"),
    path("devices/<int:number>/revoke/", devices.revoke, name="device_revoke"),
    *(
        path(f"openrosa/{way}{page}", view, name=f"{prefix}{name}")
        for way, prefix in (("", "openrosa_"), ("key/<str:token>/", "key_"))
        for page, view, name in _DOOR
    ),
]
