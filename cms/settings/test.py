"""Settings of the test suite: SQLite unless ``DATABASE_URL`` says otherwise, no service needed.

``DATABASE_URL`` and ``CACHE_URL`` run the same tests on PostgreSQL and Redis. Files go to a
folder of this run alone, which ends with it.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import django
import environ

from .base import *
from .base import (
    INSTALLED_APPS,
    MIDDLEWARE,
    POSTGRESQL,
    POSTGRESQL_OPTIONS,
    SQLITE,
    SQLITE_OPTIONS,
    STORAGES,
)

env = environ.Env()

TEST_DIR = Path(tempfile.mkdtemp(prefix="v2v-test-"))
atexit.register(shutil.rmtree, TEST_DIR, ignore_errors=True)

SECRET_KEY = "for the tests alone " * 3
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{TEST_DIR}/db.sqlite3")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    INSTALLED_APPS = [*INSTALLED_APPS, "django.contrib.postgres"]
    # Tests kill workers, not the database: nothing of theirs has to outlive a loss of power
    DATABASES["default"] |= {
        "ENGINE": POSTGRESQL,
        "OPTIONS": {
            **POSTGRESQL_OPTIONS,
            **DATABASES["default"].get("OPTIONS", {}),
            "options": "-c synchronous_commit=off",
        },
    }
else:
    # A file, as on the embedded site: threads and processes see what they would see there
    DATABASES["default"] |= {
        "ENGINE": SQLITE,
        "OPTIONS": SQLITE_OPTIONS,
        "TEST": {"NAME": str(TEST_DIR / "test.sqlite3")},
    }

CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}
if worker := os.environ.get("PYTEST_XDIST_WORKER", "").removeprefix("gw"):
    # Each parallel run empties its cache after each test: it needs a Redis database of its own
    CACHES["default"]["LOCATION"] = f"{CACHES['default']['LOCATION']}{worker}"

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
INSTALLED_APPS = [*INSTALLED_APPS, "tests.api.festival", "tests.communication.delivery.notices"]
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("whitenoise")]
# Nothing public reads this index; the tests of the admin that do fill it themselves
WAGTAILSEARCH_BACKENDS = {
    name: {**backend, "AUTO_UPDATE": False} for name, backend in WAGTAILSEARCH_BACKENDS.items()
}
# Tests that are about rates ask for them
V2V_API_ANONYMOUS_PER_MINUTE = V2V_API_KEY_PER_MINUTE = 0
# The only machine that tests write to; every other address, 127.0.0.2 among them, is refused
V2V_OUTBOUND_ALLOWED_NETWORKS = ["127.0.0.1/32"]
# Web processes that a test starts give out the files of that test
MEDIA_ROOT = Path(env.str("TEST_MEDIA_ROOT", default=str(TEST_DIR / "media")))
STATIC_ROOT = TEST_DIR / "static"
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
V2V_MAIL_TRANSPORT = "communication.newsletters.transports.memory.MemoryTransport"

if django.VERSION >= (6, 1):
    MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
