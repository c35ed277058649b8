"""The site's own user, image and document models.

They are custom from the first migration, since none of them can be exchanged later. The classes
are not called Image and Document: Wagtail's stock models stay installed and would clash (E304).
"""

from functools import cache
from urllib.parse import quote

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.urls import get_script_prefix, get_urlconf, reverse
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from v2v_snippets.models.media import CleanImage, CreditedImage, PubliclyIdentified
from v2v_snippets.publication.urls import SAFE_IN_PATHS


class User(AbstractUser):
    """A person who signs in to the admin; our own, so that it can grow."""


class CmsImage(PubliclyIdentified, CleanImage, CreditedImage, AbstractImage):
    """An image with its credit and licence beside Wagtail's description and focal point."""

    admin_form_fields = (*Image.admin_form_fields, "credit", "licence")
    api_fields = ("public_id", "title", "description", "credit", "licence")

    class Meta(AbstractImage.Meta):
        verbose_name = Image._meta.verbose_name
        verbose_name_plural = Image._meta.verbose_name_plural

    @property
    def default_alt_text(self) -> str:
        """The description; a title is a file name more often than a description."""
        return self.description


class CmsRendition(AbstractRendition):
    """A scaled copy of an image, made once and kept."""

    image = models.ForeignKey(CmsImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="cms_rendition_unique"
            )
        ]

    @property
    def url(self) -> str:
        """The site's own address, which knows who may see the picture; a bucket would not."""
        return self.url_of(self.file.name)

    @staticmethod
    def url_of(name: str) -> str:
        """Returns the address of the copy in a file; an answer asks for hundreds."""
        path = quote(name.removeprefix("images/"), safe=SAFE_IN_PATHS)
        return f"{_renditions_below(get_script_prefix(), get_urlconf())}{path}"


@cache
def _renditions_below(script: str, urlconf: str | None) -> str:
    """Returns what the addresses of all copies begin with, where the site is mounted so."""
    del script
    return reverse("rendition", urlconf, kwargs={"path": "x"}).removesuffix("x")


class CmsDocument(PubliclyIdentified, AbstractDocument):
    """A file for download, with an identifier that partner sites can keep."""

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = Document._meta.verbose_name
        verbose_name_plural = Document._meta.verbose_name_plural
