"""The latest news of V2V for a page of your own site.

Generate the client once, and again when you want what is new in the API::

    pip install openapi-python-client
    openapi-python-client generate --url https://v2v.example/api/v1/openapi.json \
        --meta none --output-path v2v_client

Then, wherever your page is made::

    client = Client("https://v2v.example", timeout=httpx.Timeout(20))
    html = as_html(latest_news(client=client, copy=Path("v2v-news.json"), language="it"))

A page waits for two seconds at most, and only once in ten minutes. What it shows while this site is
slow or cannot be reached is the last good copy.
"""

import json
import logging
import time
from concurrent.futures import ThreadPoolExecutor
from html import escape
from http import HTTPStatus
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
from v2v_client import Client
from v2v_client.api.news import news_list
from v2v_client.errors import UnexpectedStatus
from v2v_client.models import NewsListFieldsItem, NewsListLocale

FRESH_SECONDS = 600
WAIT_SECONDS = 2.0
FIELDS = [NewsListFieldsItem(name) for name in ("summary", "funding", "footnotes", "licence")]
OTHER_ANSWERS = (ValueError, TypeError, LookupError)  # that are no list of news
FAILURES = (TimeoutError, httpx.HTTPError, UnexpectedStatus, OSError, *OTHER_ANSWERS)

logger = logging.getLogger(__name__)
_worker = ThreadPoolExecutor(max_workers=1)


def latest_news(
    *, client: Client, copy: Path, language: str = "en", count: int = 5
) -> list[dict[str, Any]]:
    """Returns the latest articles, or the last that were read.

    Args:
        client: The generated client.
        copy: The file that keeps the last good copy; one for each language.
        language: BCP 47 code of your readers' language.
        count: How many.
    """
    kept = _read(copy)
    if time.time() - kept["tried_at"] < FRESH_SECONDS:
        return kept["items"]
    try:
        # written first, so that the next page does not try again while this one waits
        _write(copy, {**kept, "tried_at": time.time()})
        answer = _worker.submit(_refreshed, client, copy, language, count)
        return answer.result(timeout=WAIT_SECONDS)
    except FAILURES as error:
        logger.warning("The news of V2V are those of the last good copy: %r", error)
        return kept["items"]


def as_html(articles: list[dict[str, Any]]) -> str:
    """Returns the articles as a list, with what must be shown beside them."""
    items, notes = [], []
    for article in articles:
        language = article["locale"]["served"]
        items.append(
            f'<li lang="{escape(language)}"><a href="{escape(article["url"])}">'
            f"{escape(article['title'])}</a> <p>{escape(article['summary'])}</p></li>"
        )
        funding = article.get("funding") or {}
        notes += [funding.get("emblem_line"), *article["footnotes"]]
        notes.append({"text": article["licence"]["attribution"], "language": language})
    unique = dict.fromkeys((note["text"], note["language"]) for note in notes if note)
    small = (f'<p lang="{escape(code)}"><small>{escape(text)}</small></p>' for text, code in unique)
    return f"<ul>{''.join(items)}</ul>{''.join(small)}"


def _refreshed(client: Client, copy: Path, language: str, count: int) -> list[dict[str, Any]]:
    """Asks for what is new; keeps on where the page has stopped waiting."""
    kept = _read(copy)
    headers = {"If-None-Match": kept["etag"]} if kept["etag"] else {}
    with client.with_headers(headers) as asking:
        answer = news_list.sync_detailed(
            client=asking, limit=count, locale=NewsListLocale(language), fields=FIELDS
        )
    if answer.status_code == HTTPStatus.NOT_MODIFIED:
        return kept["items"]
    if answer.status_code != HTTPStatus.OK or answer.parsed is None:
        raise UnexpectedStatus(answer.status_code, answer.content)
    items: list[dict[str, Any]] = answer.parsed.to_dict()["items"]
    etag = answer.headers.get("ETag", "")
    _write(copy, {"items": items, "etag": etag, "tried_at": time.time()})
    return items


def _read(copy: Path) -> dict[str, Any]:
    try:
        return dict(json.loads(copy.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {"items": [], "etag": "", "tried_at": 0}


def _write(copy: Path, kept: dict[str, Any]) -> None:
    """Replaces the copy at once: nobody reads half of it, nor do two write into one file."""
    new = copy.with_name(f"{copy.name}.{uuid4().hex}")
    try:
        new.write_text(json.dumps(kept), encoding="utf-8")
        new.replace(copy)
    finally:
        new.unlink(missing_ok=True)
