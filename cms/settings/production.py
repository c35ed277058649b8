"""A production site: all that differs between sites comes from the environment.

There is no default for what would be wrong on most machines. A half-configured site refuses to
start; ``production.env.example`` lists every variable.
"""

import warnings
from typing import Any
from urllib.parse import urlsplit

import django
import environ

from .base import *
from .base import (
    INSTALLED_APPS,
    POSTGRESQL,
    POSTGRESQL_OPTIONS,
    SQLITE,
    SQLITE_OPTIONS,
    STORAGES,
    V2V_PREVIEW_SECONDS,
)
from .environment import Variable, read_environment

env = environ.Env()


def read_key(name: str) -> str | None:
    """Reads a secret, unless it is too short to be one."""
    value = env.str(name)
    return value if len(value) >= 50 else None


def read_database(name: str) -> dict[str, Any] | None:
    """Reads the address of a database, unless Django has no engine for its scheme."""
    with warnings.catch_warnings(action="ignore"):
        value = env.db_url(name)
    return value if value.get("ENGINE") else None


def read_origin(name: str) -> str | None:
    """Reads an address without a path, such as one of the scheme https and a host."""
    value = env.str(name).rstrip("/")
    parts = urlsplit(value)
    whole = parts.scheme in {"http", "https"} and parts.netloc
    return value if whole and not (parts.path or parts.query) else None


required = read_environment(
    {
        "SECRET_KEY": Variable(
            read_key,
            "at least 50 random characters, as made by "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(64))'",
        ),
        "ALLOWED_HOSTS": Variable(env.list, "the site's host names, separated by commas"),
        "ADMIN_BASE_URL": Variable(
            read_origin, "where editors sign in, as mails link to it: scheme and host, no path"
        ),
        "DATABASE_URL": Variable(
            read_database, "the database, as in postgres://user:password@host:5432/name"
        ),
        "CACHE_URL": Variable(
            env.cache_url, "redis://host:6379/0, or locmemcache:// for a single web process"
        ),
        "EMAIL_URL": Variable(
            env.email_url, "the mail server, as in smtp+tls://user:password@host:587"
        ),
        "DEFAULT_FROM_EMAIL": Variable(env.str, "the sender of mails, an address of your own"),
        "V2V_DATA_DIR": Variable(
            env.str, "a folder that outlives the release, for static and uploaded files"
        ),
        "TRUSTED_PROXY_HEADER": Variable(
            env.str,
            "the header in which your reverse proxy alone says http or https, mostly "
            "X-Forwarded-Proto; none where the web server itself ends TLS",
        ),
    }
)

SECRET_KEY = required["SECRET_KEY"]
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
V2V_ADDRESS_KEY = env.str("ADDRESS_KEY", default="")
V2V_BOUNCE_MAILBOX = env.str("BOUNCE_MAILBOX", default="")
ALLOWED_HOSTS = required["ALLOWED_HOSTS"]
WAGTAILADMIN_BASE_URL = required["ADMIN_BASE_URL"]
CSRF_TRUSTED_ORIGINS = [WAGTAILADMIN_BASE_URL]

DATABASES = {
    "default": {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, **required["DATABASE_URL"]}
}
match DATABASES["default"]["ENGINE"]:
    case "django.db.backends.postgresql":
        INSTALLED_APPS = [*INSTALLED_APPS, "django.contrib.postgres"]
        DATABASES["default"]["ENGINE"] = POSTGRESQL
        if env.bool("DATABASE_PREPARES", default=True):
            asked = DATABASES["default"].get("OPTIONS", {})
            DATABASES["default"]["OPTIONS"] = {**POSTGRESQL_OPTIONS, **asked}
    case "django.db.backends.sqlite3":
        DATABASES["default"]["ENGINE"] = SQLITE
        DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
CACHES = {"default": required["CACHE_URL"]}

# Mail: Django 6.1 has MAILERS, and no longer takes the EMAIL settings beside it

DEFAULT_FROM_EMAIL = SERVER_EMAIL = required["DEFAULT_FROM_EMAIL"]
MAIL_TIMEOUT_SECONDS = 20


def as_mailer(settings: dict[str, Any]) -> dict[str, Any]:
    """Translates the EMAIL settings that an address stands for into one of MAILERS."""
    names = {
        "host": "EMAIL_HOST",
        "port": "EMAIL_PORT",
        "username": "EMAIL_HOST_USER",
        "password": "EMAIL_HOST_PASSWORD",
        "use_tls": "EMAIL_USE_TLS",
        "use_ssl": "EMAIL_USE_SSL",
    }
    options = {option: settings[name] for option, name in names.items() if settings.get(name)}
    return {
        "BACKEND": settings["EMAIL_BACKEND"],
        "OPTIONS": {**options, "timeout": MAIL_TIMEOUT_SECONDS},
    }


if django.VERSION >= (6, 1):
    MAILERS = {"default": as_mailer(required["EMAIL_URL"])}
else:
    EMAIL_TIMEOUT = MAIL_TIMEOUT_SECONDS
    globals().update(required["EMAIL_URL"])

# Uploaded files: in the data folder, or in an S3 bucket, which boto3 finds its credentials for

if bucket := env.str("S3_BUCKET", default=""):
    STORAGES = {
        **STORAGES,
        "default": {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "bucket_name": bucket,
                "endpoint_url": env.str("S3_ENDPOINT_URL", default=None),
                "region_name": env.str("S3_REGION", default=None),
                "default_acl": "private",
                "file_overwrite": False,
            },
        },
    }

# The API: how much of it anybody may have in a minute

V2V_API_ANONYMOUS_PER_MINUTE = env.int("API_ANONYMOUS_PER_MINUTE", default=300)
V2V_API_KEY_PER_MINUTE = env.int("API_KEY_PER_MINUTE", default=1200)

# Drafts on the sites of partners

V2V_PREVIEW_FRONT_ENDS = env.dict("PREVIEW_FRONT_ENDS", default={})
V2V_PREVIEW_SECONDS = env.int("PREVIEW_SECONDS", default=V2V_PREVIEW_SECONDS)

# What is sent to the outside, and from which installation

V2V_OUTBOUND_ALLOWED_NETWORKS = env.list("OUTBOUND_ALLOWED_NETWORKS", default=[])
V2V_INSTALLATION_ID = env.str("INSTALLATION_ID", default="")

# Security: HTTPS alone, and cookies that no other host and no plain connection can set

if required["TRUSTED_PROXY_HEADER"].lower() != "none":
    header = required["TRUSTED_PROXY_HEADER"].upper().replace("-", "_")
    SECURE_PROXY_SSL_HEADER = (f"HTTP_{header}", "https")
    # it is a proxy that is trusted, then, and the last one to say whom it was asked by
    V2V_TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=1)
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=365 * 24 * 3600)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_INCLUDE_SUBDOMAINS", default=True)
SECURE_HSTS_PRELOAD = env.bool("HSTS_PRELOAD", default=True)
SESSION_COOKIE_NAME = "__Host-sessionid"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"
CSRF_COOKIE_SECURE = True
X_FRAME_OPTIONS = "DENY"  # Wagtail's previews make their own exception

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="INFO")},
}
