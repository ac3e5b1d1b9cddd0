"""What differs from one installation to another: database, keys, hosts, folders."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

BASE_DIR = Path(__file__).resolve().parents[3]
MODE = os.environ.get("GWA_MODE", "production")
DEBUG = MODE == "dev"
IS_PRODUCTION = MODE == "production"

SECRET_KEY = os.environ["GWA_SECRET_KEY"]
DATA_KEYS = os.environ.get("GWA_DATA_KEYS", "")
STATE_DIR = Path(os.environ.get("GWA_STATE_DIR") or BASE_DIR / ".gwa")

ALLOWED_HOSTS = os.environ.get("GWA_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("GWA_ORIGINS", "").split(",") if o]


def read_database_url(url: str) -> dict[str, Any]:
    """Turn `postgresql://user:password@host:port/name?option=value` into Django's form.

    A socket folder is given as `?host=/folder`.
    """
    parts = urlsplit(url)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or parts.hostname or "",
        "PORT": str(parts.port or options.pop("port", "")),
        "OPTIONS": options,
    }


# Two roles, one database: the application owns nothing; only migrations run as the owner.
APPLICATION_DATABASE = read_database_url(os.environ["DATABASE_URL"])
OWNER_DATABASE = read_database_url(os.environ.get("DATABASE_OWNER_URL", os.environ["DATABASE_URL"]))
APPLICATION_ROLE = APPLICATION_DATABASE["USER"]
IS_OWNER = os.environ.get("GWA_DB_ROLE") == "owner"

DATABASES = {"default": OWNER_DATABASE if IS_OWNER else APPLICATION_DATABASE}
DATABASES["default"]["CONN_MAX_AGE"] = 600
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if os.environ.get("GWA_SMTP_HOST")
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = STATE_DIR / "mail"
EMAIL_HOST = os.environ.get("GWA_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("GWA_SMTP_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("GWA_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("GWA_SMTP_PASSWORD", "")
EMAIL_USE_TLS = True
DEFAULT_FROM_EMAIL = os.environ.get("GWA_MAIL_FROM", "rsu@localhost")

# The head of the journal's chain is copied here; in production a folder of another host.
JOURNAL_HEAD_DIR = Path(os.environ.get("GWA_JOURNAL_HEAD_DIR") or STATE_DIR / "journal-head")

MEDIA_ROOT = STATE_DIR / "files"
# ODK Collect sends up to 101 files in one request, beside the interview.
DATA_UPLOAD_MAX_NUMBER_FILES = 110
# Snapshots for analysis: personal data, readable by this account alone.
SNAPSHOT_DIR = Path(os.environ.get("GWA_SNAPSHOT_DIR") or STATE_DIR / "snapshots")
# How many days the files of an import and the lines it refused are kept, to correct and send them
# again; then they are removed, because they hold people who may never have entered the registry.
IMPORT_KEPT_DAYS = int(os.environ.get("GWA_IMPORT_KEPT_DAYS", "90"))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("GWA_LOG_LEVEL", "WARNING")},
}
