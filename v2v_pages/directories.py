"""By what the directories of partners and twinnings can be filtered, and in which order."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from v2v_snippets.enums import PartnerKind, Side, TeamKind, TwinningStatus
from v2v_snippets.models import Country, Partner, Twinning

from .facets import Facet, path_code


def _side_of(partner: Partner) -> dict[str, str]:
    return {partner.side: partner.get_side_display()} if partner.side else {}


def _teams_of(partner: Partner) -> dict[str, str]:
    teams = [membership.team for membership in partner.team_memberships.all()]
    return {team.kind: str(team) for team in teams}


def _named(*countries: Country) -> dict[str, str]:
    return {country.code: country.name for country in countries}


PARTNER_FACETS: Final = (
    Facet("side", _("Side"), _side_of, dict(Side.choices)),
    Facet("country", _("Country"), lambda partner: _named(partner.country), {}),
    Facet("kind", _("Kind"), lambda p: {p.kind: p.get_kind_display()}, dict(PartnerKind.choices)),
    Facet("team", _("Team"), _teams_of, dict(TeamKind.choices)),
)
"""The filters of the directory of partners, in the order in which a path holds them."""


def _countries_of(twinning: Twinning) -> dict[str, str]:
    return _named(*(school.country for school in twinning.schools))


TWINNING_FACETS: Final = (
    Facet("country", _("Country"), _countries_of, {}),
    Facet(
        "status",
        _("Status"),
        lambda twinning: {twinning.status: twinning.get_status_display()},
        dict(TwinningStatus.choices),
    ),
)
"""The filters of the list of twinnings, in the order in which a path holds them."""


def partner_paths() -> list[str]:
    """Returns the paths of partners, and of filters that some partner has, in one query."""
    fields = ("slug", "side", "country__code", "kind", "team_memberships__team__kind")
    rows = list(Partner.objects.order_by("slug").values_list(*fields))
    return _paths([row[0] for row in rows], ("side", "country", "kind", "team"), rows)


def twinning_paths() -> list[str]:
    """Returns the paths of twinnings, and of filters that some twinning has, in one query."""
    fields = ("number", "european_school__country__code", "balkan_school__country__code", "status")
    rows = list(Twinning.objects.order_by("number").values_list(*fields))
    return _paths([str(row[0]) for row in rows], ("country", "country", "status"), rows)


def _paths(own: list[str], names: tuple[str, ...], rows: list[tuple[Any, ...]]) -> list[str]:
    """Returns the paths of records and of the values in the columns behind the first one."""
    used = {(name, row[i]) for row in rows for i, name in enumerate(names, 1) if row[i]}
    filters = [f"{name}/{path_code(code)}/" for name, code in sorted(used)]
    return [*(f"{path}/" for path in dict.fromkeys(own)), *filters]
