"""A client that openapi-python-client generates imports, and reads the article through HTTP."""

import importlib
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections

from v2v_pages.models import NewsPage


@pytest.fixture
def client(package: str, db: None) -> Iterator[Any]:
    """The generated client, in front of this process's own site."""
    signals = (request_started, request_finished)
    for signal in signals:
        # the test's transaction is in the connection that they would close
        signal.disconnect(close_old_connections)
    transport = httpx.WSGITransport(app=get_wsgi_application())
    yield part(package, "client").Client(
        "http://testserver",
        httpx_args={"transport": transport},
        raise_on_unexpected_status=True,
    )
    for signal in signals:
        signal.connect(close_old_connections)


def part(package: str, name: str) -> ModuleType:
    """Imports a module of the generated client."""
    return importlib.import_module(f"{package}.{name}")


def test_every_module_imports(package: str) -> None:
    folder = Path(part(package, "client").__file__ or "").parent
    names = [path.stem for path in (folder / "models").glob("*.py") if path.stem != "__init__"]

    modules = [part(package, f"models.{name}") for name in names]

    assert len(modules) > 50


def test_the_client_reads_the_article_with_typed_blocks(
    package: str, client: Any, make_news: Callable[[int], list[NewsPage]]
) -> None:
    [article] = make_news(1)
    models = part(package, "models")

    found = part(package, "api.news.news_list").sync(client=client, limit=5)

    assert isinstance(found, models.NewsListSchema)
    [item] = found.items
    assert item.title == article.title
    assert item.locale.served == "en"
    assert item.published_on == article.published_on
    assert item.image.srcset.avif
    assert [type(block).__name__ for block in item.body] == [
        "ParagraphBlockSchema",
        "QuoteBlockSchema",
        "CalloutBlockSchema",
        "TableBlockSchema",
        "ImageBlockSchema",
        "GalleryBlockSchema",
        "VideoBlockSchema",
        "DocumentsBlockSchema",
        "TwinningsBlockSchema",
        "TimelineBlockSchema",
        "PeopleBlockSchema",
    ]
    assert item.body[3].rows[0][1] == 2.5


def test_the_client_reads_one_item_and_problems(
    package: str, client: Any, make_news: Callable[[int], list[NewsPage]]
) -> None:
    [article] = make_news(1)
    models = part(package, "models")
    content_item = part(package, "api.content.content_item")

    item = content_item.sync(client=client, item_id=article.translation_key)
    missing = content_item.sync(client=client, item_id="00000000-0000-4000-8000-000000000000")

    assert isinstance(item, models.NewsSchema)
    assert isinstance(missing, models.ProblemSchema)
    assert missing.status == 404


def test_the_client_chooses_fields(
    package: str, client: Any, make_news: Callable[[int], list[NewsPage]]
) -> None:
    make_news(1)
    fields = part(package, "models").NewsListFieldsItem

    found = part(package, "api.news.news_list").sync(
        client=client, fields=[fields.SUMMARY, fields.TAGS]
    )

    [item] = found.items
    assert item.summary
    assert item.tags
    assert not item.body
