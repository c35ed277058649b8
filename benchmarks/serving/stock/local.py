"""What the production settings of a generated project leave to the one who runs it."""

import os

import environ

from .base import INSTALLED_APPS, STORAGES

env = environ.Env()
SECRET_KEY = "measured, never reached from outside " * 2
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = [
    "articles",
    "wagtail.api.v2",
    "wagtail.api.v3",
    "rest_framework",
    "ninja",
    *INSTALLED_APPS,
]
if env("DATABASE_URL").startswith("postgres"):
    INSTALLED_APPS = [*INSTALLED_APPS, "django.contrib.postgres"]
ROOT_URLCONF = "articles.urls"
# connections that last, as in this project's settings
DATABASES = {"default": {"CONN_MAX_AGE": 60, **env.db_url("DATABASE_URL")}}
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
WAGTAILADMIN_BASE_URL = "http://127.0.0.1"
MEDIA_ROOT = os.environ["MEDIA_ROOT"]
