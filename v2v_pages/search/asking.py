"""What readers ask for by the address of the search page: ``?q=visa&type=news&page=2``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode

from django.http import QueryDict

from v2v_snippets.language.locales import content_languages, own_name

from .sources import facet_labels, kind_labels
from .words import LONGEST_QUERY, clean

QUESTION: Final = "q"
PAGE_NUMBER: Final = "page"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, cut to what is searched for, with at most one value of each facet."""

    text: str
    chosen: Mapping[str, str] = field(default_factory=dict)
    page: str = ""
    """As it was typed: which pages there are is known when something was found."""
    is_cut: bool = False
    """Whether more was typed than is looked at."""

    @classmethod
    def read(cls, query: QueryDict) -> "Asked":
        """Reads an address; values that no result can have are left out, and never searched for."""
        typed = query.get(QUESTION, "")
        labels = facet_names()
        chosen = {name: str(query[name]) for name in labels if query.get(name) in labels[name]}
        return cls(
            clean(typed[:LONGEST_QUERY]),
            chosen,
            query.get(PAGE_NUMBER, ""),
            is_cut=len(typed.strip()) > LONGEST_QUERY,
        )

    def address(self, **values: str) -> str:
        """Returns the part of the address from "?" on, with these values; empty ones are left out.

        Its page is the first one unless it is among the values.
        """
        asked = {QUESTION: self.text, **self.chosen, **values}
        kept = {name: value for name, value in asked.items() if value}
        return f"?{urlencode(kept)}" if kept else ""


def facet_names() -> dict[str, dict[str, str]]:
    """Returns what readers can filter by: names of values, by facet and value.

    They are in the language of the page being written, those of languages in themselves.
    """
    further = facet_labels()
    return {
        "type": {kind: str(label) for kind, label in kind_labels().items()},
        "language": {code: own_name(code) for code in content_languages()},
        **{name: {v: str(label) for v, label in own.items()} for name, own in further.items()},
    }
