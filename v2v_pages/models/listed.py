"""What all page types that go out answer alike: to lists, feeds, newsletters, partner sites."""

from django.utils.text import capfirst

from v2v_snippets.publication.listing import Listed

from .base import BasePage


class ListedPage(BasePage, Listed):
    """Abstract base of the page types that stand in lists with their own title and summary."""

    class Meta:
        abstract = True

    @property
    def listing_title(self) -> str:
        """The title, as plain text."""
        return str(self.title)

    @property
    def listing_summary(self) -> str:
        """The summary, as plain text."""
        return self.summary

    @property
    def list_name(self) -> str:
        """What the list of its kind is called, in the language of the text being written."""
        return str(capfirst(self._meta.verbose_name_plural))

    @property
    def original_url(self) -> str:
        """Where the text was first published, if that was elsewhere; "" otherwise."""
        return self.canonical_address
