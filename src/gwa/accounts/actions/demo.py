"""The accounts of a demonstration: one for each profile, with a password made on the spot."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from gwa.accounts.models import Organisation, Profile, User
from gwa.journal.actions import action, record
from gwa.journal.models import SYSTEM, Actor
from gwa.zones.models import Zone

# Short words without accents: a demonstration is typed from a terminal, by hand.
_WORDS = """
acacia argile baobab brume canari cauri colline dune epi fleuve gazelle gerbe hibou igname karite
lampe luth mangue mil natte nuage oasis panier pirogue pluie puits rizier rosee sable sorgho
tabouret tamarin tissage toit tortue vallee van zebu
"""


class NotADemonstration(RuntimeError):
    """Ready-made accounts were asked for in an installation that serves real people."""


@dataclass(frozen=True, slots=True)
class Demonstrator:
    """One of the cast: who they are, what they do, and where."""

    login: str
    full_name: str
    profile: str
    organisation: tuple[str, str]
    place: str = ""  # "", "cercle" or "commune"


_UNIT = ("Unité technique du registre", Organisation.Kind.TECHNICAL_UNIT)
CAST = (
    Demonstrator("admin", "Kadiatou Sangaré", "administrator", _UNIT),
    Demonstrator("operateur", "Sékou Dembélé", "operator", _UNIT),
    Demonstrator("analyste", "Assitan Koné", "analyst", _UNIT),
    Demonstrator("superviseur", "Fatou Maïga", "supervisor", _UNIT, "cercle"),
    Demonstrator("enqueteur", "Moussa Coulibaly", "enumerator", _UNIT, "commune"),
    Demonstrator(
        "programme",
        "Oumar Cissé",
        "programme_officer",
        ("Programme de filets sociaux", Organisation.Kind.PROGRAMME),
        "cercle",
    ),
    Demonstrator(
        "regime",
        "Mariam Haïdara",
        "scheme_officer",
        ("Régime contributif de démonstration", Organisation.Kind.SCHEME),
    ),
    Demonstrator(
        "commune",
        "Adama Traoré",
        "commune_agent",
        ("Commune de démonstration", Organisation.Kind.COMMUNE),
        "commune",
    ),
    Demonstrator(
        "comite",
        "Rokia Keïta",
        "committee_member",
        ("Comité technique", Organisation.Kind.OTHER),
    ),
    Demonstrator("auditeur", "Ibrahim Ag Alhousseini", "auditor", _UNIT),
    Demonstrator("redacteur", "Nana Diarra", "web_editor", _UNIT),
)


def make_passphrase() -> str:
    """Return four words drawn at random: easy to type, hopeless to guess at five tries a minute."""
    return "-".join(secrets.choice(_WORDS.split()) for _ in range(4))


@action
def create_demo_accounts(
    *, passwords: Mapping[str, str], places: Mapping[str, Zone], actor: Actor = SYSTEM
) -> list[User]:
    """Make the cast, or give it back these passwords; refused outside a demonstration.

    `places` says where those who work in one `cercle` or one `commune` work.
    """
    if settings.MODE not in ("demo", "dev", "test"):
        raise NotADemonstration
    users = []
    for one in CAST:
        profile = Profile.objects.get(code=one.profile)
        name, kind = one.organisation
        organisation, _ = Organisation.objects.get_or_create(name=name, defaults={"kind": kind})
        user, _ = User.objects.update_or_create(
            username=one.login,
            defaults={
                "email": f"{one.login}@demo.example",
                "full_name": one.full_name,
                "profile": profile,
                "organisation": organisation,
                "joined_at": timezone.now(),
                "is_active": True,
            },
        )
        user.set_password(passwords[one.login])
        user.save(update_fields=["password"])
        user.zones.set([places[one.place]] if one.place else [])
        users.append(user)
    record("accounts.demo_created", actor=actor, data={"accounts": len(users)})
    return users
