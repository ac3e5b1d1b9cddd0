"""Mails about accounts. Links are made here, so that no key lies in the table of jobs."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from procrastinate.contrib.django import app

from gwa.accounts.actions import accounts, machines
from gwa.accounts.invitations import invitation_path
from gwa.accounts.models import User


@app.task(name="accounts.send_invitation", retry=5)
def send_invitation(user_id: int, base_url: str) -> None:
    """Send the link by which an invited person chooses a password."""
    user = User.objects.get(pk=user_id)
    if user.is_active and user.joined_at is None:
        link = base_url.rstrip("/") + invitation_path(user)
        _send(user, "invitation", link=link, days=settings.INVITATION_DAYS)


@app.task(name="accounts.send_password_reset", retry=5)
def send_password_reset(user_id: int, base_url: str) -> None:
    """Send the link by which a person who forgot chooses another password."""
    user = User.objects.get(pk=user_id)
    if user.is_active and user.joined_at is not None:
        path = reverse(
            "account_reset_password_from_key",
            kwargs={
                "uidb36": user_pk_to_url_str(user),
                "key": default_token_generator.make_token(user),
            },
        )
        minutes = settings.PASSWORD_RESET_TIMEOUT // 60
        _send(user, "password_reset", link=base_url.rstrip("/") + path, minutes=minutes)


@app.task(queueing_lock="accounts.machines", pass_context=False)
def sweep_machines(timestamp: int | None = None) -> None:
    """Forget expired tokens and secrets, answers kept a day, old counts of calls."""
    machines.sweep_machines()


@app.task(queueing_lock="accounts.sessions", pass_context=False)
def sweep_sessions(timestamp: int | None = None) -> None:
    """Forget the sessions that ended by themselves."""
    accounts.sweep_sessions()


@app.task(name="accounts.send_notice", retry=5)
def send_notice(user_id: int, template: str) -> None:
    """Tell a person that the protection of the account changed."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is not None:
        _send(user, "notice", what=template)


def _send(user: User, name: str, **facts: object) -> None:
    with translation.override(user.language):
        text = render_to_string(f"accounts/mail/{name}.txt", {"user": user, **facts}).strip()
    subject, _, body = text.partition("\n")
    send_mail(subject.strip(), body.strip() + "\n", None, [user.email])
