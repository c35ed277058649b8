"""The body of every article: at most twelve kinds of block, so that an editor can know them all."""

from collections.abc import Iterator
from typing import Any, Final, TypeVar

from django.conf import settings
from django.db.models import Model
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListValue
from wagtail.images.models import AbstractImage

from v2v_snippets.images import prefetch_pictures

from ..markup import escaped, in_lines
from .media import DocumentsBlock, GalleryBlock, PictureBlock, VideoLinkBlock
from .project import PeopleBlock, TimelineBlock, TwinningsBlock
from .table import TableBlock
from .text import CalloutBlock, ParagraphBlock, QuoteBlock

Record = TypeVar("Record", bound=Model)

BODY_SIZES: Final = ("body", "half", "portrait")
"""The sizes in which pictures stand in a body."""


class StoryBlock(blocks.StreamBlock):
    """What articles, stories and standing pages are made of.

    Apps that this one does not know add blocks of theirs through ``V2V_STORY_EXTRA_BLOCKS``.
    """

    paragraph = ParagraphBlock(group=_("Text"))
    quote = QuoteBlock(group=_("Text"))
    callout = CalloutBlock(group=_("Text"))
    table = TableBlock(group=_("Text"))
    image = PictureBlock(group=_("Media"))
    gallery = GalleryBlock(group=_("Media"))
    video = VideoLinkBlock(group=_("Media"))
    documents = DocumentsBlock(group=_("Media"))
    twinnings = TwinningsBlock(group=_("Project"))
    timeline = TimelineBlock(group=_("Project"))
    people = PeopleBlock(group=_("Project"))

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        extra = getattr(settings, "V2V_STORY_EXTRA_BLOCKS", {})
        added = [(name, import_string(path)()) for name, path in extra.items()]
        super().__init__([*(local_blocks or ()), *added], **kwargs)

    def render_basic(self, value: Any, context: dict[str, Any] | None = None) -> SafeString:
        """Shows the blocks one after the other; the versions of all pictures are read at once."""
        prefetch_pictures(images_in(value), *BODY_SIZES)
        return in_lines(escaped(child.render(context)) for child in value)


def images_in(value: Any) -> Iterator[AbstractImage]:
    """Yields every image that a block's value holds, however deep."""
    return records_in(value, AbstractImage)


def records_in(value: Any, kind: type[Record]) -> Iterator[Record]:
    """Yields every record of one kind that a block's value holds, however deep."""
    if isinstance(value, kind):
        yield value
    elif isinstance(value, blocks.StreamValue):
        for child in value:
            yield from records_in(child.value, kind)
    elif isinstance(value, blocks.StructValue):
        for part in value.values():
            yield from records_in(part, kind)
    elif isinstance(value, ListValue):
        for item in value:
            yield from records_in(item, kind)
