"""What the parts of lists are called, by the values that stand in their paths."""

from django.apps import apps
from django.utils.translation import gettext as _

from v2v_snippets.models import MobilityTopic, Twinning

LONGEST_NUMBER = 4
"""How many digits the number of a twinning has at most."""


def tag_name(slug: str) -> str | None:
    """Returns the name of a tag that a public article has, or None."""
    tags = apps.get_model("v2v_pages", "NewsPage").objects.tags_in_use()
    return next((tag.name for tag in tags if tag.slug == slug), None)


def twinning_name(number: str) -> str | None:
    """Returns what the twinning with this number is called, or None; one address has one number."""
    is_number = number.isascii() and number.isdecimal() and not number.startswith("0")
    if not is_number or len(number) > LONGEST_NUMBER:
        return None
    pair = Twinning.objects.filter(number=int(number)).first()
    return _("Twinning %(number)s") % {"number": f"{number}: {pair.name}"} if pair else None


def topic_name(slug: str) -> str | None:
    """Returns the name of a topic in the language being written, or None."""
    topic = MobilityTopic.objects.prefetch_related("texts").filter(slug=slug).first()
    return topic.name if topic else None
