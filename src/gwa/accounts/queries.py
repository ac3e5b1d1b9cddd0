"""Lists of accounts, and zones as the picker shows them."""

from collections.abc import Iterable
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.db.models import Count, Exists, F, OuterRef, Q

from gwa.accounts.models import Machine, Profile, User, UserQuerySet
from gwa.common.scope import EVERYWHERE
from gwa.common.text import fold
from gwa.zones.models import Zone

FOUND_AT_MOST = 20
SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


@dataclass(frozen=True, slots=True)
class PlacedZone:
    """A zone with the names of those above it, so that two villages of one name differ."""

    zone: Zone
    above: str


def accounts_within_reach(manager: User) -> UserQuerySet:
    """Accounts that this manager may change: all, or those placed wholly in the same zones."""
    accounts = User.objects.get_queryset().select_related("profile", "organisation")
    paths = manager.scope_paths()
    if EVERYWHERE in paths:
        return accounts
    inside = Q(pk__in=[])
    for path in paths:
        inside |= Q(zone__path__startswith=path)
    placed = User.zones.through._default_manager.filter(user=OuterRef("pk"))
    return accounts.filter(
        Exists(placed.filter(inside)),
        ~Exists(placed.exclude(inside)),
        profile__is_national=False,
    )


def search_accounts(
    accounts: UserQuerySet,
    *,
    words: str = "",
    profile: Profile | None = None,
    organisation_id: int | None = None,
    status: str = "",
) -> UserQuerySet:
    """Keep the accounts that answer every filter given."""
    for word in words.split():
        accounts = accounts.filter(
            Q(full_name__icontains=word) | Q(username__icontains=word) | Q(email__icontains=word)
        )
    if profile is not None:
        accounts = accounts.filter(profile=profile)
    if organisation_id is not None:
        accounts = accounts.filter(organisation_id=organisation_id)
    conditions = {
        User.Status.ACTIVE: Q(is_active=True, joined_at__isnull=False),
        User.Status.INVITED: Q(is_active=True, joined_at__isnull=True),
        User.Status.DISABLED: Q(is_active=False),
    }
    return accounts.filter(conditions[User.Status(status)]) if status else accounts


def has_second_factor(user: User) -> bool:
    """Tell whether the account has an application or a key; recovery codes are none."""
    return bool(Authenticator.objects.filter(user=user, type__in=SECOND_FACTORS).exists())


def profiles_with_holders() -> list[Profile]:
    """Return the profiles, each with `holders`: how many accounts in use carry it."""
    in_use = Q(users__is_active=True, users__joined_at__isnull=False)
    found = Profile.objects.annotate(holders=Count("users", filter=in_use))
    return sorted(found, key=lambda profile: fold(profile.shown_name))


def find_zones(words: str, manager: User) -> list[PlacedZone]:
    """Find zones by the beginning of a word of their name, largest first, within one's reach."""
    key = fold(words)
    if len(key) < 2:
        return []
    paths = manager.scope_paths()
    zones = Zone.objects.current().filter(
        Q(name_key__startswith=key) | Q(name_key__contains=f" {key}")
    )
    if EVERYWHERE not in paths:
        inside = Q(pk__in=[])
        for path in paths:
            inside |= Q(path__startswith=path)
        zones = zones.filter(inside)
    return place(zones.order_by("level", "name_key")[:FOUND_AT_MOST])


def place(zones: Iterable[Zone]) -> list[PlacedZone]:
    """Add to each zone the names of the zones above it, in one query."""
    zones = list(zones)
    above = {number for zone in zones for number in zone.ancestor_ids[1:]}
    names = dict(Zone.objects.filter(pk__in=above).values_list("pk", "name"))
    return [
        PlacedZone(
            zone=zone,
            above=" › ".join(names[number] for number in zone.ancestor_ids[1:] if number in names),
        )
        for zone in zones
    ]


def machines_in_order() -> list[Machine]:
    """Return the machines, those in service first, with their organisation and zones."""
    machines = Machine.objects.select_related("organisation").prefetch_related("zones")
    return list(machines.order_by(F("revoked_at").asc(nulls_first=True), "name", "pk"))
