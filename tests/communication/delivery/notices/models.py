"""A snippet that goes live and expires, and something that is sent."""

from django.db import models
from wagtail.models import DraftStateMixin, RevisionMixin

from communication.delivery.models import Outgoing


class Notice(DraftStateMixin, RevisionMixin, models.Model):
    """A line of text that is shown for a time."""

    text = models.CharField(max_length=80)

    class Meta:
        app_label = "notices"

    def __str__(self) -> str:
        return self.text


class Parcel(Outgoing):
    """Something for somebody, who may not want it any more."""

    receiver = models.CharField(max_length=20, default="Ada")
    is_wanted = models.BooleanField(default=True)

    class Meta(Outgoing.Meta):
        app_label = "notices"

    def __str__(self) -> str:
        return f"For {self.receiver}"
