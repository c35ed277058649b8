"""What tests of search share: its page, and questions to it."""

from tests.factories import PageFactory
from v2v_pages.models import SearchIndexPage


class SearchIndexPageFactory(PageFactory):
    """The search page of a site."""

    title = "Search"
    slug = "search"

    class Meta:
        model = SearchIndexPage
