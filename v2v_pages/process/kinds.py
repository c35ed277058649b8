"""Who acts in a step, in which direction learners travel, and how a deadline is counted."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MobilityRole(TextChoices):
    """Who has something to do; always an organisation or a function, never somebody by name."""

    SENDING_SCHOOL = "sending_school", _("Sending school")
    HOST_SCHOOL = "host_school", _("Host school")
    COMPANY = "company", pgettext_lazy("role in a mobility", "Company")
    LEARNER = "learner", pgettext_lazy("role in a mobility", "Learner")
    ACCOMPANYING_PERSON = "accompanying_person", _("Accompanying person")
    NETWORK = "network", pgettext_lazy("role in a mobility", "Network")


class Direction(TextChoices):
    """From which half of the partnership learners travel to the other one."""

    TO_BALKANS = "eu_wb", _("From the European Union to the Western Balkans")
    TO_UNION = "wb_eu", _("From the Western Balkans to the European Union")


class DeadlineUnit(TextChoices):
    """In what a deadline is counted."""

    DAYS = "days", _("days")
    WEEKS = "weeks", _("weeks")


class DeadlineSide(TextChoices):
    """On which side of the departure a deadline lies."""

    BEFORE = "before", _("before departure")
    AFTER = "after", _("after departure")
