"""Whole records that items embed: who keeps them in sync gets each change of theirs, too."""

from collections.abc import Callable
from typing import Any

import pytest

from communication.syndication.services.change_log import refresh_change_log
from tests.events import EventPageFactory, add_events
from tests.factories import ImageFactory, NewsPageFactory, PartnerFactory, TwinningFactory
from tests.following import Follower
from tests.sites import SiteTree
from v2v_snippets.enums import TeamKind
from v2v_snippets.models import Partner, Team, TeamMembership, Twinning
from v2v_snippets.publication.changes import recording_changes
from v2v_snippets.services.renditions import make_renditions


@pytest.fixture
def school(site: SiteTree) -> Partner:
    """A school that has written an article and holds an event."""
    logo = ImageFactory(file__width=16, file__height=10)
    make_renditions(image=logo)
    school = PartnerFactory(short_name="SEDU", logo=logo)
    TwinningFactory(european_school=school, number=1)
    other = PartnerFactory(short_name="Other")
    NewsPageFactory(parent=site.news, title="By it", authors=[school])
    NewsPageFactory(parent=site.news, title="By another", authors=[other])
    EventPageFactory(parent=add_events(site), title="Its event", hosts=[school])
    refresh_change_log()
    return school


def correct_credit(school: Partner) -> None:
    logo: Any = school.logo
    logo.credit = "Photo: the school"
    logo.save()


def renumber(school: Partner) -> None:
    pair = Twinning.objects.get(european_school=school)
    pair.number = 9
    pair.save()


def leave_pair(school: Partner) -> None:
    pair = Twinning.objects.get(european_school=school)
    pair.european_school = PartnerFactory()
    pair.save()


def join_team(school: Partner) -> None:
    TeamMembership.objects.create(team=Team.objects.get(kind=TeamKind.STEERING), partner=school)


def leave_team(school: Partner) -> None:
    TeamMembership.objects.get(partner=school).delete()


def give_up_seat(school: Partner) -> None:
    seat = TeamMembership.objects.get(partner=school)
    seat.partner = PartnerFactory()
    seat.save()


def rename_team(school: Partner) -> None:
    team = Team.objects.get(memberships__partner=school)
    team.kind = TeamKind.FINANCIAL
    team.save()


@pytest.mark.parametrize(
    "act", [correct_credit, renumber, leave_pair, join_team, leave_team, give_up_seat, rename_team]
)
def test_a_copy_with_schools_embedded_stays_in_sync(
    school: Partner, act: Callable[[Partner], None]
) -> None:
    team = Team.objects.create(kind=TeamKind.STEERING)
    if act is not join_team:
        TeamMembership.objects.create(team=team, partner=school)
    refresh_change_log()
    follower = Follower(include="authors,hosts", fields="*")
    follower.sync()

    with recording_changes():
        act(school)
    told = follower.sync()

    assert sorted(each["item"]["title"] for each in told) == ["By it", "Its event"]
    assert follower.copy == follower.snapshot()
