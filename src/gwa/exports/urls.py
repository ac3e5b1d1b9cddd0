from django.urls import path

from gwa.exports import views

app_name = "exports"
urlpatterns = [
    path("", views.show_exports, name="list"),
    path("new/", views.ask, name="ask"),
    path("<uuid:export_id>/file/", views.give_file, name="file"),
    path("<uuid:export_id>/cancel/", views.cancel, name="cancel"),
    path("<uuid:export_id>/destroy/", views.destroy, name="destroy"),
]
