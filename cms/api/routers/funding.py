"""What must be shown of the grants: ``/funding/``."""

from typing import ClassVar, Literal

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from v2v_snippets.models import FundingStatement, ProjectSettings

from ..openapi import answers
from ..records import answer_records
from ..representation.statements import FundingStatementRecord
from ..schemas.parameters import ListParameters
from ..schemas.project import FundingStatementListSchema, FundingStatementSchema

router = Router(tags=["funding"])


class FundingListParameters(ListParameters):
    """What may be asked of the list of funding statements."""

    items: ClassVar = (FundingStatementSchema,)

    order: Literal["grant", "-grant"] = Field(
        "grant", description="A minus sign turns the order round."
    )


@router.get(
    "/",
    response=answers(FundingStatementListSchema),
    operation_id="funding_list",
    summary="Funding statements",
)
def list_funding(request: HttpRequest, parameters: Query[FundingListParameters]) -> HttpResponse:
    """Emblem, line and disclaimer of each grant, in the language asked for and in all others.

    Machine translations of prescribed wordings are left out: nobody vouches for them.
    """
    whole_site = ProjectSettings.objects.filter(funding_statement=OuterRef("pk"))
    statements = FundingStatement.objects.annotate(is_default=Exists(whole_site))
    return answer_records(
        request,
        parameters,
        statements.prefetch_related("texts"),
        {"grant": "grant"},
        writer=FundingStatementRecord,
    )
