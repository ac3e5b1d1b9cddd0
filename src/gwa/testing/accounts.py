"""People with an account, for tests: the shipped profiles, placed in zones."""

from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.utils import timezone

from gwa.accounts.models import Profile, User
from gwa.zones.models import Zone

SECRET = "JBSWY3DPEHPK3PXP"  # noqa: S105 (of tests alone)
PASSWORD = "fleuve lampe tortue encre"  # noqa: S105 (of tests alone)


def make_account(
    profile: str | Profile,
    *zones: Zone,
    username: str = "",
    has_password: bool = False,
    has_second_factor: bool | None = None,
) -> User:
    """Return somebody who has joined, with a shipped profile (by its code) or another one.

    The second factor is there where the profile asks for it, unless the test says otherwise.
    """
    if isinstance(profile, str):
        profile = Profile.objects.get(code=profile)
    name = username or profile.code
    user = User(
        username=name,
        email=f"{name}@example.org",
        full_name=name.replace("_", " ").title(),
        profile=profile,
        joined_at=timezone.now(),
    )
    if has_password:
        user.set_password(PASSWORD)
    user.save()
    user.zones.set(zones)
    if profile.needs_second_factor if has_second_factor is None else has_second_factor:
        TOTP.activate(user, SECRET)
    return user


def make_profile(*rights: str, is_national: bool = False, code: str = "tailored") -> Profile:
    """Return a profile with exactly these rights and no second factor."""
    return Profile.objects.create(
        code=code, name=code.title(), rights=list(rights), is_national=is_national
    )


def browser_of(user: User | None) -> Client:
    """Return a browser where the person is signed in, or nobody."""
    client = Client()
    if user is not None:
        client.force_login(user)
    return client
