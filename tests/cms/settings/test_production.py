"""A production site is configured wholly, from its environment, or it refuses to start."""

import os
import re
import subprocess
import sys
from pathlib import Path

import django
import pytest

ROOT = Path(__file__).resolve().parents[3]
EXAMPLE = ROOT / "cms" / "settings" / "production.env.example"
NEEDED = [
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "ADMIN_BASE_URL",
    "DATABASE_URL",
    "CACHE_URL",
    "EMAIL_URL",
    "DEFAULT_FROM_EMAIL",
    "V2V_DATA_DIR",
    "TRUSTED_PROXY_HEADER",
]


def example() -> dict[str, str]:
    """Reads the example that the documentation tells people to copy."""
    return dict(re.findall(r"^(\w+)=(.*)$", EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE))


def ask(question: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Asks a new process about its settings: ``s`` in a Python expression."""
    program = f"from django.conf import settings as s; print({question})"
    bare = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "cms.settings.production"}
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        cwd=ROOT,
        env={**bare, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def answer(question: str, **changes: str) -> str:
    """Returns what a site that follows the example, but for some changes, answers."""
    run = ask(question, {**example(), **changes})
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


def test_an_empty_environment_is_refused_with_all_that_is_missing() -> None:
    run = ask("s.DEBUG", {})

    assert run.returncode == 1
    assert run.stderr.count("django.core.exceptions.ImproperlyConfigured: ") == 1
    assert re.findall(r"^  (\w+): ", run.stderr, re.MULTILINE) == NEEDED


@pytest.mark.parametrize("name", NEEDED)
def test_each_missing_variable_is_named_alone(name: str) -> None:
    environment = example()
    del environment[name]

    run = ask("s.DEBUG", environment)

    assert re.findall(r"^  (\w+): ", run.stderr, re.MULTILINE) == [name]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("ALLOWED_HOSTS", ""),
        ("ADMIN_BASE_URL", "www.example.org"),
        ("ADMIN_BASE_URL", "https://www.example.org/admin/"),
        ("DATABASE_URL", "postgres"),
        ("CACHE_URL", "memory"),
        ("EMAIL_URL", "mail.example.org"),
        ("EMAIL_URL", "smtp://mail.example.org:none"),
    ],
)
def test_what_makes_no_sense_is_named_like_what_is_missing(name: str, value: str) -> None:
    run = ask("s.DEBUG", {**example(), name: value})

    assert re.findall(r"^  (\w+): ", run.stderr, re.MULTILINE) == [name]


def test_the_example_configures_a_site() -> None:
    assert answer("s.DATABASES['default']['ENGINE']") == "cms.databases.postgresql"
    assert answer("s.CACHES['default']['LOCATION']") == "redis://127.0.0.1:6379/0"
    assert answer("s.WAGTAILADMIN_BASE_URL") == "https://www.example.org"
    assert answer("s.MEDIA_ROOT") == "/srv/v2v/media"


@pytest.mark.parametrize(
    ("changes", "options"),
    [
        ({}, "{'server_side_binding': True, 'prepare_threshold': 2}"),
        ({"DATABASE_PREPARES": "false"}, "{}"),
        (
            {"DATABASE_URL": "postgres://v2v@127.0.0.1/v2v?sslmode=require"},
            "{'server_side_binding': True, 'prepare_threshold': 2, 'sslmode': 'require'}",
        ),
    ],
)
def test_postgresql_plans_a_statement_once_unless_a_pooler_cannot_have_it(
    changes: dict[str, str], options: str
) -> None:
    assert answer("s.DATABASES['default'].get('OPTIONS', {})", **changes) == options


def test_cookies_and_transport_are_locked_to_https() -> None:
    question = (
        "s.SESSION_COOKIE_NAME[:7], s.CSRF_COOKIE_NAME[:7], s.SESSION_COOKIE_SECURE, "
        "s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS > 30_000_000, "
        "s.SESSION_COOKIE_DOMAIN, s.CSRF_COOKIE_DOMAIN, s.SESSION_COOKIE_PATH, s.CSRF_COOKIE_PATH"
    )

    assert answer(question) == ("__Host- __Host- True True True True None None / /")


@pytest.mark.parametrize(
    ("header", "setting"),
    [
        ("X-Forwarded-Proto", "('HTTP_X_FORWARDED_PROTO', 'https')"),
        ("none", "None"),
    ],
)
def test_a_proxy_is_trusted_only_when_it_is_named(header: str, setting: str) -> None:
    assert answer("s.SECURE_PROXY_SSL_HEADER", TRUSTED_PROXY_HEADER=header) == setting


@pytest.mark.parametrize(
    ("changes", "proxies"),
    [
        ({}, "1"),
        ({"TRUSTED_PROXIES": "2"}, "2"),
        ({"TRUSTED_PROXY_HEADER": "none", "TRUSTED_PROXIES": "2"}, "0"),
    ],
)
def test_whom_a_proxy_was_asked_by_is_believed_only_where_there_is_one(
    changes: dict[str, str], proxies: str
) -> None:
    assert answer("s.V2V_TRUSTED_PROXIES", **changes) == proxies


def test_mail_reaches_the_server_that_was_named_on_every_django() -> None:
    question = (
        "(lambda c: (c.host, c.port, c.username, c.password, c.use_tls, c.timeout))"
        "(__import__('django.core.mail').core.mail.{})"
    )
    connect = "mailers['default']" if django.VERSION >= (6, 1) else "get_connection()"

    assert answer(question.format(connect)) == (
        "('mail.example.org', 587, 'v2v', 'password', True, 20)"
    )


def test_uploads_go_to_the_bucket_that_was_named() -> None:
    question = "s.STORAGES['default']['OPTIONS']['bucket_name'], s.STORAGES['default']['BACKEND']"

    assert answer(question, S3_BUCKET="v2v-media") == "v2v-media storages.backends.s3.S3Storage"
    assert "FileSystemStorage" in answer("s.STORAGES['default']['BACKEND']")


def test_a_site_without_proxy_and_with_a_bucket_has_no_warning() -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "cms.settings.production",
        **example(),
        "S3_BUCKET": "v2v-media",
        "TRUSTED_PROXY_HEADER": "none",
    }
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]

    run = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )

    assert run.stderr == ""
    assert run.returncode == 0
