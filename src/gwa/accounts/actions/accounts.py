"""Accounts: invited, changed, disabled; whoever manages them stays within their own zones."""

from collections.abc import Sequence

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models.functions import Lower
from django.utils import timezone
from procrastinate.contrib.django import app

from gwa.accounts.actions.profiles import keeping_a_manager
from gwa.accounts.errors import (
    AlreadyJoined,
    NameTaken,
    NeedsZones,
    OutsideOwnZones,
    OwnAccount,
)
from gwa.accounts.models import Organisation, Profile, User
from gwa.common.scope import EVERYWHERE
from gwa.journal.actions import action, record
from gwa.journal.models import SYSTEM, Actor
from gwa.zones.models import Zone


@action
def invite_account(
    *,
    username: str,
    email: str,
    full_name: str,
    profile: Profile,
    zones: Sequence[Zone] = (),
    organisation: Organisation | None = None,
    language: str = "fr",
    actor: Actor,
) -> User:
    """Open an account for somebody, who will choose the password from the mailed link."""
    user = User(
        username=username,
        email=email,
        full_name=full_name,
        language=language,
        profile=profile,
        organisation=organisation,
        invited_at=timezone.now(),
    )
    _check_within_reach(actor, profile, zones)
    _check_name_is_free(user)
    user.set_unusable_password()
    user.save()
    user.zones.set(zones)
    record("accounts.invited", subject=user, actor=actor, data=_place(user))
    return user


@action
def invite_again(*, user: User, actor: Actor) -> User:
    """Make a new invitation; the links sent before stop working."""
    user = _lock(user, actor)
    if user.joined_at is not None:
        raise AlreadyJoined
    user.invited_at = timezone.now()
    user.save(update_fields=["invited_at"])
    record("accounts.invited_again", subject=user, actor=actor)
    return user


@action
def accept_invitation(*, user: User, password: str, actor: Actor) -> User:
    """Choose the first password: the account is in use from now on."""
    user.set_password(password)
    user.joined_at = timezone.now()
    user.save(update_fields=["password", "joined_at"])
    EmailAddress.objects.update_or_create(
        user=user, defaults={"email": user.email, "verified": True, "primary": True}
    )
    record("accounts.joined", subject=user, actor=actor)
    return user


@action
def change_account(
    *,
    user: User,
    full_name: str,
    profile: Profile,
    zones: Sequence[Zone],
    organisation: Organisation | None,
    actor: Actor,
    reason: str = "",
) -> User:
    """Change who a person is here and where they work. It counts at their next click."""
    user = _lock(user, actor)
    _check_within_reach(actor, profile, zones)
    before = _place(user)
    user.full_name, user.profile, user.organisation = full_name, profile, organisation
    with keeping_a_manager():
        user.save(update_fields=["full_name", "profile", "organisation"])
        user.zones.set(zones)
    record(
        "accounts.changed",
        subject=user,
        actor=actor,
        reason=reason,
        data={"before": before, "after": _place(user)},
    )
    return user


@action
def disable_account(*, user: User, actor: Actor, reason: str = "") -> User:
    """Close an account and end its sessions at once. Nothing is deleted."""
    user = _lock(user, actor)
    user.is_active = False
    with keeping_a_manager():
        user.save(update_fields=["is_active"])
    ended = _end_sessions(user)
    record("accounts.disabled", subject=user, actor=actor, reason=reason, data={"sessions": ended})
    return user


@action
def enable_account(*, user: User, actor: Actor, reason: str = "") -> User:
    """Open a closed account again."""
    user = _lock(user, actor)
    user.is_active = True
    user.save(update_fields=["is_active"])
    record("accounts.enabled", subject=user, actor=actor, reason=reason)
    return user


@action
def reset_second_factor(*, user: User, actor: Actor, reason: str = "") -> User:
    """Take a person who lost everything back to the invitation.

    Password and second factor fall together: one alone would be a weaker way in than the front
    door. Who asks must have been recognised first, by voice or in person.
    """
    user = _lock(user, actor)
    Authenticator.objects.filter(user=user).delete()
    user.set_unusable_password()
    user.joined_at, user.invited_at = None, timezone.now()
    with keeping_a_manager():
        user.save(update_fields=["password", "joined_at", "invited_at"])
    ended = _end_sessions(user)
    record(
        "accounts.second_factor_reset",
        subject=user,
        actor=actor,
        reason=reason,
        data={"sessions": ended},
    )
    return user


@action
def end_sessions(*, user: User, actor: Actor, reason: str = "") -> int:
    """Sign a person out of every device."""
    user = _lock(user, actor)
    ended = _end_sessions(user)
    record(
        "accounts.sessions_ended",
        subject=user,
        actor=actor,
        reason=reason,
        data={"sessions": ended},
    )
    return ended


@action
def add_organisation(*, name: str, kind: str, actor: Actor) -> Organisation:
    """Add a body that people work for."""
    organisation = Organisation.objects.create(name=name, kind=kind)
    record("accounts.organisation_added", subject=organisation, actor=actor)
    return organisation


@action
def change_organisation(
    *, organisation: Organisation, name: str, kind: str, actor: Actor
) -> Organisation:
    """Rename a body, or say better what it is."""
    organisation.name, organisation.kind = name, kind
    organisation.save()
    record("accounts.organisation_changed", subject=organisation, actor=actor)
    return organisation


def mail_invitation(user: User, base_url: str) -> None:
    """Let the worker send the link, once the present transaction is committed."""
    app.configure_task("accounts.send_invitation").defer(user_id=user.pk, base_url=base_url)


def _lock(user: User, actor: Actor) -> User:
    """Return the account for change, refusing one's own and those out of reach."""
    if user.pk == actor.user_id:
        raise OwnAccount
    user = User.objects.select_for_update(of=("self",)).select_related("profile").get(pk=user.pk)
    if not manages_everywhere(actor):
        _check_within_reach(actor, user.profile, list(user.zones.all()))
    return user


def manages_everywhere(actor: Actor) -> bool:
    """Tell whether the actor may manage accounts of the whole country."""
    if actor.user_id is None:
        return actor.label == SYSTEM.label
    return EVERYWHERE in _paths_of(actor)


def _paths_of(actor: Actor) -> list[str]:
    if actor.user_id is None:
        return []
    return User.objects.select_related("profile").get(pk=actor.user_id).scope_paths()


def _check_within_reach(actor: Actor, profile: Profile | None, zones: Sequence[Zone]) -> None:
    """Refuse a place in the house that is larger than the actor's own."""
    if profile is not None and not profile.is_national and not zones and profile.rights:
        raise NeedsZones(profile=profile.shown_name)
    if manages_everywhere(actor):
        return
    paths = _paths_of(actor)
    inside = all(any(zone.path.startswith(path) for path in paths) for zone in zones)
    if profile is None or profile.is_national or not inside:
        raise OutsideOwnZones


def _check_name_is_free(user: User) -> None:
    others = User.objects.exclude(pk=user.pk).annotate(
        name=Lower("username"), address=Lower("email")
    )
    names = [user.username.lower(), user.email.lower()]
    if others.filter(name__in=names).exists() or others.filter(address__in=names).exists():
        raise NameTaken


def _place(user: User) -> dict[str, object]:
    """Say in codes where the person stands, for the journal."""
    return {
        "profile": user.profile.code if user.profile else "",
        "organisation": user.organisation_id,
        "zones": sorted(user.zones.values_list("code", flat=True)),
    }


def _end_sessions(user: User) -> int:
    sessions = list(UserSession.objects.filter(user=user))
    for session in sessions:
        session.end()
    return len(sessions)


def sweep_sessions() -> int:
    """Forget the sessions that ended by themselves; return how many."""
    ended, _ = Session.objects.filter(expire_date__lt=timezone.now()).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("pk")).delete()
    return ended
