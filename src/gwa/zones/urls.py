"""Routes of zones."""

from django.urls import path

from gwa.zones import views

app_name = "zones"
urlpatterns = [
    path("", views.show_zones, name="home"),
    path("map/<int:geography_id>/<int:level>.geojson", views.give_map, name="map"),
    path("<int:zone_id>/", views.show_zone, name="zone"),
    path("<int:zone_id>/branch/", views.show_branch, name="branch"),
    path("<int:zone_id>/new/", views.create_zone, name="create"),
    path("<int:zone_id>/rename/", views.rename_zone, name="rename"),
    path("<int:zone_id>/close/", views.close_zone, name="close"),
]
