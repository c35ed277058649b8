"""What readers are told of values that are no statistics."""

from django.utils.translation import gettext as _


def sample_mark() -> str:
    """Returns the note of a sample, in the language being written."""
    return _("Sample value of the demo: not a statistic.")
