"""Addresses of every way in."""

from django.urls import path

from gwa.collection.views.desk import asides, check, papers, roster, sheets, steps

app_name = "collection"
ONE = "registrations/<uuid:registration_id>/"
urlpatterns = [
    path("registrations/", sheets.desk, name="desk"),
    path(f"{ONE}place/", steps.place, name="desk_place"),
    path(f"{ONE}members/", steps.members, name="desk_members"),
    path(f"{ONE}household/", steps.household, name="desk_household"),
    path(f"{ONE}persons/<int:key>/", steps.person, name="desk_person"),
    path(f"{ONE}closing/", steps.closing, name="desk_closing"),
    path(f"{ONE}check/", check.check, name="desk_check"),
    path(f"{ONE}draft/<str:step>/<int:key>/", asides.keep, name="desk_draft"),
    path(f"{ONE}places/", asides.find_places, name="desk_places"),
    path(f"{ONE}people/", roster.find_people, name="desk_people"),
    path(f"{ONE}papers/<uuid:file_id>/", papers.show_paper, name="desk_paper"),
    path(f"{ONE}give-up/", sheets.give_up, name="desk_give_up"),
]
