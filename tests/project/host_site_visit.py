"""Copied into a host site: publishes an article with a picture, visits it, says what was seen."""

from io import BytesIO
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext, override
from PIL import Image
from wagtail.images import get_image_model
from wagtail.models import Site

from v2v_pages.models import NewsIndexPage, NewsPage


def published_article() -> NewsPage:
    """Publishes an article in a news list below the host's own home page."""
    file = BytesIO()
    Image.new("RGB", (900, 600)).save(file, "PNG")
    image = get_image_model().objects.create(
        title="A workshop", file=ContentFile(file.getvalue(), name="workshop.png")
    )
    home = Site.objects.get().root_page
    news = home.add_child(instance=NewsIndexPage(title="News", slug="news", summary="All"))
    article = NewsPage(
        title="We began",
        slug="began",
        summary="So",
        live=False,
        listing_image=image,
        body=[("paragraph", "<p>Ten schools met in Podgorica.</p>")],
    )
    news.add_child(instance=article).save_revision().publish()
    return article


def editors_answer(article: NewsPage) -> int:
    """Returns the status of the article's form in the admin."""
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("ed", "ed@example.org", "pw"))
    return int(client.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).status_code)


def report() -> dict[str, Any]:
    """Returns what readers, partner sites and editors get."""
    form = editors_answer(published_article())
    client = Client()
    page = client.get("/news/began/")
    items = {path: client.get(f"/api/v1/{path}/").json()["items"] for path in ("news", "content")}
    with override("it"):
        italian = gettext("Skip to main content")
    return {
        "status": {
            "page": page.status_code,
            "list": client.get("/news/").status_code,
            "home": client.get("/").status_code,
            "form": form,
        },
        "html": page.content.decode(),
        "robots": page.headers.get("X-Robots-Tag", ""),
        "stylesheet": finders.find("v2v_pages/site.css"),
        "news": items["news"],
        "content": [(item["type"], item["title"]) for item in items["content"]],
        "italian": italian,
    }
