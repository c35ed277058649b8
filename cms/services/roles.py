"""The two roles of every site, and exactly what each may do.

The rights are those written here whenever ``bootstrap_site`` runs: whoever needs other ones gets a
group of their own, which is never touched.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.contrib.auth.models import Group, Permission
from django.db.models import Q, QuerySet
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
)

from v2v_pages.models import HomePage

COMMUNICATION_TEAM: Final = "Communication team"
PARTNER_EDITOR: Final = "Partner editor"

ADMIN_ACCESS: Final = ("wagtailadmin.access_admin", "wagtail_localize.submit_translation")
RECORDS: Final = (
    "country",
    "fundingstatement",
    "mobilitytopic",
    "partner",
    "personconsent",
    "team",
    "twinning",
    "vetindicator",
)
CONCEPT: Final = "v2v_snippets.{}_glossaryconcept"
CONCEPT_DRAFTING: Final = ("add", "change", "view")
CONCEPT_PUBLISHING: Final = ("delete", "lock", "publish", "unlock")
"""Concepts are edited as pages are: not all who may write drafts of them may publish them."""
NEWSLETTERS: Final = tuple(
    f"communication_newsletters.{right}"
    for right in (
        "add_mailinglist",
        "change_mailinglist",
        "view_mailinglist",
        "add_consenttext",
        "view_consenttext",
        "add_suppression",
        "view_suppression",
        "view_subscriber",
        "see_addresses",
        "erase_subscriber",
        "send_dispatch",
        "view_dispatch",
    )
)
"""What writing to readers needs. All addresses at once, in or out as a file, is for administrators,
and so is lifting a suppression."""
PARTNER_SITES: Final = (
    *(f"communication_syndication.{verb}_partnersite" for verb in ("add", "change", "view")),
    *(f"communication_syndication.{verb}_apikey" for verb in ("add", "change", "view")),
    *(f"communication_syndication.{verb}_webhookendpoint" for verb in ("add", "change", "view")),
    "communication_syndication.view_webhookdelivery",
)
"""Who talks to the webmasters gives them keys and webhooks. To delete what belongs to a site is not
theirs."""
MEDIA: Final = ("wagtaildocs.{}_document", "wagtailimages.{}_image")
"""Wagtail asks for rights on its stock models, whichever models the site uses."""


@dataclass(frozen=True, slots=True)
class Role:
    """What a group may do: in the whole admin, on the pages of every language, with media."""

    name: str
    rights: tuple[str, ...]
    page_rights: tuple[str, ...]
    media_rights: tuple[str, ...]


ROLES: Final = (
    Role(
        name=COMMUNICATION_TEAM,
        rights=(
            *ADMIN_ACCESS,
            *(
                f"v2v_snippets.{verb}_{record}"
                for record in RECORDS
                for verb in ("add", "change", "delete", "view")
            ),
            *(CONCEPT.format(verb) for verb in (*CONCEPT_DRAFTING, *CONCEPT_PUBLISHING)),
            *NEWSLETTERS,
            "v2v_snippets.change_projectsettings",
            *PARTNER_SITES,
            *(f"wagtailredirects.{verb}_redirect" for verb in ("add", "change", "delete")),
        ),
        page_rights=("add", "change", "lock", "publish", "unlock"),
        media_rights=("add", "change", "choose"),
    ),
    Role(
        name=PARTNER_EDITOR,
        rights=(
            *ADMIN_ACCESS,
            *(f"v2v_snippets.view_{record}" for record in RECORDS),
            # each school knows the words of its own languages
            *(CONCEPT.format(verb) for verb in CONCEPT_DRAFTING),
            # whoever hears that somebody agrees, or no longer does, enters it at once
            "v2v_snippets.add_personconsent",
            "v2v_snippets.change_personconsent",
        ),
        page_rights=("add", "change"),
        # whoever adds a file may change and delete that one
        media_rights=("add", "choose"),
    ),
)


def ensure_roles() -> dict[str, Group]:
    """Gives both roles exactly their rights, on the homes of all languages, and returns them."""
    groups = {}
    for role in ROLES:
        group, _created = Group.objects.get_or_create(name=role.name)
        group.permissions.set(_permissions(role.rights))
        _grant_media(group, role)
        groups[role.name] = group
    for home in HomePage.objects.all():
        grant_page_rights(home)
    return groups


def grant_page_rights(home: HomePage) -> None:
    """Gives the roles their rights on a home page and all below; does nothing without the roles."""
    for role in ROLES:
        group = Group.objects.filter(name=role.name).first()
        if group is not None:
            wanted = _permissions(f"wagtailcore.{verb}_page" for verb in role.page_rights)
            _set_page_rights(group, home, wanted)


def _set_page_rights(group: Group, page: Page, wanted: "QuerySet[Permission]") -> None:
    granted = GroupPagePermission.objects.filter(group=group, page=page)
    granted.exclude(permission__in=wanted).delete()
    missing = wanted.exclude(pk__in=granted.values("permission"))
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(group=group, page=page, permission=permission) for permission in missing
    )


def _grant_media(group: Group, role: Role) -> None:
    collection = Collection.get_first_root_node()
    wanted = _permissions(name.format(verb) for name in MEDIA for verb in role.media_rights)
    granted = GroupCollectionPermission.objects.filter(group=group, collection=collection)
    granted.exclude(permission__in=wanted).delete()
    missing = wanted.exclude(pk__in=granted.values("permission"))
    GroupCollectionPermission.objects.bulk_create(
        GroupCollectionPermission(group=group, collection=collection, permission=permission)
        for permission in missing
    )


def _permissions(names: Iterable[str]) -> "QuerySet[Permission]":
    """Finds permissions by "app_label.codename".

    Raises:
        LookupError: when one is missing, since a role that silently lacks a right helps nobody.
    """
    wanted = set(names)
    condition = Q()
    for name in wanted:
        label, codename = name.split(".")
        condition |= Q(content_type__app_label=label, codename=codename)
    found = Permission.objects.filter(condition)
    _refuse_missing(wanted, found.values_list("content_type__app_label", "codename"))
    return found


def _refuse_missing(wanted: set[str], found: Iterable[tuple[str, str]]) -> None:
    missing = wanted - {f"{label}.{codename}" for label, codename in found}
    if missing:
        raise LookupError(
            f"The permissions {', '.join(sorted(missing))} do not exist: run migrate first."
        )
