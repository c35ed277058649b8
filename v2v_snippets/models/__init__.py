"""Reference data, one family a file."""

from .consents import PersonConsent
from .countries import Country, CountryText
from .funding import FundingStatement, FundingStatementText
from .media import CleanImage, CreditedImage, PubliclyIdentified
from .partners import Partner, PartnerAlias, PartnerText, Team, TeamMembership, TeamText
from .renditions import RenditionRequest
from .settings import FooterLink, ProjectSettings, ProjectSettingsText, SocialLink
from .twinnings import Twinning, TwinningText

__all__ = [
    "CleanImage",
    "Country",
    "CountryText",
    "CreditedImage",
    "FooterLink",
    "FundingStatement",
    "FundingStatementText",
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
]
