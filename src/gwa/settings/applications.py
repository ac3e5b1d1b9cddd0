"""What an installation is made of: modules, middleware, templates, languages."""

from django.utils.translation import gettext_lazy as _

from gwa.settings.environment import BASE_DIR, DEBUG, IS_PRODUCTION

# From the ground up, as in docs/flow.md: a module knows only those before it.
MODULES = [
    "gwa.common",
    "gwa.journal",
    "gwa.zones",
    "gwa.accounts",
    "gwa.variables",
    "gwa.registry",
    "gwa.snapshots",
    "gwa.questionnaires",
    "gwa.collection",
    "gwa.exports",
    "gwa.submissions",
    "gwa.fieldwork",
]
INSTALLED_APPS = [
    *([] if IS_PRODUCTION else ["gwa.testing"]),
    *reversed(MODULES),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "django_vite",
    "procrastinate.contrib.django",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "gwa.common.permissions.PermissionsPolicyMiddleware",
    "gwa.common.api.middleware.ApiMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "gwa.accounts.middleware.SessionLifetimeMiddleware",
    "gwa.accounts.middleware.MachineMiddleware",
    "gwa.submissions.middleware.DeviceMiddleware",
    "gwa.accounts.middleware.ScopeMiddleware",
]
ROOT_URLCONF = "gwa.urls"
WSGI_APPLICATION = "gwa.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gwa.common.context.desk",
            ],
        },
    }
]

FORM_RENDERER = "gwa.common.forms.DeskRenderer"
# What runs by the clock stands in the pipeline, not beside each job.
PROCRASTINATE_ON_APP_READY = "gwa.pipeline.wind_clock"

AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("Français")), ("en", _("English"))]
USE_I18N = True
FORMAT_MODULE_PATH = ["gwa.common.formats"]
USE_TZ = True
TIME_ZONE = "Africa/Bamako"

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / ".gwa" / "static"
# `build` is the desk's, `collecte` the telephone's.
_BUILT = {"default": "build", "collecte": "collecte"}
STATICFILES_DIRS = [(name, BASE_DIR / "src" / "gwa" / "static" / name) for name in _BUILT.values()]
DJANGO_VITE = {
    app: {
        "dev_mode": False,
        "static_url_prefix": name,
        "manifest_path": BASE_DIR / "src" / "gwa" / "static" / name / "manifest.json",
    }
    for app, name in _BUILT.items()
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
# Vite puts a hash of the content into these names: a browser never needs to ask again.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/(build|collecte)/.+-[\w-]{8}\.\w+$"
