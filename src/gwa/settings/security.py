"""What protects people's data at the edge: content policy, cookies, passwords, sign-in.

Measured and argued in docs/decisions and in the security design; tests walk every page.
"""

import os

from csp.constants import NONCE, NONE, SELF

from gwa.settings.environment import IS_PRODUCTION, MODE

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "blob:", "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
    }
}

# Sign-in: by invitation only, with an address or a user name. `gwa.accounts.urls` lists the routes.
AUTHENTICATION_BACKENDS = ["gwa.accounts.backends.Backend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "gwa.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {"login": "gwa.accounts.forms.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
# The invitation, opened from the mailbox, is the proof of the address.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Gwa] "
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    # A ministry shares one address: the limit by account is the narrow one.
    "login_failed": "30/m/ip,5/5m/key",
    "reset_password": "20/m/ip,3/10m/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
# How many reverse proxies add an address to X-Forwarded-For: limits by address rely on it.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("GWA_PROXIES", "1" if IS_PRODUCTION else "0"))

PASSWORD_HASHERS = ["gwa.accounts.passwords.Argon2"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "gwa.accounts.passwords.GuessableValidator"},
]
PASSWORD_RESET_TIMEOUT = 3600
INVITATION_DAYS = 7

# The second factor is compulsory for the profiles that say so. A demonstration shows it without
# asking for a telephone; no other mode may leave it to choice (see gwa.accounts.checks).
SECOND_FACTOR = os.environ.get("GWA_SECOND_FACTOR", "optional" if MODE == "demo" else "required")
MFA_ADAPTER = "gwa.accounts.adapters.SecondFactorAdapter"
MFA_FORMS = {"add_webauthn": "gwa.accounts.forms.AddKeyForm"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Gwa"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
# Browsers allow keys without TLS on localhost only.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_PRODUCTION

# Counters of attempts, shared by all web processes. In PostgreSQL, because there is no other server
# to run or to lose them with, and because a count that another process is changing waits its turn.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_attempts",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_IDLE_SECONDS = 30 * 60
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_SECONDS = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_PRODUCTION
SESSION_COOKIE_NAME = "__Host-session" if IS_PRODUCTION else "gwa-session"
CSRF_COOKIE_NAME = "__Host-csrf" if IS_PRODUCTION else "gwa-csrf"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = IS_PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_PRODUCTION else None
SECURE_HSTS_SECONDS = 31_536_000 if IS_PRODUCTION else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
