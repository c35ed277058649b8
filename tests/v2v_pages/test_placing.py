"""Which pages may lie where: our own tree stays tidy, and a host's pages may hold our lists."""

import pytest
from wagtail.models import Page

from tests.api.festival.models import DiaryPage
from v2v_pages.models import (
    AccessibilityStatementPage,
    EventIndexPage,
    EventPage,
    GlossaryIndexPage,
    HomePage,
    MobilityModulePage,
    MobilityProcessPage,
    NewsIndexPage,
    NewsPage,
    PartnerIndexPage,
    RepositoryArticlePage,
    RepositoryIndexPage,
    SearchIndexPage,
    StandardPage,
    TwinningIndexPage,
    TwinningStoryPage,
    VETSystemIndexPage,
    VETSystemPage,
)

OWN = {
    AccessibilityStatementPage,
    EventIndexPage,
    EventPage,
    GlossaryIndexPage,
    HomePage,
    MobilityModulePage,
    MobilityProcessPage,
    NewsIndexPage,
    NewsPage,
    PartnerIndexPage,
    RepositoryArticlePage,
    RepositoryIndexPage,
    SearchIndexPage,
    StandardPage,
    TwinningIndexPage,
    TwinningStoryPage,
    VETSystemIndexPage,
    VETSystemPage,
}
SECTIONS = {
    AccessibilityStatementPage,
    EventIndexPage,
    GlossaryIndexPage,
    MobilityProcessPage,
    NewsIndexPage,
    PartnerIndexPage,
    RepositoryIndexPage,
    SearchIndexPage,
    StandardPage,
    TwinningIndexPage,
    VETSystemIndexPage,
}


@pytest.mark.parametrize(
    ("model", "children"),
    [
        (HomePage, SECTIONS),
        (NewsIndexPage, {NewsPage}),
        (TwinningIndexPage, {TwinningStoryPage}),
        (StandardPage, {StandardPage}),
        (AccessibilityStatementPage, set()),
        (NewsPage, set()),
        (TwinningStoryPage, set()),
        (PartnerIndexPage, set()),
        (SearchIndexPage, set()),
        (EventIndexPage, {EventPage}),
        (EventPage, set()),
        (MobilityProcessPage, {MobilityModulePage}),
        (MobilityModulePage, set()),
        (RepositoryIndexPage, {RepositoryArticlePage}),
        (VETSystemIndexPage, {VETSystemPage}),
        (VETSystemPage, {VETSystemPage}),
    ],
)
def test_own_pages_hold_only_what_belongs_below_them(
    model: type[Page], children: set[type[Page]]
) -> None:
    assert set(model.allowed_subpage_models()) == children


def test_pages_of_a_host_may_hold_our_sections() -> None:
    assert set(DiaryPage.allowed_subpage_models()) & OWN == SECTIONS


def test_only_a_home_page_begins_a_site() -> None:
    assert set(Page.allowed_subpage_models()) & OWN == {HomePage}
