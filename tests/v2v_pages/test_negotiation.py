"""Which form of a thing suits an ``Accept`` header."""

import pytest

from v2v_pages.glossary.negotiation import preferred_type

HTML, TURTLE, JSON_LD, RDF = (
    "text/html",
    "text/turtle",
    "application/ld+json",
    "application/rdf+xml",
)


@pytest.mark.parametrize(
    ("header", "chosen"),
    [
        (None, HTML),
        ("", HTML),
        ("*/*", HTML),
        ("text/*", HTML),
        ("application/*", JSON_LD),
        (TURTLE, TURTLE),
        ("Text/Turtle", TURTLE),
        ("text/turtle; charset=utf-8", TURTLE),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', JSON_LD),
        ("text/html;q=0.5, text/turtle", TURTLE),
        ("text/html;q=0.5, text/turtle;q=0.5", HTML),
        ("text/turtle;q=0.9, application/rdf+xml;q=0.91", RDF),
        ("*/*, text/html;q=0", TURTLE),
        ("text/html;q=0, text/turtle;q=0, */*;q=0.1", JSON_LD),
        ("text/*;q=0.2, text/turtle;q=0.1, application/rdf+xml;q=0.15", HTML),
        ("text/html;level=1;q=0.1, text/html;q=0.9, text/turtle;q=0.5", HTML),
        (
            "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8",
            HTML,
        ),
        ("text/html;q=nan, text/turtle;q=0.1", TURTLE),
        ("text/html;q=2, text/turtle;q=0.1", TURTLE),
        ("text/html;q=x, */html, text, ;;;, ,", None),
        ("image/png", None),
        ("text/html;q=0", None),
        ("*/*;q=0", None),
    ],
)
def test_the_client_decides_and_among_equals_the_order_of_the_offers(
    header: str | None, chosen: str | None
) -> None:
    assert preferred_type(header, [HTML, TURTLE, JSON_LD, RDF]) == chosen


def test_nothing_on_offer_suits_nobody() -> None:
    assert preferred_type("*/*", []) is None
