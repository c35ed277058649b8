"""Blocks of pictures, films and files."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from v2v_snippets.enums import ConsentScope
from v2v_snippets.links import public_among

from .consent import ConsentChooserBlock


class PictureBlock(blocks.StructBlock):
    """An image with its caption, and the consents of the people to be seen in it."""

    image = ImageBlock(label=_("Image"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, default="", max_length=255)
    consents = blocks.ListBlock(
        ConsentChooserBlock(ConsentScope.PICTURE),
        label=_("People in the picture"),
        default=[],
        help_text=_("The consent of everybody who can be recognised."),
    )

    class Meta:
        icon = "image"
        label = _("Image")
        description = _("One image with caption and credit.")
        template = "v2v_pages/blocks/picture_block.html"
        preview_template = "v2v_pages/blocks/previews/picture_block.html"
        preview_value: ClassVar[dict[str, Any]] = {
            "image": None,
            "caption": "The workshop in Ferizaj",
            "consents": [],
        }


class GalleryBlock(blocks.ListBlock):
    """Several images that belong together."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("min_num", 2)
        super().__init__(PictureBlock(), **kwargs)

    class Meta:
        icon = "folder-open-inverse"
        label = _("Gallery")
        description = _("Two or more images side by side.")
        template = "v2v_pages/blocks/gallery_block.html"
        preview_template = "v2v_pages/blocks/previews/gallery_block.html"
        preview_value: ClassVar[list[dict[str, Any]]] = [
            {"image": None, "caption": "The workshop in Ferizaj", "consents": []}
        ]


class VideoLinkBlock(blocks.StructBlock):
    """A link to a film. Nothing is embedded: a player would send readers' data to a third party."""

    title = blocks.CharBlock(label=_("Title"), default="", max_length=160)
    url = blocks.URLBlock(label=_("Address of the film"), default="")
    description = blocks.TextBlock(label=_("What is to be seen"), required=False, default="")

    class Meta:
        icon = "media"
        label = _("Film")
        description = _("A link to a film on another site, opened there.")
        template = "v2v_pages/blocks/video_link_block.html"
        preview_value = {
            "title": "A day in the workshop",
            "url": "https://video.example/workshop",
            "description": "Four minutes, with subtitles in English.",
        }


class DocumentsBlock(blocks.StructBlock):
    """Files for download."""

    heading = blocks.CharBlock(label=_("Heading"), required=False, default="", max_length=120)
    documents = blocks.ListBlock(DocumentChooserBlock(), label=_("Documents"), min_num=1)

    class Meta:
        icon = "doc-full-inverse"
        label = _("Documents")
        description = _("Files for download, each with its type and size.")
        template = "v2v_pages/blocks/documents_block.html"
        preview_template = "v2v_pages/blocks/previews/documents_block.html"
        preview_value: ClassVar[dict[str, Any]] = {"heading": "Downloads", "documents": []}

    def get_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Adds ``documents``: those that the public may fetch, since a name may tell too much."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        request = context.get("request")
        if getattr(request, "is_preview", False):
            # what is public once the page is published, editors see before
            context["documents"] = [document for document in value["documents"] if document]
        else:
            context["documents"] = public_among(value["documents"])
        return context
