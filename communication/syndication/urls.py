"""Addresses of the feeds; a project includes them below ``feeds/``."""

from django.urls import path, re_path, register_converter

from .views import FORMATS, show_feed, show_nothing

app_name = "communication_syndication"


class FeedFormatConverter:
    """The file extension of a feed."""

    regex = "|".join(FORMATS)

    def to_python(self, value: str) -> str:
        """Returns the extension as it is."""
        return value

    def to_url(self, value: str) -> str:
        """Returns the extension as it is."""
        return value


register_converter(FeedFormatConverter, "feed_format")

urlpatterns = [
    path("<slug:locale>/<slug:listing_type>.<feed_format:extension>", show_feed, name="feed"),
    path(
        "<slug:locale>/<slug:listing_type>/<slug:filter_name>/<slug:value>.<feed_format:extension>",
        show_feed,
        name="filtered_feed",
    ),
    re_path("", show_nothing),
]
