"""Makes an empty database a site that people can work in."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import Group
from wagtail.models import Locale, Page, Site

from v2v_pages.models import HomePage
from v2v_snippets.publication.changes import recording_changes

from .review import ensure_review
from .roles import COMMUNICATION_TEAM, PARTNER_EDITOR, ensure_roles
from .stock import clear_stock_roles, remove_welcome_page


@dataclass(frozen=True, slots=True)
class Bootstrapped:
    """What every site has after its bootstrap."""

    site: Site
    home: HomePage
    communication_team: Group
    partner_editors: Group


@recording_changes()
def bootstrap_site(
    *, hostname: str | None = None, port: int | None = None, name: str | None = None
) -> Bootstrapped:
    """Makes languages, home page, site, roles and review, as far as they are missing.

    Args:
        hostname: under which readers find the site; None leaves it (a new site: ``localhost``).
        port: of those addresses; None leaves it (a new site: 80).
        name: of the site, in the admin alone; None leaves it (a new site: ``WAGTAIL_SITE_NAME``).

    Returns:
        The records. A second call with the same arguments changes nothing.
    """
    for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES:
        Locale.objects.get_or_create(language_code=code)
    is_new = not Group.objects.filter(name=COMMUNICATION_TEAM).exists()
    home = ensure_home()
    site = ensure_site(home, hostname=hostname, port=port, name=name)
    groups = ensure_roles()
    ensure_review(groups[COMMUNICATION_TEAM])
    if is_new:
        # later on, a group or page of such a name is one that somebody made
        clear_stock_roles()
        remove_welcome_page()
    return Bootstrapped(site, home, groups[COMMUNICATION_TEAM], groups[PARTNER_EDITOR])


def ensure_home() -> HomePage:
    """Returns the home page in the site's default language; makes it when there is none.

    A new one says the name of the site and nothing else, until somebody writes more.
    """
    locale = Locale.objects.get(language_code=settings.LANGUAGE_CODE)
    home = HomePage.objects.filter(locale=locale).order_by("path").first()
    if home is None:
        words = dict.fromkeys(("title", "headline", "summary"), settings.WAGTAIL_SITE_NAME)
        home = Page.get_first_root_node().add_child(
            instance=HomePage(slug=settings.LANGUAGE_CODE, locale=locale, **words)
        )
        home.save_revision().publish()
        home.refresh_from_db()
    return home


def ensure_site(
    home: HomePage, *, hostname: str | None, port: int | None, name: str | None
) -> Site:
    """Returns the default site, with ``home`` as its root unless it has a home page already."""
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        site = Site(hostname="localhost", is_default_site=True, root_page=home)
    if not issubclass(site.root_page.specific_class or Page, HomePage):
        site.root_page = home
    site.hostname = hostname or site.hostname
    site.port = port or site.port
    site.site_name = name or site.site_name or settings.WAGTAIL_SITE_NAME
    if site.pk is None or _differs(site):
        site.save()
    return site


def _differs(site: Site) -> bool:
    fields = ("hostname", "port", "site_name", "root_page_id")
    stored = Site.objects.filter(pk=site.pk).values(*fields).get()
    return any(stored[field] != getattr(site, field) for field in fields)
