"""Addresses of every way in."""

from django.urls import path

from gwa.collection.views import sources
from gwa.collection.views.desk import asides, check, numbered, papers, roster, sheets, steps
from gwa.collection.views.imports import ends, lists, mappings
from gwa.collection.views.imports import steps as import_steps

app_name = "collection"
ONE = "registrations/<uuid:registration_id>/"
ONE_IMPORT = "imports/<uuid:import_id>/"
urlpatterns = [
    path("registrations/", sheets.desk, name="desk"),
    path("registrations/paper/", numbered.show_paper_forms, name="paper_forms"),
    path("registrations/paper/print/", numbered.print_forms, name="paper_print"),
    path("registrations/paper/<uuid:paper_id>/again/", numbered.begin_second, name="paper_second"),
    path(
        "registrations/paper/<uuid:paper_id>/",
        numbered.show_differences,
        name="paper_differences",
    ),
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
    path("sources/", sources.show_sources, name="sources"),
    path("sources/new/", sources.add_source, name="source_add"),
    path("sources/<int:source_id>/", sources.show_source, name="source"),
    path("sources/<int:source_id>/correct/", sources.correct_source, name="source_correct"),
    path("imports/", lists.show_imports, name="imports"),
    path("imports/new/", import_steps.upload, name="import_upload"),
    path("imports/mappings/", mappings.show_mappings, name="mappings"),
    path("imports/mappings/<int:saved_id>/remove/", mappings.remove, name="mapping_remove"),
    path(ONE_IMPORT, lists.show_import, name="import"),
    path(f"{ONE_IMPORT}columns/", import_steps.choose_columns, name="import_columns"),
    path(f"{ONE_IMPORT}check/", import_steps.check_lines, name="import_check"),
    path(f"{ONE_IMPORT}discard/", import_steps.discard, name="import_discard"),
    path(f"{ONE_IMPORT}progress/", lists.show_progress, name="import_progress"),
    path(f"{ONE_IMPORT}refused/", ends.download_refused, name="import_refused"),
    path(f"{ONE_IMPORT}cancel/", ends.cancel, name="import_cancel"),
    path(f"{ONE_IMPORT}resume/", ends.resume, name="import_resume"),
    path(f"{ONE_IMPORT}take-back/", ends.take_back, name="import_take_back"),
]
