"""Addresses of the field: Gwa Collecte and its door."""

from django.urls import path

from gwa.fieldwork.views import application, badges, desk, phone, sending_back
from gwa.submissions.views import openrosa

app_name = "fieldwork"
_DOOR = "phone/v1/"
_FORM = f"{_DOOR}forms/<int:version_id>/"
urlpatterns = [
    path("collecte/", application.show_application, name="collecte"),
    path("collecte/sw.js", application.show_worker, name="collecte_worker"),
    path("collecte/worker/<str:name>", application.show_script, name="collecte_script"),
    path("collecte/version.json", application.show_version, name="collecte_version"),
    path("collecte/manifest.webmanifest", application.show_manifest, name="collecte_manifest"),
    path(
        "collecte/manifest-carnet.webmanifest",
        application.show_manifest,
        {"is_discreet": True},
        name="collecte_discreet_manifest",
    ),
    path(f"{_DOOR}sign-in", phone.sign_in, name="phone_sign_in"),
    path(f"{_DOOR}hello", phone.hello, name="phone_hello"),
    path(f"{_DOOR}contact", phone.contact, name="phone_contact"),
    path(f"{_DOOR}knock", phone.knock, name="phone_knock"),
    path(f"{_DOOR}work", phone.work, name="phone_work"),
    path(f"{_FORM}form.xml", openrosa.show_form, name="phone_form"),
    path(f"{_FORM}media/<str:name>", openrosa.show_media, name="phone_media"),
    path(f"{_FORM}former/<str:zone_code>", phone.former_answers, name="phone_former"),
    path(f"{_DOOR}uploads/<str:sha256>", phone.uploads, name="phone_upload"),
    path(f"{_DOOR}receipts", phone.receipts, name="phone_receipts"),
    path(
        f"{_DOOR}returns/<uuid:return_id>/instance.xml",
        phone.returned_interview,
        name="phone_return",
    ),
    path(
        f"{_DOOR}returns/<uuid:return_id>/files/<uuid:file_id>",
        phone.returned_file,
        name="phone_returned_file",
    ),
    path("work/", desk.show_work, name="work"),
    path("work/new/", desk.give, name="give"),
    path("work/<uuid:assignment_id>/close/", desk.close, name="close"),
    path(
        "submissions/<uuid:submission_id>/send-back/",
        sending_back.show_send_back,
        name="send_back",
    ),
    path("zone-access/", desk.show_access, name="access"),
    path("household-cards/", desk.cards, name="cards"),
    path("telephone-export/", desk.bring_in, name="bring_in"),
    path("badges/", badges.show_badges, name="badges"),
    path("badges/<int:user_id>/renew/", badges.renew, name="renew_badge"),
    path("badges/<int:user_id>/withdraw/", badges.withdraw, name="withdraw_badge"),
    path("badge/<slug:code>/", badges.show_badge, name="badge"),
]
