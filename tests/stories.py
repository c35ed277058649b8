"""A body that holds every kind of block, so that no kind goes unseen."""

from datetime import date
from typing import Any

from tests.factories import DocumentFactory, ImageFactory, PersonConsentFactory
from v2v_pages.blocks import StoryBlock


def described_image(**fields: Any) -> Any:
    """Makes an image with the description that an editor gave it for this place."""
    image = ImageFactory(**fields)
    image.contextual_alt_text, image.decorative = "Two learners", False
    return image


def picture(caption: str = "The workshop") -> dict[str, Any]:
    """Returns the value of an image block."""
    return {"image": described_image(), "caption": caption, "consents": []}


def every_block() -> list[tuple[str, Any]]:
    """Returns a body with each kind of block once, for pages that exist."""
    table = {
        "caption": "Sessions",
        "columns": [{"type": "text", "heading": "Day"}, {"type": "number", "heading": "Hours"}],
        "rows": [{"values": ["Monday", 2]}],
    }
    consent = PersonConsentFactory()
    entry = {"starts_on": date(2021, 3, 15), "ends_on": date(2021, 3, 25), "precision": "day"}
    return [
        ("paragraph", "<h2>Next</h2><p>We <b>met</b>.</p><h3>Then</h3><ul><li>More</li></ul>"),
        ("quote", {"quote": "We learned a lot.", "consent": consent, "source": ""}),
        ("callout", {"tone": "tip", "heading": "Visa", "text": "<p>Ask early.</p>"}),
        ("callout", {"tone": "warning", "heading": "", "text": "<p>Ask.</p>"}),
        ("table", StoryBlock().child_blocks["table"].to_python(table)),
        ("image", picture()),
        ("gallery", [picture("First"), picture("Second")]),
        ("video", {"title": "A day", "url": "https://video.example/1", "description": "Short."}),
        ("documents", {"heading": "Downloads", "documents": [DocumentFactory()]}),
        ("twinnings", {"heading": "The twinnings", "twinnings": []}),
        ("timeline", {"heading": "When", "entries": [{**entry, "title": "Work", "text": "All."}]}),
        ("subscribe", {"heading": "Our newsletter", "text": "Once a month."}),
        ("people", [{"consent": consent, "image": described_image(), "text": "Welds."}]),
    ]
