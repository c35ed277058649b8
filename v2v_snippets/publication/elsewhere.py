"""HTML that feeds, calendars and other sites show: nothing runs in it, every address is whole."""

import re
from typing import Final

import nh3

_LINE_BREAKS = re.compile(r"\s*\n\s*")

_CLEANER: Final = nh3.Cleaner(
    tags=nh3.ALLOWED_TAGS | {"picture", "source"},
    attributes={
        "*": {"lang", "dir"},
        "a": {"href", "hreflang", "type"},
        "img": {"alt", "height", "sizes", "src", "srcset", "width"},
        "li": {"value"},
        "ol": {"start"},
        "source": {"sizes", "srcset", "type"},
        "td": {"colspan", "rowspan"},
        "th": {"colspan", "rowspan", "scope"},
        "time": {"datetime"},
    },
    url_schemes={"http", "https", "mailto", "tel"},
    url_relative="deny",
    link_rel=None,
)


def html_for_elsewhere(html: str) -> str:
    """Returns ``html`` without scripts, styles, classes and relative addresses, in few lines."""
    return _LINE_BREAKS.sub("\n", _CLEANER.clean(html)).strip()
