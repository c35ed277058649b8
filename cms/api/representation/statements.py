"""Funding statements as items of their own list."""

from typing import Any, Final

from django.apps import apps
from django.templatetags.static import static
from django.utils.translation import gettext, override

from v2v_snippets.enums import VERIFIED_WORDINGS, FundingTextKind

from ..schemas.project import FundingStatementSchema
from .directory import Record

EMBLEM: Final = "v2v_pages/eu-emblem.svg"
EMBLEM_SIZE: Final = {"width": 810, "height": 540}
EMBLEM_ALT: Final = "Emblem of the European Union"
"""As the footer of the site says it, from whose catalogue the translations are."""


class FundingStatementRecord(Record):
    """Writes what must be shown with everything that one grant paid for."""

    schema = FundingStatementSchema

    @property
    def emblem(self) -> dict[str, Any] | None:
        """The emblem, where the site has its file."""
        if not apps.is_installed("v2v_pages"):
            return None
        language = self.library.language
        with override(language):
            text = gettext(EMBLEM_ALT)
        return {
            "url": self.library.addresses.absolute(static(EMBLEM)),
            **EMBLEM_SIZE,
            "alt": {"text": text, "language": "en" if text == EMBLEM_ALT else language},
        }

    @property
    def emblem_line(self) -> dict[str, str] | None:
        """The line beside the emblem."""
        return self._best(FundingTextKind.EMBLEM_LINE)

    @property
    def disclaimer(self) -> dict[str, str] | None:
        """Whose views are shown."""
        return self._best(FundingTextKind.DISCLAIMER)

    @property
    def wordings(self) -> list[dict[str, str]]:
        """All sentences that somebody vouches for, by kind and language."""
        rows = (row for row in self.record.texts.all() if row.status in VERIFIED_WORDINGS)
        names = ("kind", "language", "text", "status", "source")
        ordered = sorted(rows, key=lambda row: (row.kind, row.language))
        return [{name: getattr(row, name) for name in names} for row in ordered]

    def _best(self, kind: FundingTextKind) -> dict[str, str] | None:
        asked = self.library.asked
        row = self.record.wording(kind, asked.language)
        if row is None or not (asked.accepts_other or row.language == asked.language):
            return None
        return {"text": row.text, "language": row.language}
