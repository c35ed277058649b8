"""Pages that an issue names, as readers of its language get them: public ones, and no others.

Nothing here knows a page type: what can be named takes part in the listing protocol.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from wagtail.models import Page

from v2v_snippets.publication.listing import Listed, listed_models

OWN_TYPE: Final = "newsletters"
"""The type of issues themselves, which no issue names."""


@dataclass(frozen=True, slots=True)
class Features:
    """The pages behind the keys that editors chose."""

    public: dict[int, Any] = field(default_factory=dict)
    """Of each that everybody may read, the best version for these readers."""
    titles: dict[int, str] = field(default_factory=dict)
    """Of all that exist."""
    keys: dict[int, UUID] = field(default_factory=dict)
    """The translation keys of all that exist."""


def featurable_models() -> list[Any]:
    """Returns the page types that an issue can name."""
    models: list[Any] = list(listed_models())
    return [model for model in models if model.listing_type != OWN_TYPE]


def can_be_featured(page: Page) -> bool:
    """Tells whether an issue can name a page, public or not."""
    model: Any = page.specific_class
    return model is not None and issubclass(model, Listed) and model.listing_type != OWN_TYPE


def load_features(keys: Collection[int], language: str) -> Features:
    """Returns the chosen pages for readers of ``language``.

    What is restricted, withdrawn or of no listed type is not public. One query, and those of each
    type that is named, however many pages.
    """
    if not keys:
        return Features()
    chosen = {page.pk: page for page in Page.objects.filter(pk__in=keys)}
    wanted: dict[Any, set[UUID]] = {}
    for page in chosen.values():
        if can_be_featured(page):
            wanted.setdefault(page.specific_class, set()).add(page.translation_key)
    found: dict[UUID, Any] = {}
    for model, translation_keys in wanted.items():
        for page in model.listed_pages(language).filter(translation_key__in=translation_keys):
            found[page.translation_key] = page
    public = {key: found.get(page.translation_key) for key, page in chosen.items()}
    return Features(
        public={key: page for key, page in public.items() if page is not None},
        titles={key: page.title for key, page in chosen.items()},
        keys={key: page.translation_key for key, page in chosen.items()},
    )
