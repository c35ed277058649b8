"""The sentences that every output of a funded project carries."""

from collections import defaultdict
from typing import Any

from django.db.models import Exists, OuterRef

from v2v_snippets.enums import VERIFIED_WORDINGS, FundingTextKind
from v2v_snippets.keeping import kept
from v2v_snippets.language.fallback import best_text
from v2v_snippets.models import FundingStatementText, ProjectSettings


class Funding:
    """All verified wordings of all grants: one query."""

    def __init__(self) -> None:
        self._texts: dict[int, list[Any]] = defaultdict(list)
        self._of_the_site: int | None = None
        self._told: dict[tuple[int, str], dict[str, Any] | None] = {}
        whole_site = ProjectSettings.objects.filter(funding_statement=OuterRef("statement"))
        rows = FundingStatementText.objects.filter(status__in=VERIFIED_WORDINGS)
        for row in rows.annotate(is_of_the_site=Exists(whole_site)).order_by("pk"):
            self._texts[row.statement_id].append(row)
            if row.is_of_the_site:
                self._of_the_site = row.statement_id

    def texts(self, statement: int | None, language: str) -> dict[str, Any] | None:
        """Returns line and disclaimer of a grant for a text in ``language``.

        Args:
            statement: Primary key of the wording of a grant; None for the site's own.
            language: That of the text; each sentence says its own.
        """
        key = (statement or self._of_the_site or 0, language)
        if key not in self._told:
            rows = self._texts.get(key[0], [])
            kinds = FundingTextKind if rows else ()
            self._told[key] = {kind.value: _wording(rows, kind, language) for kind in kinds} or None
        return self._told[key]


@kept
def all_funding() -> Funding:
    """Returns the wordings of all grants, read once for a version of the content."""
    return Funding()


def _wording(rows: list[Any], kind: FundingTextKind, language: str) -> dict[str, str] | None:
    best = best_text((row for row in rows if row.kind == kind), language)
    return {"text": best.text, "language": best.language} if best else None
