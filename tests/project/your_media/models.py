from django.db import models
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class Album(models.Model):
    """What the app began with."""

    name = models.CharField(max_length=50)

    def __str__(self) -> str:
        return self.name


class YourImage(AbstractImage):
    """Has none of our fields."""

    album = models.ForeignKey(Album, on_delete=models.SET_NULL, null=True, blank=True)

    admin_form_fields = Image.admin_form_fields


class YourRendition(AbstractRendition):
    """A version of an image."""

    image = models.ForeignKey(YourImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="your_rendition_once"
            )
        ]
