"""How a session finds its person again at each request."""

from allauth.account.auth_backends import AuthenticationBackend

from gwa.accounts.models import User


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """allauth's checks; the person comes with the profile, in one query.

    Read anew at each request: a right taken away, or an account disabled, counts at once.
    """

    def get_user(self, user_id: int) -> User | None:
        user = User.objects.select_related("profile", "organisation").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
