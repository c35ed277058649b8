"""The body of every article: at most twelve kinds of block, so that an editor can know them all."""

from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .media import DocumentsBlock, GalleryBlock, PictureBlock, VideoLinkBlock
from .project import PeopleBlock, TimelineBlock, TwinningsBlock
from .table import TableBlock
from .text import CalloutBlock, ParagraphBlock, QuoteBlock


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
