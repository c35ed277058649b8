"""The forms in which editors write, copy and move pages: they refuse addresses that are taken."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm
from wagtail.models import Page

from v2v_snippets.publication.collisions import colliding_page, is_route_of


def refuse_taken_address(page: Page, *, parent: Page, slug: str) -> None:
    """Refuses a place at which readers would find something else than ``page``, or no longer would.

    Raises:
        ValidationError: for the field ``slug``; it names what stands there.
    """
    if is_route_of(parent, slug):
        message = _(
            "“%(parent)s” shows something of its own under “%(slug)s”: choose another slug."
        )
        raise ValidationError({"slug": message % {"parent": parent.title, "slug": slug}})
    other = colliding_page(page, parent=parent, slug=slug)
    if other is not None:
        message = _(
            "In another language, “%(page)s” has this address, and untranslated pages are read at"
            " their own address in every language: choose another slug."
        )
        raise ValidationError({"slug": message % {"page": other.title}})


class PageForm(WagtailAdminPageForm):
    """The editor of every page type."""

    def clean(self) -> dict[str, Any]:
        """Refuses a taken address already for a draft."""
        cleaned: dict[str, Any] = super().clean()
        slug, parent = cleaned.get("slug"), self.parent_page
        if slug and parent is not None and (not self.instance.live or self.instance.pk is None):
            try:
                refuse_taken_address(self.instance, parent=parent, slug=slug)
            except ValidationError as error:
                self.add_error(None, error)
        return cleaned


class PageCopyForm(CopyForm):
    """What is asked before a page is copied."""

    def clean(self) -> dict[str, Any]:
        """Refuses a taken address for the copy, which is another page than the original."""
        cleaned: dict[str, Any] = super().clean()
        slug, parent = cleaned.get("new_slug"), cleaned.get("new_parent_page")
        if slug and parent is not None:
            copy = Page(locale=parent.locale)  # with a translation key of its own
            try:
                refuse_taken_address(copy, parent=parent, slug=slug)
            except ValidationError as error:
                self.add_error("new_slug", error.message_dict["slug"])
        return cleaned
