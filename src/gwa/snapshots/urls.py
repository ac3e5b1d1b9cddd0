from django.urls import path

from gwa.snapshots import views

app_name = "snapshots"
urlpatterns = [
    path("", views.show_snapshots, name="list"),
    path("take/", views.ask_for_snapshot, name="take"),
]
