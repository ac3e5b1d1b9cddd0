"""The registry's addresses: rows by their own id, never by a name or a number of anybody."""

from django.urls import path

from gwa.registry.views import (
    close_household,
    correct_household,
    documents,
    home,
    households,
    identifiers,
    members,
    persons,
    search,
)

app_name = "registry"
urlpatterns = [
    path("", home.show_home, name="home"),
    path("households/", search.search, name="search"),
    path("households/<uuid:household_id>/", households.show, name="household"),
    path("households/<uuid:household_id>/map.geojson", households.give_map, name="map"),
    path("households/<uuid:household_id>/history/", households.tell_history, name="history"),
    path("households/<uuid:household_id>/sheet.pdf", households.print_sheet, name="sheet"),
    path("households/<uuid:household_id>/correct/", correct_household.correct, name="correct"),
    path(
        "households/<uuid:household_id>/answers/<slug:section>/",
        correct_household.correct_answers,
        name="answers",
    ),
    path(
        "households/<uuid:household_id>/attachment/",
        correct_household.change_attachment,
        name="attachment",
    ),
    path(
        "households/<uuid:household_id>/place-now/",
        correct_household.set_place_now,
        name="place_now",
    ),
    path("households/<uuid:household_id>/back/", correct_household.clear_place_now, name="back"),
    path("households/<uuid:household_id>/origin/", correct_household.set_origin, name="origin"),
    path(
        "households/<uuid:household_id>/contacts/",
        correct_household.set_contacts,
        name="contacts",
    ),
    path("households/<uuid:household_id>/members/new/", members.add_member, name="add_member"),
    path("households/<uuid:household_id>/head/", members.change_head, name="head"),
    path("households/<uuid:household_id>/split/", members.split, name="split"),
    path("households/<uuid:household_id>/moved/", close_household.mark_moved, name="moved"),
    path("households/<uuid:household_id>/dissolve/", close_household.dissolve, name="dissolve"),
    path("households/<uuid:household_id>/reopen/", close_household.reopen, name="reopen"),
    path("households/<uuid:household_id>/undo/", close_household.undo, name="undo"),
    path("households/<uuid:household_id>/documents/new/", documents.attach, name="attach"),
    path("documents/<uuid:document_id>/", documents.open_document, name="document"),
    path("documents/<uuid:document_id>/remove/", documents.remove, name="remove_document"),
    path("memberships/<uuid:membership_id>/link/", members.correct_link, name="link"),
    path("memberships/<uuid:membership_id>/count/", members.count_here, name="count_here"),
    path("memberships/<uuid:membership_id>/remove/", members.remove_member, name="remove_member"),
    path("persons/<uuid:person_id>/", persons.show, name="person"),
    path("persons/<uuid:person_id>/correct/", persons.correct, name="person_correct"),
    path(
        "persons/<uuid:person_id>/answers/<slug:section>/",
        persons.correct_answers,
        name="person_answers",
    ),
    path("persons/<uuid:person_id>/join/", members.join_household, name="join"),
    path("persons/<uuid:person_id>/death/", persons.declare_death, name="death"),
    path("persons/<uuid:person_id>/death/withdraw/", persons.withdraw_death, name="withdraw_death"),
    path("persons/<uuid:person_id>/phone/", identifiers.show_phone, name="show_phone"),
    path(
        "persons/<uuid:person_id>/identifiers/new/",
        identifiers.add_identifier,
        name="add_identifier",
    ),
    path("identifiers/", home.list_claims, name="claims"),
    path(
        "identifiers/<uuid:identifier_id>/show/",
        identifiers.show_identifier,
        name="show_identifier",
    ),
    path("identifiers/<uuid:identifier_id>/verify/", identifiers.verify, name="verify"),
    path("identifiers/<uuid:identifier_id>/end/", identifiers.end, name="end"),
]
