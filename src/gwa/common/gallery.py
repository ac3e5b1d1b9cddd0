"""Every shared component with sample data, at `/gallery/`; mounted in dev and test only."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path

from gwa.common.access import public, signed_in
from gwa.common.display import Change, Fact, StoryEvent
from gwa.common.listing import KeyPage
from gwa.common.navigation import ShownItem, ShownSection

AT = dt.datetime(2026, 11, 22, 14, 5, tzinfo=dt.UTC)


class SampleUser:
    """Stands for a signed-in person, so that the gallery shows the whole frame."""

    is_authenticated = True

    def __str__(self) -> str:
        return "Fatou Diarra"


class SampleForm(forms.Form):
    """One field of each kind, so that all of them are looked at together."""

    name = forms.CharField(label="Nom de famille", max_length=80, help_text="Comme il s'écrit.")
    sex = forms.ChoiceField(
        label="Sexe", choices=[("f", "Femme"), ("m", "Homme")], widget=forms.RadioSelect
    )
    born_on = forms.DateField(label="Date de naissance", help_text="Par exemple 22/11/2026.")
    level = forms.ChoiceField(
        label="Niveau d'instruction", choices=[("", "Choisir"), ("1", "Primaire")]
    )
    assets = forms.MultipleChoiceField(
        label="Biens",
        choices=[("radio", "Radio"), ("plough", "Charrue")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    consent = forms.BooleanField(label="Accepte le partage", required=False)
    reason = forms.CharField(label="Motif", widget=forms.Textarea(attrs={"rows": 2}))
    locked = forms.CharField(label="Numéro RSU", disabled=True, required=False, initial="ML-4F7K")


@public
def show_gallery(request: HttpRequest) -> HttpResponse:
    """Draw all components; `?errors` sends the form empty, `?empty` shows lists without rows."""
    messages.success(request, "Le ménage est enregistré.")
    messages.error(request, "L'action a été refusée.")
    form = SampleForm({}) if "errors" in request.GET else SampleForm()
    return render(request, "gallery/components.html", {**_samples(), "form": form})


@public
def show_error(request: HttpRequest, code: int) -> HttpResponse:
    """Draw the page of an error."""
    if code not in {400, 403, 404, 500}:
        raise Http404
    return render(request, f"{code}.html", status=code)


@public
def show_entrance(request: HttpRequest) -> HttpResponse:
    """Draw the layout of the pages before the log-in."""
    return render(request, "gallery/entrance.html", {"form": SampleForm()})


@public
def show_figures(request: HttpRequest) -> HttpResponse:
    """Draw a map of zones, a map of one place and a chart."""
    return render(request, "gallery/figures.html", _samples())


@signed_in
def show_draft(request: HttpRequest) -> HttpResponse:
    """Draw a form that keeps its draft."""
    return render(request, "gallery/draft.html", {"form": SampleForm()})


@public
def give_areas(request: HttpRequest) -> JsonResponse:
    """Give four square zones with a figure each, and one without."""
    squares = [(-8.0, 12.6, 41.2), (-7.0, 12.6, 12.5), (-8.0, 13.6, 73.9), (-7.0, 13.6, None)]
    features = [
        {
            "type": "Feature",
            "properties": {"name": f"Cercle {place}", "rate": figure, "url": f"#cercle-{place}"},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1], [x, y]]],
            },
        }
        for place, (x, y, figure) in enumerate(squares, 1)
    ]
    return JsonResponse({"type": "FeatureCollection", "features": features})


@public
def give_point(request: HttpRequest) -> JsonResponse:
    """Give one place, as a household page does."""
    properties = {"name": "Ménage de Coumba Traoré"}
    point = {"type": "Point", "coordinates": [-7.98, 12.65]}
    feature = {"type": "Feature", "properties": properties, "geometry": point}
    return JsonResponse({"type": "FeatureCollection", "features": [feature]})


def _samples() -> dict[str, Any]:
    return {
        "user": SampleUser(),
        "search_url": "/gallery/",
        "navigation": [
            ShownSection("", [ShownItem("Accueil", "#home", "home", True, 0)]),
            ShownSection(
                "Registre",
                [
                    ShownItem("Ménages", "#households", "household", False, 0),
                    ShownItem("Doublons à trancher", "#duplicates", "people", False, 12),
                    ShownItem("Zones", "#zones", "map", False, 0),
                ],
            ),
            ShownSection("Administration", [ShownItem("Journal", "#journal", "journal", False, 0)]),
        ],
        "account_menu": [ShownItem("Second facteur", "#factor", "shield", False, 0)],
        "facts": [
            Fact("Chef de ménage", "Coumba Traoré"),
            Fact("Téléphone", ""),
            Fact("Naissance", "vers 1974", note="Entretien du 03/05/2026"),
            Fact("Lieu", "Kɔ̀nyɛ̀ba, Ŋɔgɔla, Ɲɛnɛ"),
        ],
        "story": [
            StoryEvent(
                AT,
                "Valeur corrigée",
                actor="Fatou Diarra",
                reason="Erreur de saisie",
                source="Acte de naissance",
                changes=[Change("Nom", "Traore", "Traoré"), Change("Téléphone", "76 00 00 00")],
            ),
            StoryEvent(AT - dt.timedelta(days=190), "Ménage enregistré", actor="Moussa Keïta"),
        ],
        "page": KeyPage(rows=_ROWS, sort="name", next_key="3", previous_key="1", total=12345),
        "chart": {
            "x": "Mois",
            "labels": ["Août", "Septembre", "Octobre", "Novembre"],
            "series": [
                {"label": "Nouveaux", "values": [1200, 3400, 2810, 1990]},
                {"label": "Mis à jour", "values": [800, 1500, 4200, 3900]},
            ],
        },
        "tones": ["success", "warning", "danger", "info"],
    }


_ROWS: list[Any] = [
    {"number": "ML-7Q2K-91F3", "name": "Coumba Traoré", "members": 12, "tone": "success"},
    {"number": "ML-1B8D-22XA", "name": "Ousmane Ag Mohamed", "members": 7, "tone": "warning"},
    {"number": "ML-9C4T-55PE", "name": "Fanta Ŋɔmɔ", "members": 3, "tone": ""},
]

urlpatterns = [
    path("", show_gallery, name="components"),
    path("figures/", show_figures, name="figures"),
    path("draft/", show_draft, name="draft"),
    path("entrance/", show_entrance, name="entrance"),
    path("errors/<int:code>/", show_error, name="error"),
    path("areas.geojson", give_areas, name="areas"),
    path("point.geojson", give_point, name="point"),
]
