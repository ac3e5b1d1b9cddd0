"""Routes of the journal."""

from django.urls import path

from gwa.journal import views

app_name = "journal"
urlpatterns = [
    path("", views.show_journal, name="list"),
    path("<uuid:line_id>/", views.show_line, name="line"),
]
