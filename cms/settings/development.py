"""The embedded site: SQLite, no services, files below ``V2V_DATA_DIR``. `make run` uses it."""

import os

from django.core.management.utils import get_random_secret_key

from .base import *
from .base import DATA_DIR

ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]

# sessions survive a restart when the key is handed in; nothing secret is written into the project
SECRET_KEY = os.environ.get("SECRET_KEY") or get_random_secret_key()

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA_DIR / "site.sqlite3",
        "OPTIONS": {
            # readers never wait for the worker, and writers queue instead of failing
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
        },
    }
}
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
