"""Partner sites and their keys, for the tests of those and of the API."""

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from communication.syndication.enums import ApiScope
from communication.syndication.models import PartnerSite
from communication.syndication.services.api_keys import NewKey, create_api_key, revoke_api_key

ORIGIN = "https://www.school.example"


class PartnerSiteFactory(DjangoModelFactory[Any]):
    """A site whose keys may ask for everything, from one origin."""

    name = factory.Sequence(lambda n: f"Site {n}")
    contact_email = "webmaster@school.example"
    allowed_origins = factory.LazyFunction(lambda: [ORIGIN])

    class Meta:
        model = PartnerSite


def new_key(site: PartnerSite | None = None, **fields: Any) -> NewKey:
    """Gives a site, a new one unless it is given, a key that is good for everything."""
    site = site or PartnerSiteFactory()
    return create_api_key(partner_site=site, **{"scopes": ApiScope.values, **fields})


def expired_key() -> NewKey:
    """Makes a key that ran out a minute ago."""
    return new_key(expires_at=timezone.now() - timedelta(minutes=1))


def revoked_key() -> NewKey:
    """Makes a key and ends it."""
    new = new_key()
    revoke_api_key(key=new.key)
    return new


def bearer(new: NewKey | str, **headers: str) -> dict[str, str]:
    """Returns the headers of a request with a key."""
    text = new if isinstance(new, str) else new.text
    return {"Authorization": f"Bearer {text}", **headers}
