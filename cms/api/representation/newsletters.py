"""Issues of newsletters as items."""

from dataclasses import asdict
from functools import cached_property
from typing import Any, ClassVar

from django.utils.translation import override

from communication.newsletters.issues.parts import Part, WordsPart
from communication.newsletters.issues.reading import Reading
from v2v_snippets.language.reading import text_in

from ..schemas.newsletters import ArchiveSchema, IssueSchema
from .items import Item


class NewsletterItem(Item):
    """Writes an issue."""

    type = "newsletters"
    schema: ClassVar = IssueSchema

    @property
    def image_key(self) -> int | None:
        """The primary key of its first image that nobody to be seen in it has withdrawn."""
        image = self._reading.first_image(self.page)
        return image.pk if image else None

    @property
    def summary(self) -> str:
        """As in lists."""
        return str(self.page.listing_summary)

    @property
    def licence(self) -> dict[str, Any]:
        """Under what terms it may be reused."""
        return self.library.reuse(self.page.licence_code)

    @property
    def funding(self) -> dict[str, Any] | None:
        """What every copy must show."""
        return self.library.funding.texts(None, self.language)

    @property
    def html(self) -> str:
        """The lead text as HTML; "" where Markdown is asked for."""
        return self._texts.get("html", "")

    @property
    def markdown(self) -> str:
        """The lead text as Markdown."""
        return self._texts.get("markdown", "")

    @property
    def parts(self) -> list[dict[str, Any]]:
        """What readers get of it today."""
        with override(self.library.language), text_in(self.language):
            return [self._part(part) for part in self._reading.found(self.page).parts]

    @property
    def _reading(self) -> Reading:
        return self.library.issues.reading(self.language)

    @cached_property
    def _texts(self) -> dict[str, str]:
        with override(self.library.language), text_in(self.language):
            return self.library.shown(self._reading.words(self.page.lead))

    def _part(self, part: Part) -> dict[str, Any]:
        written = {"kind": part.kind, **asdict(part)}
        if isinstance(part, WordsPart):
            return {**written, **self.library.shown(part.html)}
        return written


class ArchiveItem(Item):
    """Writes the page that lists all issues."""

    type = "newsletter-archive"
    schema: ClassVar = ArchiveSchema

    @property
    def summary(self) -> str:
        """What stands above the list."""
        return str(self.page.introduction)
