"""Forms of the admin, filled in as an editor would."""

from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils.text import slugify
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from v2v_pages.models import NewsPage


def news_form(title: str, **fields: Any) -> dict[str, Any]:
    """Returns the filled form of a news article."""
    form: dict[str, Any] = nested_form_data(
        {
            "title": title,
            "slug": slugify(title),
            "summary": "What happened, in one sentence.",
            "published_on": "2021-04-12",
            "body": streamfield([("paragraph", rich_text("<p>The partners met.</p>"))]),
            "licence": "CC-BY-4.0",
            "translation_origin": "original",
            **fields,
        }
    )
    return form


def add_news(client: Client, parent: Page, title: str, *, button: str, **fields: Any) -> NewsPage:
    """Creates an article and presses a button below the form: "publish", "submit", or ""."""
    form = news_form(title, **fields)
    if button:
        form[f"action-{button}"] = "on"
    url = reverse("wagtailadmin_pages:add", args=["v2v_pages", "newspage", parent.pk])
    response = client.post(url, form)
    assert response.status_code == 302, response.context["form"].errors
    page: NewsPage = NewsPage.objects.get(title=title)
    return page
