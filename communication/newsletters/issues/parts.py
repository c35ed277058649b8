"""What an issue is made of once it is read: the same parts for mail, text, web page and feed.

A block turns its value into a part; templates of the part's kind write it, one for each output.
"""

from dataclasses import dataclass
from typing import Any, ClassVar, Final
from urllib.parse import urljoin

from v2v_snippets.images import PICTURE_SIZES, renditions_of
from v2v_snippets.publication.listing import ListedRecord

WIDEST: Final = 552
"""How wide a picture can stand in a mail of 600 pixels with its margins."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One version of an image, as mail programs show it: JPEG, at an absolute address."""

    url: str
    width: int
    """As it is shown, in CSS pixels; the file may have twice as many."""
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an issue; ``kind`` names its templates."""

    kind: ClassVar[str]


@dataclass(frozen=True, slots=True)
class HeadingPart(Part):
    """A heading between the parts."""

    kind: ClassVar[str] = "heading"
    text: str


@dataclass(frozen=True, slots=True)
class WordsPart(Part):
    """Running text, as HTML with absolute addresses."""

    kind: ClassVar[str] = "words"
    html: str


@dataclass(frozen=True, slots=True)
class FigurePart(Part):
    """A picture with what stands below it."""

    kind: ClassVar[str] = "figure"
    picture: Picture
    caption: str


@dataclass(frozen=True, slots=True)
class CardPart(Part):
    """Something that can be read elsewhere: a page, an event, a term."""

    kind: ClassVar[str] = "card"
    title: str
    summary: str
    url: str = ""
    label: str = ""
    """What it is: "Event"."""
    when: str = ""
    place: str = ""
    picture: Picture | None = None
    title_language: str = ""
    """Where it is not that of the issue; "" where it is."""
    summary_language: str = ""
    """Where it is not that of the issue; "" where it is."""
    marks: tuple[str, ...] = ()
    """What readers must be told before: that a text is an example, a date assumed."""

    @classmethod
    def of_record(cls, record: ListedRecord, label: Any, language: str) -> "CardPart":
        """Returns a record, such as a concept, as readers of ``language`` get it."""
        return cls(
            title=record.title,
            summary=record.summary,
            url=record.url,
            label=str(label),
            title_language=other_than(language, record.language),
            summary_language=other_than(language, record.summary_language),
            marks=tuple(mark.text for mark in record.marks),
        )


def other_than(language: str, own: str) -> str:
    """Returns the language of a text where it is another one than that around it, else ""."""
    return "" if own == language else own


def picture_of(image: Any, *, alt: str, site_url: str, size: str = "body") -> Picture | None:
    """Returns an image as mails and pages show it; None where its file is missing or broken.

    Made of the sizes that all pages have; see ``v2v_snippets.images``. What is wider than its place
    is shown narrower, so that it is sharp on good screens.
    """
    spec = PICTURE_SIZES[size].specs_in("jpeg")[1]
    renditions = renditions_of(image, [spec])
    if not renditions:
        return None
    rendition = renditions[spec]
    width = min(WIDEST, rendition.width)
    return Picture(
        url=urljoin(f"{site_url}/", rendition.url),
        width=width,
        height=round(rendition.height * width / rendition.width),
        alt=alt,
    )
