"""A snippet that goes live and expires."""

from django.db import models
from wagtail.models import DraftStateMixin, RevisionMixin


class Notice(DraftStateMixin, RevisionMixin, models.Model):
    """A line of text that is shown for a time."""

    text = models.CharField(max_length=80)

    class Meta:
        app_label = "notices"

    def __str__(self) -> str:
        return self.text
