"""The issues of newsletters of one answer, read together."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final

from wagtail.models import Page

from communication.newsletters.issues.reading import Reading

ISSUE: Final = "communication_newsletters.newsletterpage"


class Issues:
    """Reads the issues of one answer, those of each language at once."""

    def __init__(self, pages: Iterable[Page], root_url: str) -> None:
        by_language: dict[str, list[Any]] = defaultdict(list)
        for page in pages:
            if page._meta.label_lower == ISSUE:
                by_language[page.locale.language_code].append(page)
        self._readings = {
            language: Reading(issues, language, root_url)
            for language, issues in by_language.items()
        }

    def reading(self, language: str) -> Reading:
        """Returns what reads the issues in one language."""
        return self._readings[language]
