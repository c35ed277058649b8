"""The settings of the project as one item."""

from typing import Any

from v2v_snippets.enums import Licence
from v2v_snippets.language.locales import default_language

from ..schemas.project import SettingsSchema
from .directory import Record


class SettingsRecord(Record):
    """Writes what the project says about itself."""

    schema = SettingsSchema

    @property
    def name(self) -> str:
        """Its name."""
        return self.library.site_name

    @property
    def url(self) -> str:
        """Its home page."""
        return self.library.addresses.of_home(self.library.language)

    @property
    def tagline(self) -> dict[str, str] | None:
        """Its row of words."""
        return self.text("tagline") if self.record.pk else None

    @property
    def controller(self) -> dict[str, str]:
        """Who answers for personal data."""
        return {"name": self.record.controller_name, "address": self.record.controller_address}

    @property
    def accessibility(self) -> dict[str, Any]:
        """When the site was assessed, and who hears of problems."""
        assessed_on = self.record.accessibility_assessed_on
        return {"assessed_on": assessed_on, "email": self.record.accessibility_email}

    @property
    def social_links(self) -> list[dict[str, str]]:
        """Where else the project can be followed, in the order that editors gave."""
        links = self.record.social_links.all() if self.record.pk else ()
        return [{"label": link.label, "url": link.url} for link in links]

    @property
    def default_locale(self) -> str:
        """The language of requests that name none."""
        return default_language()

    @property
    def licence(self) -> dict[str, Any]:
        """That of new pages."""
        return self.library.reuse(Licence.CC_BY.value)

    @property
    def funding(self) -> dict[str, Any] | None:
        """What every page shows, unless it has a grant of its own."""
        return self.library.funding.texts(None, self.library.language)

    @property
    def footnotes(self) -> list[dict[str, str]]:
        """The footnotes of marked countries."""
        return self.library.countries.footnotes(self.library.language)
