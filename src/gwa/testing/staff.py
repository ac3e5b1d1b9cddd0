"""Those of the cast who have an account, each where the story puts them."""

from dataclasses import dataclass

from gwa.accounts.models import User
from gwa.testing.accounts import make_account, make_profile
from gwa.testing.places import TestPlaces
from gwa.zones.models import Level, Zone


@dataclass(frozen=True, slots=True)
class Staff:
    """Moussa visits Awa's commune; the others must not see, or not do, what he can."""

    moussa: User  # enumerator in Socoura, where Awa lives
    fatou: User  # supervisor of another cercle, Djenné
    oumar: User  # programme officer in the cercle of Mopti
    salif: User  # in Socoura too, and may do nothing


def make_staff(places: TestPlaces) -> Staff:
    """Open the four accounts."""
    cercles = Zone.objects.filter(geography=places.country.geography, level=Level.CERCLE)
    mopti, djenne = cercles.get(code="0501"), cercles.get(code="0502")
    return Staff(
        moussa=make_account("enumerator", places.socoura, username="moussa"),
        fatou=make_account("supervisor", djenne, username="fatou"),
        oumar=make_account("programme_officer", mopti, username="oumar"),
        salif=make_account(make_profile(code="nothing"), places.socoura, username="salif"),
    )
