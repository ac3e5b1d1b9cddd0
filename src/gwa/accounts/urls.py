"""Signing in, one's own account, and the administration of accounts.

Of allauth only the routes we want are here: no sign-up, no change of address, no sign-in by a
mailed code. Their names are allauth's own, because its code looks them up.
"""

from allauth.account import views as account
from allauth.account.decorators import reauthentication_required
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from allauth.usersessions import views as sessions
from django.urls import URLPattern, path, re_path

from gwa.accounts.views import accounts, machines, own, profiles
from gwa.common.access import public, signed_in

entrance: list[URLPattern] = [
    path("login/", public(account.login), name="account_login"),
    path("logout/", public(account.logout), name="account_logout"),
    path("inactive/", public(account.account_inactive), name="account_inactive"),
    path("password/reset/", public(account.password_reset), name="account_reset_password"),
    path(
        "password/reset/done/",
        public(account.password_reset_done),
        name="account_reset_password_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        public(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        public(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("invitation/", own.choose_password, name="account_choose_password"),
    path("invitation/<str:key>/", own.open_invitation, name="account_invitation"),
    path("2fa/authenticate/", public(mfa.authenticate), name="mfa_authenticate"),
    path("2fa/webauthn/login/", public(keys.login_webauthn), name="mfa_login_webauthn"),
]
own_account: list[URLPattern] = [
    path("", own.show_own_account, name="account_home"),
    path("reauthenticate/", signed_in(account.reauthenticate), name="account_reauthenticate"),
    path("password/change/", signed_in(account.password_change), name="account_change_password"),
    path("2fa/", signed_in(mfa.index), name="mfa_index"),
    path("2fa/reauthenticate/", signed_in(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("2fa/totp/activate/", signed_in(totp.activate_totp), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", signed_in(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "2fa/recovery-codes/", signed_in(codes.view_recovery_codes), name="mfa_view_recovery_codes"
    ),
    path(
        "2fa/recovery-codes/generate/",
        signed_in(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "2fa/recovery-codes/download/",
        signed_in(codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("2fa/webauthn/", signed_in(keys.list_webauthn), name="mfa_list_webauthn"),
    path("2fa/webauthn/add/", signed_in(keys.add_webauthn), name="mfa_add_webauthn"),
    path(
        "2fa/webauthn/reauthenticate/",
        signed_in(keys.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "2fa/webauthn/keys/<int:pk>/remove/",
        signed_in(keys.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
    path(
        "2fa/webauthn/keys/<int:pk>/edit/", signed_in(keys.edit_webauthn), name="mfa_edit_webauthn"
    ),
    path(
        "sessions/",
        signed_in(reauthentication_required(sessions.list_usersessions, allow_get=True)),
        name="usersessions_list",
    ),
]
urlpatterns = entrance + own_account

administration: list[URLPattern] = [
    path("", accounts.show_accounts, name="list"),
    path("invite/", accounts.invite, name="invite"),
    path("zones/", accounts.choose_zones, name="choose_zones"),
    path("<int:number>/", accounts.show_account, name="account"),
    path("<int:number>/invite-again/", accounts.invite_again, name="invite_again"),
    path("<int:number>/disable/", accounts.disable, name="disable"),
    path("<int:number>/enable/", accounts.enable, name="enable"),
    path("<int:number>/end-sessions/", accounts.end_sessions, name="end_sessions"),
    path(
        "<int:number>/reset-second-factor/",
        accounts.reset_second_factor,
        name="reset_second_factor",
    ),
    path("profiles/", profiles.show_profiles, name="profiles"),
    path("profiles/new/", profiles.create_profile, name="create_profile"),
    path("profiles/<slug:code>/", profiles.compose_profile, name="profile"),
    path("profiles/<slug:code>/delete/", profiles.delete_profile, name="delete_profile"),
    path("machines/", machines.show_machines, name="machines"),
    path("machines/new/", machines.open_machine, name="open_machine"),
    path("machines/<int:number>/", machines.show_machine, name="machine"),
    path("machines/<int:number>/secret/", machines.rotate_secret, name="rotate_secret"),
    path("machines/<int:number>/revoke/", machines.revoke, name="revoke_machine"),
    path("organisations/", profiles.show_organisations, name="organisations"),
    path("organisations/<int:number>/", profiles.show_organisation, name="organisation"),
]
