"""What the partners build leads from the home page to the pages that tell more of it."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("en", "/en/glossary/"),
        ("it", "/it/glossario/"),
        ("sq", "/sq/fjalorthi/"),
        ("sr", "/sr/glosar/"),
    ],
)
def test_the_strand_of_the_glossary_leads_to_it(client: Client, code: str, path: str) -> None:
    page = BeautifulSoup(client.get(f"/{code}/").content, "html.parser")

    assert path in [link["href"] for link in page.select(".card a")]
