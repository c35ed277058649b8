"""Full text search: ``/search/``."""

from typing import Annotated, Any, ClassVar

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field, field_validator

from v2v_pages.facets import path_code
from v2v_pages.search.finding import Candidate, Search, find
from v2v_pages.search.showing import show
from v2v_pages.search.sources import kind_labels
from v2v_pages.search.words import LONGEST_QUERY
from v2v_snippets.language.locales import content_languages

from ..answers import asked_by, site_of
from ..caching import json_answer
from ..openapi import answers
from ..pagination import RankedPages
from ..representation.library import Library
from ..representation.search import ResultWriter, written_count, written_facets
from ..schemas.glossary import Domain
from ..schemas.parameters import PRINTABLE, Language, ListParameters, optional
from ..schemas.refusals import refuse
from ..schemas.search import ResultListSchema, ResultSchema
from ..schemas.selection import selected_fields

router = Router(tags=["search"])


def _document_types(schema: dict[str, Any]) -> None:
    schema["items"]["enum"] = sorted(kind_labels())


class SearchParameters(ListParameters):
    """What may be asked of the search."""

    items: ClassVar = (ResultSchema,)

    q: str = Field(
        min_length=1,
        max_length=LONGEST_QUERY,
        pattern=PRINTABLE,
        description="Words that must all be found, whatever the script: skola finds škola and "
        "школа. The last may be the beginning of one; quotation marks keep words together.",
    )
    type: Annotated[
        list[str], Field(min_length=1, max_length=20, json_schema_extra=_document_types)
    ] = Field(default_factory=list, description="Of this type only; may be repeated.")
    language: Annotated[list[Language], Field(min_length=1, max_length=20)] = Field(
        default_factory=list, description="In this language only; may be repeated."
    )
    domain: Domain = optional("Concepts of this field only.")

    @field_validator("type")
    @classmethod
    def refuse_unknown_types(cls, names: list[str]) -> list[str]:
        """Refuses types that the site does not have.

        Raises:
            PydanticCustomError: with the allowed ones.
        """
        known = sorted(kind_labels())
        for name in names:
            if name not in known:
                raise refuse(f"There is no type {name!r} here.", known)
        return names

    @property
    def languages(self) -> list[str]:
        """The languages that results may be in; none at all where no result fits."""
        if self.fallback == "none":
            return [self.locale] if self.locale in (self.language or [self.locale]) else []
        return self.language or content_languages()

    def search(self, unread: frozenset[str]) -> Search:
        """Returns what is to be looked for, without the kinds that cannot be read."""
        chosen = {"type": self.type, "domain": [path_code(self.domain)] if self.domain else []}
        if len(self.languages) < len(content_languages()):
            chosen["language"] = self.languages
        return Search(
            self.q if self.languages else "",
            self.locale,
            {name: values for name, values in chosen.items() if values},
            unread,
        )


@router.get(
    "/", response=answers(ResultListSchema), operation_id="search_list", summary="Full text search"
)
def search(request: HttpRequest, parameters: Query[SearchParameters]) -> HttpResponse:
    """What is found in all public pages and records: own language first, then others.

    Each item comes once, in the language nearest to `locale`; best first.
    """
    site, asked = site_of(request), asked_by(parameters)
    writer = ResultWriter(Library(request, site, asked), asked.language)
    wanted = parameters.search(writer.unread())
    found = find(wanted, site)
    pages = RankedPages(request, parameters.limit, parameters.cursor)
    first, number, further = pages.part([_name(candidate) for candidate in found.candidates])
    hits = show(found, wanted, first=first, number=number)
    fields = selected_fields(ResultSchema, parameters.fields)
    return json_answer(
        {
            "items": [writer.write(hit, fields) for hit in hits],
            "total": written_count(found.total),
            "facets": written_facets(found),
            "next": further,
        },
        languages=[hit.entry.language for hit in hits] or [asked.language],
        keys=["search"],
    )


def _name(candidate: Candidate) -> str:
    return f"{candidate.kind}:{candidate.key}"
