"""The page types, one family (list and leaf) a file."""

from .articles import ArticlePage
from .base import BasePage
from .event_index import EventIndexPage
from .events import EventPage
from .glossary import GlossaryIndexPage
from .home import HomePage
from .news import NewsIndexPage, NewsPage, NewsTag
from .partners import PartnerIndexPage
from .process import MobilityProcessPage
from .process_modules import MobilityModulePage
from .reminders import ConsentReminder, ReviewReminder
from .repository import RepositoryArticlePage
from .repository_index import RepositoryIndexPage
from .search import SearchIndexPage
from .search_entries import SearchEntry
from .sources import RepositoryAttachment, RepositorySource
from .standard import AccessibilityStatementPage, StandardPage
from .stories import TwinningIndexPage, TwinningStoryPage
from .translations import StoppedTranslation
from .vet_rows import VETProgramme, VETValue
from .vet_system_index import VETSystemIndexPage
from .vet_systems import VETSystemPage

__all__ = [
    "AccessibilityStatementPage",
    "ArticlePage",
    "BasePage",
    "ConsentReminder",
    "EventIndexPage",
    "EventPage",
    "GlossaryIndexPage",
    "HomePage",
    "MobilityModulePage",
    "MobilityProcessPage",
    "NewsIndexPage",
    "NewsPage",
    "NewsTag",
    "PartnerIndexPage",
    "RepositoryArticlePage",
    "RepositoryAttachment",
    "RepositoryIndexPage",
    "RepositorySource",
    "ReviewReminder",
    "SearchEntry",
    "SearchIndexPage",
    "StandardPage",
    "StoppedTranslation",
    "TwinningIndexPage",
    "TwinningStoryPage",
    "VETProgramme",
    "VETSystemIndexPage",
    "VETSystemPage",
    "VETValue",
]
