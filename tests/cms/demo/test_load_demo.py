"""The command: whole or not at all, with a word about how far it is."""

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page

from cms.demo import loading
from cms.services.bootstrap import bootstrap_site
from tests.factories import CountryFactory
from v2v_pages.models import StandardPage
from v2v_snippets.models import Partner

from .terminal import Terminal

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("what", ["record", "page"])
def test_a_site_in_use_is_refused_and_told_what_to_do(what: str) -> None:
    home = bootstrap_site().home
    if what == "record":
        CountryFactory()
    else:
        home.add_child(instance=StandardPage(title="Ours", slug="ours", summary="Ours"))

    with pytest.raises(CommandError, match="choose another database"):
        call_command("load_demo", verbosity=0)

    assert not Partner.objects.exists()


def test_a_failure_leaves_nothing_behind_not_even_the_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "LANGUAGES", ["fi"])  # there is no Finnish catalogue
    out = Terminal()

    with pytest.raises(OSError, match=r"home\.po"):
        call_command("load_demo", stdout=out)

    assert out.getvalue() == ""
    assert not Partner.objects.exists()
    assert [page.title for page in Page.objects.filter(depth=2)] == [
        "Welcome to your new Wagtail site!"
    ]
