"""Whatever editors do: a snapshot and all deltas since make the snapshot of today."""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.sites import SiteTree

from .editors import Editors

STORY = (
    ("publish_news", 3), ("edit_partnership", 2), ("edit_partnership", 3), ("publish_news", 0),
    ("edit_partnership", 0), ("edit_partnership", 1), ("publish_issue",), ("correct",),
    ("publish", 3), ("publish", 1), ("edit", 2), ("translate", 3),
    ("edit_records", 0), ("edit_records", 1), ("edit_records", 2), ("edit_records", 3),
    ("unpublish", 3), ("publish_again", 3), ("restrict", 2), ("edit", 1), ("restrict", 3),
    ("move", 3), ("restrict", 1), ("move", 1), ("restrict", 3), ("unpublish", 2), ("wait", 4),
    ("publish_again", 2), ("publish", 2), ("edit_records", 0), ("delete", 2), ("wait", 20),
    ("edit", 3), ("translate", 0), ("unpublish", 0), ("delete", 3),
)  # fmt: skip
"""Each act at least once, with what it changes there: the others need minutes to find it."""

many = settings(
    max_examples=25,
    stateful_step_count=40,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
)


def test_a_snapshot_and_its_deltas_make_the_next_snapshot_after_each_act(site: SiteTree) -> None:
    Editors.site = site
    editors = Editors()
    try:
        editors.begin()
        for act, *number in STORY:
            getattr(editors, act)(*number)
            editors.sync(partners=1)
    finally:
        editors.teardown()


@pytest.mark.slow
def test_any_sequence_of_acts_leaves_partners_with_what_there_is(site: SiteTree) -> None:
    Editors.site = site
    run_state_machine_as_test(Editors, settings=many)
