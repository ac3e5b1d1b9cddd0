"""A team in the field: interviews of six with a photo, drawn from a seed, and telephones for them.

What tests that kill servers and benchmarks of the door share.
"""

import datetime as dt
import io
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from django.db import transaction
from PIL import Image

from gwa.accounts.models import User
from gwa.common.scope import everywhere
from gwa.journal.models import Actor
from gwa.questionnaires.actions import assign_form
from gwa.submissions.actions import enrol_device
from gwa.testing.accounts import make_account
from gwa.testing.small_form import Interview, Member, publish_test_form
from gwa.zones.models import Level, Zone

PHOTO = "1700000000000.jpg"
_ACTOR = Actor(label="equipe")
_GIVEN = {
    "F": ("Awa", "Fanta", "Oumou", "Kadia", "Binta", "Mariam", "Sira", "Assitan", "Rokia"),
    "M": ("Moussa", "Bakary", "Seydou", "Ali", "Oumar", "Modibo", "Boubacar", "Ibrahim"),
}
_FAMILY = ("Traoré", "Diarra", "Coulibaly", "Keïta", "Cissé", "Tall", "Konaté", "Sangaré")


@dataclass(frozen=True, slots=True)
class Team:
    """Tokens of the telephones, one each, and the settlements they go to."""

    tokens: tuple[str, ...]
    places: tuple[str, ...]


def send_out(telephones: int) -> Team:
    """Publish the small form for the whole country, and enrol telephones that ask it."""
    with transaction.atomic(), everywhere():
        form = publish_test_form()
        country = Zone.objects.current().get(level=Level.COUNTRY)
        assign_form(form=form.form, zone=country, starts_on=dt.date(2026, 1, 1), actor=_ACTOR)
        places = Zone.objects.current().filter(level__gte=Level.VILLAGE).order_by("path")
        codes = tuple(places.values_list("code", flat=True)[:500])
        users: list[User] = [
            make_account("enumerator", country, username=f"equipe{number}", has_password=True)
            for number in range(telephones)
        ]
        tokens = [enrol_device(user=user, name=user.username, actor=_ACTOR)[1] for user in users]
    return Team(tuple(tokens), codes)


def draw_interviews(count: int, places: Sequence[str], *, seed: int) -> list[Interview]:
    """Draw so many interviews of households of six, always the same ones."""
    draw = Random(seed)  # noqa: S311 (invented people)
    return [_draw_interview(draw, places) for _ in range(count)]


def _draw_interview(draw: Random, places: Sequence[str]) -> Interview:
    family = draw.choice(_FAMILY)
    links = ("head", "spouse", "child", "child", "child", "child")
    members = [_draw_member(draw, family, link) for link in links]
    return Interview(
        zone_code=draw.choice(places),
        members=members,
        answers={
            "rooms": str(draw.randint(1, 6)),
            "wall_material": draw.choice(("cement", "mud")),
            "photo": PHOTO,
        },
        instance_id=f"uuid:{_draw_id(draw)}",
        household_id=str(_draw_id(draw)),
    )


def _draw_member(draw: Random, family: str, link: str) -> Member:
    sex = {"head": "M", "spouse": "F"}.get(link) or draw.choice("FM")
    years = (2008, 2024) if link == "child" else (1960, 1995)
    born = dt.date(draw.randint(*years), draw.randint(1, 12), draw.randint(1, 28))
    return Member(
        draw.choice(_GIVEN[sex]), family, sex, link, born.isoformat(), id=str(_draw_id(draw))
    )


def _draw_id(draw: Random) -> uuid.UUID:
    return uuid.UUID(int=draw.getrandbits(128), version=4)


def draw_photo(number: int, *, side: int = 1024) -> bytes:
    """Return a picture as a telephone takes it: about 150 kB at the usual 1,024 pixels."""
    dice = np.random.default_rng(number)
    coarse = dice.integers(0, 255, (side // 16, side * 3 // 64, 3), dtype=np.uint8)
    smooth = np.asarray(Image.fromarray(coarse).resize((side * 3 // 4, side)), dtype=np.int16)
    grainy = smooth + dice.integers(-9, 9, smooth.shape, dtype=np.int16)
    picture = io.BytesIO()
    Image.fromarray(grainy.clip(0, 255).astype(np.uint8)).save(picture, "JPEG", quality=80)
    return picture.getvalue()
