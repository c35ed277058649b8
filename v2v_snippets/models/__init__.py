"""Reference data, one family a file."""

from .consents import PersonConsent
from .countries import Country, CountryText
from .funding import FundingStatement, FundingStatementText
from .glossary import (
    ConceptMapping,
    ConceptNumber,
    ConceptRelation,
    Definition,
    Designation,
    GlossaryConcept,
    NationalEquivalent,
)
from .imports import GlossaryImport
from .indicators import VETIndicator, VETIndicatorText
from .media import CleanImage, CreditedImage, PubliclyIdentified
from .partners import Partner, PartnerAlias, PartnerText, Team, TeamMembership, TeamText
from .renditions import RenditionRequest
from .settings import FooterLink, ProjectSettings, ProjectSettingsText, SocialLink
from .topics import MobilityTopic, MobilityTopicText
from .twinnings import Twinning, TwinningText

__all__ = [
    "CleanImage",
    "ConceptMapping",
    "ConceptNumber",
    "ConceptRelation",
    "Country",
    "CountryText",
    "CreditedImage",
    "Definition",
    "Designation",
    "FooterLink",
    "FundingStatement",
    "FundingStatementText",
    "GlossaryConcept",
    "GlossaryImport",
    "MobilityTopic",
    "MobilityTopicText",
    "NationalEquivalent",
    "Partner",
    "PartnerAlias",
    "PartnerText",
    "PersonConsent",
    "ProjectSettings",
    "ProjectSettingsText",
    "PubliclyIdentified",
    "RenditionRequest",
    "SocialLink",
    "Team",
    "TeamMembership",
    "TeamText",
    "Twinning",
    "TwinningText",
    "VETIndicator",
    "VETIndicatorText",
]
