"""Profiles: those shipped, and those the administrator composes."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from gwa.accounts import rules
from gwa.accounts.errors import CodeTaken, LastAdministrator, ProfileInUse, UnknownRight
from gwa.accounts.models import Profile, User
from gwa.accounts.shipped import read_shipped
from gwa.common.access import all_rights
from gwa.common.text import fold
from gwa.journal.actions import action, record
from gwa.journal.models import SYSTEM, Actor

MANAGE = "accounts.manage_accounts"


@action
def load_shipped_profiles(*, actor: Actor = SYSTEM) -> None:
    """Make the shipped profiles, or bring them up to date; run it as often as you like."""
    _load_shipped()
    record("accounts.profiles_loaded", actor=actor, data={"profiles": Profile.objects.count()})


def load_profiles_after_migration(**_: object) -> None:
    """Load the shipped profiles where the file has changed; Django calls it after migrating."""
    known = dict(Profile.objects.values_list("code", "shipped"))
    if not known:
        _load_shipped()  # a new installation: its journal begins with its first person
    elif any(known.get(one["code"]) != sorted(one["rights"]) for one in read_shipped()):
        load_shipped_profiles()


def _load_shipped() -> None:
    for one in read_shipped():
        check_rights(one["rights"])
        profile = Profile.objects.filter(code=one["code"]).first() or Profile(
            code=one["code"],
            name=one["name"],
            description=one["description"],
            is_technical_unit=one.get("technical_unit", False),
            is_national=one.get("national", False),
            needs_second_factor=one.get("second_factor", False),
        )
        profile.rights = rules.merge_rights(
            present=profile.rights, shipped_before=profile.shipped, shipped_now=one["rights"]
        )
        profile.shipped = sorted(one["rights"])
        profile.save()


@action
def create_profile(*, name: str, actor: Actor, **chosen: Any) -> Profile:  # noqa: ANN401
    """Add a profile of the administrator's own."""
    code = fold(name).replace(" ", "_")[:40]
    if Profile.objects.filter(code=code).exists():
        raise CodeTaken
    check_rights(chosen.get("rights", []))
    profile = Profile.objects.create(code=code, name=name, **chosen)
    record(
        "accounts.profile_created", subject=profile, actor=actor, data={"rights": profile.rights}
    )
    return profile


@action
def compose_profile(
    *,
    profile: Profile,
    rights: Collection[str],
    actor: Actor,
    reason: str = "",
    **flags: Any,  # noqa: ANN401
) -> Profile:
    """Change what a profile may do. It counts at each holder's next click."""
    check_rights(rights)
    profile = Profile.objects.select_for_update().get(pk=profile.pk)
    before = set(profile.rights)
    profile.rights = sorted(rights)
    for name, value in flags.items():
        setattr(profile, name, value)
    with keeping_a_manager():
        profile.save()
    record(
        "accounts.profile_composed",
        subject=profile,
        actor=actor,
        reason=reason,
        data={
            "given": sorted(set(rights) - before),
            "taken": sorted(before - set(rights)),
            **{name: value for name, value in flags.items() if isinstance(value, bool)},
        },
    )
    return profile


@action
def delete_profile(*, profile: Profile, actor: Actor) -> None:
    """Remove a profile that nobody holds."""
    if profile.users.exists():
        raise ProfileInUse
    record("accounts.profile_deleted", subject=profile, actor=actor, data={"code": profile.code})
    profile.delete()


def check_rights(rights: Collection[str]) -> None:
    """Refuse names that no module declares: a misspelt right would protect nothing."""
    unknown = sorted(set(rights) - all_rights().keys())
    if unknown:
        raise UnknownRight(rights=", ".join(unknown))


@contextmanager
def keeping_a_manager() -> Iterator[None]:
    """Refuse a change that would leave nobody to manage accounts."""
    had_one = User.objects.holding(MANAGE).exists()
    yield
    if had_one and not User.objects.holding(MANAGE).exists():
        raise LastAdministrator
