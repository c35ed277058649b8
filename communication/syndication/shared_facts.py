"""What every item carries: when it changes, all items do."""

from hashlib import blake2b

from django.apps import apps
from django.utils.module_loading import import_string
from wagtail.models import Locale, Site


def digest_of_shared_facts() -> str:
    """Returns another text when languages, sites, footnotes or the site's own funding change."""
    facts = [
        sorted(Locale.objects.values_list("language_code", flat=True)),
        list(
            Site.objects.order_by("pk").values_list(
                "pk", "hostname", "port", "root_page", "is_default_site"
            )
        ),
    ]
    if apps.is_installed("v2v_snippets"):
        facts.append(import_string("v2v_snippets.selectors.shown_with_every_item")())
    return blake2b(repr(facts).encode(), digest_size=16).hexdigest()
