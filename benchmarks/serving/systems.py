"""The systems that are measured, each started with the same articles in a database of its own."""

import json
import os
import secrets
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlencode

from .goals import BARE, CACHED, ITEM, LIMIT, LIST, PAGE, STOCK, UNCACHED, UNCHANGED, V2, V3
from .rows import Row
from .servers import Server, serving

ROOT = Path(__file__).resolve().parents[2]
STOCK_FILES = Path(__file__).resolve().parent / "stock"
BEHIND_A_PROXY = {"X-Forwarded-Proto": "https"}
OF_THE_SERVER = {"date", "server", "connection"}
"""Headers that no application writes."""
KEPT = 64
"""Megabytes of the byte cache, as by default."""


@contextmanager
def all_systems(folder: Path, articles: int) -> Iterator[list[Row]]:
    """Makes and starts them; ``folder`` is for what they need, and the test database is made."""
    from django.conf import settings
    from django.db import connection

    from .ours import build

    print("making articles", flush=True)
    identifier = build(articles)
    here = address_of(connection, connection.settings_dict["NAME"])
    files = str(Path(settings.MEDIA_ROOT).parent)
    with ExitStack() as stack:

        def ours(megabytes: int) -> Server:
            environment = own_environment(here, files, megabytes)
            return stack.enter_context(serving("cms.wsgi:application", ROOT, environment))

        hello = serving("benchmarks.serving.hello:application", ROOT, {})
        rows = [Row("", LIMIT, stack.enter_context(hello), "/")]
        cached = own_rows(ours(KEPT), identifier, CACHED)
        rows += bare_rows(stack, cached, folder / "answers.json")
        rows += cached
        rows += unchanged_rows(cached)
        rows += own_rows(ours(0), identifier, UNCACHED)
        address = stack.enter_context(stock_database(folder, connection))
        rows += stock_rows(stack.enter_context(stock_server(folder, articles, address)))
        yield rows


def own_environment(database: str, files: str, megabytes: int) -> dict[str, str]:
    """Returns the environment of this project in production."""
    return {
        "DJANGO_SETTINGS_MODULE": "benchmarks.serving.settings",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": "127.0.0.1",
        "ADMIN_BASE_URL": "https://127.0.0.1",
        "DATABASE_URL": database,
        "CACHE_URL": os.environ.get("CACHE_URL", "locmemcache://"),
        "EMAIL_URL": "dummymail://",
        "DEFAULT_FROM_EMAIL": "nobody@v2v.example",
        "V2V_DATA_DIR": files,
        "TRUSTED_PROXY_HEADER": "X-Forwarded-Proto",
        "API_ANONYMOUS_PER_MINUTE": "0",
        "BYTE_CACHE_MEGABYTES": str(megabytes),
    }


def own_rows(server: Server, identifier: str, system: str) -> list[Row]:
    """Returns what is asked of this project."""
    paths = {
        LIST: "/api/v1/news/?limit=20",
        ITEM: f"/api/v1/news/{identifier}/",
        PAGE: "/en/news/article-0/",
    }
    return [Row(name, system, server, path, BEHIND_A_PROXY) for name, path in paths.items()]


def bare_rows(stack: ExitStack, rows: list[Row], file: Path) -> list[Row]:
    """Returns the same answers, byte for byte, from an application that does nothing else."""
    answers = {}
    for row in rows:
        row.answer()
        fields, body = row.answer()  # the second one is from the cache
        headers = [pair for pair in fields.items() if pair[0] not in OF_THE_SERVER]
        path, _, query = row.path.partition("?")
        answers[f"{path}?{query}"] = "200 OK", headers, b64encode(body).decode()
    file.write_text(json.dumps(answers))
    bare = serving("benchmarks.serving.bare:application", ROOT, {"SERVING_ANSWERS": str(file)})
    server = stack.enter_context(bare)
    return [Row(row.name, BARE, server, row.path, row.headers) for row in rows]


def unchanged_rows(rows: list[Row]) -> list[Row]:
    """Returns the same, asked by those who have the answers already."""
    return [
        Row(row.name, UNCHANGED, row.server, row.path, {**row.headers, "If-None-Match": tag}, 304)
        for row in rows
        for fields, _body in [row.answer()]
        for tag in [fields["etag"]]
    ]


def stock_rows(server: Server) -> list[Row]:
    """Returns what is asked of stock Wagtail: the same articles, with all their fields."""
    kind = {"type": "articles.ArticlePage", "limit": 20}
    [found] = [
        item["id"]
        for item in answered(server, "/api/v2/pages/", type=kind["type"], slug="article-0")
    ]
    v2 = f"/api/v2/pages/?{urlencode({**kind, 'fields': '*'})}"
    return [
        Row(LIST, V2, server, v2),
        Row(ITEM, V2, server, f"/api/v2/pages/{found}/"),
        Row("list of 20, no bodies", V3, server, f"/api/v3/pages/?{urlencode(kind)}"),
        Row(ITEM, V3, server, f"/api/v3/pages/{found}/"),
        Row(PAGE, STOCK, server, "/article-0/"),
    ]


def answered(server: Server, path: str, **query: str) -> list[dict]:
    """Returns the items of a list of stock Wagtail."""
    status, _fields, body = server.get(f"{path}?{urlencode(query)}", {})
    if status != 200:
        raise SystemExit(body.decode(errors="replace")[:2000])
    return json.loads(body)["items"]


@contextmanager
def stock_server(folder: Path, articles: int, database: str) -> Iterator[Server]:
    """Generates a project as ``wagtail start`` does, adds the articles' app, and serves it."""
    print("generating a project of stock Wagtail", flush=True)
    project = folder / "stock"
    project.mkdir()
    environment = {
        "DJANGO_SETTINGS_MODULE": "stock.settings.production",
        "DATABASE_URL": database,
        "MEDIA_ROOT": str(folder / "stock-media"),
        "PYTHONPATH": f"{project}{os.pathsep}{ROOT}",
    }

    def run(*command: str) -> None:
        subprocess.run(
            [sys.executable, *command],
            cwd=project,
            env={**os.environ, **environment},
            check=True,
            stdout=subprocess.DEVNULL,
        )

    run("-m", "wagtail.bin.wagtail", "start", "stock", str(project))
    for source in (path for path in STOCK_FILES.rglob("*") if path.is_file()):
        place = source.relative_to(STOCK_FILES)
        target = project / ("stock/settings" if source.name == "local.py" else "") / place
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())
    run("manage.py", "makemigrations", "articles")
    run("manage.py", "migrate")
    run("fill.py", str(articles))
    with serving("stock.wsgi:application", project, environment) as server:
        yield server


@contextmanager
def stock_database(folder: Path, connection) -> Iterator[str]:
    """Returns the address of a new database, where this project has its own."""
    if connection.vendor == "sqlite":
        yield address_of(connection, str(folder / "stock.sqlite3"))
        return
    name = connection.ops.quote_name(f"{connection.settings_dict['NAME']}_stock")
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name}")
    try:
        yield address_of(connection, name.strip('"'))
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name}")


def address_of(connection, name: str) -> str:
    """Returns the address of a database beside the one that is connected to."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    own = connection.settings_dict
    password = f":{own['PASSWORD']}" if own["PASSWORD"] else ""
    return f"postgres://{own['USER']}{password}@{own['HOST']}:{own['PORT']}/{name}"
