"""Elements that every page has by the dozen, written in Python.

A template takes ten times as long for each of them, and half of what a page costs is its templates.
"""

from html import escape
from typing import Any

from django.utils.safestring import SafeString


def escaped(value: Any) -> str:
    """Returns a text as it may stand in HTML, between quotation marks too.

    What is HTML already stays as it is, as with Django's ``conditional_escape``; the provisions of
    that for lazy functions take longer than all the rest.
    """
    html = getattr(value, "__html__", None)
    return html() if html is not None else escape(str(value))


def void_element(name: str, /, **attributes: Any) -> SafeString:
    """Returns an element without content; attributes are left out where they are None."""
    written = "".join(
        f' {attribute}="{escaped(value)}"'
        for attribute, value in attributes.items()
        if value is not None
    )
    return SafeString(f"<{name}{written}>")


def in_lines(elements: Any) -> SafeString:
    """Returns elements below each other; they are HTML already."""
    return SafeString("\n".join(elements))
