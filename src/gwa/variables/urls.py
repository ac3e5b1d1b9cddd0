"""Routes of the dictionary."""

from django.urls import path

from gwa.variables import views

app_name = "variables"
urlpatterns = [
    path("", views.show_dictionary, name="list"),
    path("versions/", views.show_versions, name="versions"),
    path("versions/<int:number>/publish/", views.publish, name="publish"),
    path("versions/<int:number>/retire/", views.retire, name="retire"),
    path("compare/", views.compare, name="compare"),
    path("<slug:name>/", views.show_variable, name="variable"),
]
