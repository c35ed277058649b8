"""Loads templates without the indentation that nobody but their authors reads."""

import re
from typing import Any, Final

from django.template import Origin, Template
from django.template.base import TextNode
from django.template.loaders import app_directories, base, cached

INDENTATION: Final = re.compile(r"\s*\n\s*")
KEEPS_ITS_LINES: Final = re.compile("<(?:pre|textarea)")


class _Shortening(base.Loader):
    """Shortens each template once, when it has been read and compiled."""

    def get_template(self, template_name: str, skip: list[Origin] | None = None) -> Template:
        """Returns a template whose text has lines without indentation."""
        template = super().get_template(template_name, skip)
        if template_name.endswith(".html") and _is_own(template):
            shorten(template)
        return template


class CompactLoader(cached.Loader, _Shortening):
    """Django's cached loader for templates whose whitespace is nothing but indentation.

    Pages are a quarter shorter before they are packed, and a tenth after it, and packing takes half
    as long. It is done to what was compiled, so that lines keep their numbers in reports of errors,
    and texts to translate what they are found by. Templates of other packages, mails in plain text
    and what shows its lines as they are written stay as they were.
    """


def shorten(template: Template) -> None:
    """Leaves one line break of each indentation, unless the template shows its own lines."""
    texts: list[Any] = template.nodelist.get_nodes_by_type(TextNode)
    if any(KEEPS_ITS_LINES.search(node.s) for node in texts):
        return
    for node in texts:
        node.s = INDENTATION.sub("\n", node.s)


def _is_own(template: Template) -> bool:
    """Tells whether a template lies in a folder that the settings name, and not in an app."""
    return not isinstance(template.origin.loader, app_directories.Loader)
