"""Issues in one language, read at once: their parts, and what had to be left out of them.

Blocks are read as they are stored, so that nothing is looked up for each of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import cached_property
from wagtail.images import get_image_model
from wagtail.rich_text import expand_db_html

from v2v_snippets.images import prefetch_pictures
from v2v_snippets.language.reading import readers_language
from v2v_snippets.language_parts import with_spans
from v2v_snippets.publication.listing import ListingText
from v2v_snippets.publication.urls import absolute_addresses, full_url_in
from v2v_snippets.publication.withdrawn import withdrawn_images

from ..sender import controller_and_funding
from .features import Features, load_features
from .parts import CardPart, Part, Picture, WordsPart, picture_of

Raw = dict[str, Any]

FEATURE: Final = "feature"
TEXT: Final = "text"
"""Names of the blocks whose content is loaded for all at once."""

_BETWEEN: Final = "<!--between texts-->"


@dataclass(frozen=True, slots=True)
class Found:
    """The parts of one issue, and the names of what nobody may read any more, or not yet."""

    parts: list[Part]
    left_out: list[str]


class Reading:
    """Reads issues that are written in one language, and all that they name.

    It costs the same queries for one issue and for twenty, with one block or with thirty.
    """

    def __init__(self, issues: Sequence[Any], language: str, site_url: str) -> None:
        """Takes issues.

        Args:
            issues: Versions of issues (``NewsletterPage``) in ``language``.
            language: In which pages are named, as far as they exist in it.
            site_url: Where addresses begin; no slash behind.
        """
        self.issues = issues
        self.language = language
        self.site_url = site_url
        self._funding: dict[str, list[ListingText]] = {}

    def found(self, issue: Any) -> Found:
        """Returns what readers get of one of the issues."""
        parts: list[Part] = []
        left_out: list[str] = []
        for block, raw in stored_blocks(issue):
            part = self._part(block, raw)
            if part is not None:
                parts.append(part)
            elif name := self._name(block, raw):
                left_out.append(name)
        return Found(parts, left_out)

    def words(self, source: str) -> str:
        """Returns rich text of one of the issues as HTML with absolute addresses."""
        return self._texts.get(source, "")

    def page(self, key: int | None) -> Any:
        """Returns the public version of a page for these readers; None if there is none."""
        return self._features.public.get(key) if key else None

    def url_of(self, page: Any) -> str:
        """Returns where these readers read a page."""
        return full_url_in(page, readers_language())

    def picture(self, raw: Any, size: str = "body") -> Picture | None:
        """Returns a stored image as it is shown; None of one that somebody in it has withdrawn."""
        key = image_key(raw)
        if key is None or key in self._withdrawn or key not in self._images:
            return None
        alt = "" if raw.get("decorative") else str(raw.get("alt_text") or "")
        return picture_of(self._images[key], alt=alt, site_url=self.site_url, size=size)

    def first_image(self, issue: Any) -> Any:
        """Returns the first image of one of the issues that may be shown; None if it has none."""
        values = (raw.get("image") for _block, raw in stored_blocks(issue) if isinstance(raw, dict))
        keys = (image_key(value) for value in values)
        shown = (key for key in keys if key in self._images and key not in self._withdrawn)
        return self._images.get(next(shown, 0))

    def funding(self, language: str) -> list[ListingText]:
        """Returns the sentences about funding, asked for once for all issues."""
        if language not in self._funding:
            self._funding[language] = controller_and_funding(language)[1]
        return self._funding[language]

    def _part(self, block: Any, raw: Any) -> Part | None:
        if hasattr(block, "part"):
            part: Part | None = block.part(raw, self)
            return part
        value = block.to_python(raw)
        if hasattr(block, "record"):
            record = block.record(value, self.language, self.site_url)
            return CardPart.of_record(record, block.label, self.language) if record else None
        html = str(block.render(value, {"for_export": True}))
        return WordsPart(absolute_addresses(html, f"{self.site_url}/"))

    def _name(self, block: Any, raw: Any) -> str:
        """Returns what somebody chose that cannot be shown; "" where nothing was chosen."""
        key = raw.get("page") if isinstance(raw, dict) else None
        title = self._features.titles.get(key, "") if key else ""
        return title or ("" if hasattr(block, "part") else str(block.label))

    def _values(self, kind: str = "") -> Iterator[Any]:
        for issue in self.issues:
            for stored in issue.body.raw_data:
                if not kind or stored["type"] == kind:
                    yield stored["value"]

    @cached_property
    def _features(self) -> Features:
        values = (value for value in self._values(FEATURE) if isinstance(value, dict))
        keys = {value["page"] for value in values if value.get("page")}
        return load_features(keys, self.language)

    @cached_property
    def _texts(self) -> dict[str, str]:
        """All texts by their source, with the links of all of them looked up at once."""
        texts = (str(value or "") for value in self._values(TEXT))
        sources = list(dict.fromkeys([*(issue.lead for issue in self.issues), *texts]))
        html = with_spans(expand_db_html(_BETWEEN.join(sources)))
        whole = absolute_addresses(html, f"{self.site_url}/").split(_BETWEEN)
        return dict(zip(sources, whole, strict=True))

    @cached_property
    def _image_keys(self) -> set[int]:
        values = (value for value in self._values() if isinstance(value, dict))
        keys = (image_key(value.get("image")) for value in values)
        return {key for key in keys if key is not None}

    @cached_property
    def _withdrawn(self) -> frozenset[int]:
        return withdrawn_images() if self._image_keys else frozenset()

    @cached_property
    def _images(self) -> dict[int, Any]:
        images = get_image_model()._default_manager.in_bulk(self._image_keys)
        prefetch_pictures(images.values(), "body", "card")
        return dict(images)


def stored_blocks(issue: Any) -> Iterator[tuple[Any, Any]]:
    """Yields the blocks of an issue with their stored values; those of unknown kinds are gone."""
    blocks = issue.body.stream_block.child_blocks
    for stored in issue.body.raw_data:
        if block := blocks.get(stored["type"]):
            yield block, stored["value"]


def image_key(raw: Any) -> int | None:
    """Returns the primary key in a stored ``ImageBlock``; None where it holds none."""
    key = raw.get("image") if isinstance(raw, dict) else None
    return int(key) if key else None
