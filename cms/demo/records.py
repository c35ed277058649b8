"""Countries, partners, twinnings, teams, wordings and settings, read from ``records.toml``."""

import tomllib
from pathlib import Path
from typing import Any, Final, TypeVar

from django.db import models

from v2v_snippets.models import (
    Country,
    CountryText,
    FundingStatement,
    FundingStatementText,
    Partner,
    PartnerAlias,
    ProjectSettings,
    ProjectSettingsText,
    Team,
    TeamText,
    Twinning,
    TwinningText,
)

from .identifiers import identifier

Record = TypeVar("Record", bound=models.Model)

RECORDS: Final = Path(__file__).parent / "records.toml"


def load_records() -> None:
    """Saves all records of the partnership; expects that there are none."""
    data = tomllib.loads(RECORDS.read_text(encoding="utf-8"))
    countries = {row["code"]: save_country(row) for row in data["countries"]}
    partners = {row["slug"]: save_partner(row, countries) for row in data["partners"]}
    save_twinnings(data["twinnings"], partners)
    save_teams(data["teams"])
    statements = [save_funding(row) for row in data["funding"]]
    save_settings(data["taglines"], statements[0])


def save_country(row: dict[str, Any]) -> Country:
    """Saves a country with its name, and its footnote if it has one, in each language."""
    names, footnotes = row.pop("names"), row.pop("footnotes", {})
    country = checked(Country(**row))
    for language, name in names.items():
        checked(
            CountryText(
                country=country,
                language=language,
                name=name,
                footnote=footnotes.get(language, ""),
            )
        )
    return country


def save_partner(row: dict[str, Any], countries: dict[str, Country]) -> Partner:
    """Saves a partner with its other names."""
    aliases = row.pop("aliases", [])
    row["country"] = countries[row["country"]]
    partner = checked(Partner(public_id=identifier("partner", row["slug"]), **row))
    for order, name in enumerate(aliases):
        checked(PartnerAlias(partner=partner, name=name, sort_order=order))
    return partner


def save_twinnings(rows: dict[str, Any], partners: dict[str, Partner]) -> None:
    """Saves the pairs, numbered as the article lists them."""
    for number, (european, balkan) in enumerate(rows["pairs"], start=1):
        twinning = checked(
            Twinning(
                public_id=identifier("twinning", number),
                number=number,
                european_school=partners[european],
                balkan_school=partners[balkan],
                status=rows["status"],
            )
        )
        for language, goals in rows["goals"].items():
            checked(TwinningText(twinning=twinning, language=language, goals=goals))


def save_teams(rows: dict[str, Any]) -> None:
    """Saves the three teams; the article names no members."""
    for kind in rows["kinds"]:
        team = checked(Team(kind=kind))
        for language, description in rows["descriptions"].items():
            checked(TeamText(team=team, language=language, description=description))


def save_funding(row: dict[str, Any]) -> FundingStatement:
    """Saves the wordings of one grant."""
    statement = checked(
        FundingStatement(public_id=identifier("funding", row["grant"]), grant=row["grant"])
    )
    for text in row["texts"]:
        checked(FundingStatementText(statement=statement, **text))
    return statement


def save_settings(taglines: dict[str, str], funding: FundingStatement) -> None:
    """Saves tagline and funding; addresses stay empty, since the source gives none."""
    record = ProjectSettings.objects.first() or ProjectSettings()
    record.funding_statement = record.funding_statement or funding
    record.save()
    for language, tagline in taglines.items():
        ProjectSettingsText.objects.get_or_create(
            settings=record, language=language, defaults={"tagline": tagline}
        )


def checked(record: Record) -> Record:
    """Saves what an editor could have entered, and nothing else.

    Raises:
        ValidationError: when the record breaks a rule that the admin would not let pass.
    """
    record.full_clean()
    record.save()
    return record
