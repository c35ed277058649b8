"""The embedded site: SQLite, no services, files below ``V2V_DATA_DIR``. `make run` uses it."""

import django

from .base import *
from .base import DATA_DIR, SQLITE, SQLITE_OPTIONS, STORAGES
from .secret_file import read_or_create_secret

ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]

SECRET_KEY = read_or_create_secret(DATA_DIR / "secret-key")

DATABASES = {
    "default": {
        "ENGINE": SQLITE,
        "NAME": DATA_DIR / "site.sqlite3",
        "OPTIONS": SQLITE_OPTIONS,
    }
}

# Static files are served from where they lie: nothing is collected
STATIC_ROOT = None
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

# Mails are printed
CONSOLE = "django.core.mail.backends.console.EmailBackend"
if django.VERSION >= (6, 1):
    MAILERS = {"default": {"BACKEND": CONSOLE}}
else:
    EMAIL_BACKEND = CONSOLE

# Letters to readers are files, which the admin shows
V2V_MAIL_TRANSPORT = "communication.newsletters.transports.files.FileTransport"
V2V_MAIL_FOLDER = DATA_DIR / "mails"

# Errors are printed, too; that a page was not found is not one
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django.request": {"level": "ERROR"}},
}
