"""Stored rows that are read without a constructor are what the constructor would have made."""

from typing import Any

import pytest
from django.db.models import Model
from django.db.models.signals import post_init
from wagtail.models import Page

from tests.factories import NewsPageFactory, StandardPageFactory
from tests.sites import SiteTree, build_site
from v2v_snippets.rows import as_instance


@pytest.fixture
def site(db: None) -> SiteTree:
    return build_site()


def stored(page: Page) -> tuple[type[Page], list[str], list[Any]]:
    """Returns model, columns and values of a stored page, as a query reads them."""
    model: type[Page] = type(page)
    fields = model._meta.concrete_fields
    names = [field.attname for field in fields]
    [row] = model._base_manager.filter(pk=page.pk).values_list(*names)
    # values come out as attributes hold them, but for those that are made of them
    raw = [f.get_prep_value(v) if f.name == "body" else v for f, v in zip(fields, row, strict=True)]
    return model, names, raw


@pytest.mark.parametrize(
    ("factory", "parent"), [(NewsPageFactory, "news"), (StandardPageFactory, "home")]
)
def test_an_instance_is_the_same_as_one_that_was_constructed(
    site: SiteTree, factory: Any, parent: str
) -> None:
    page = factory(parent=getattr(site, parent))
    model, names, values = stored(page)

    made = as_instance(model, names, values, db="default")
    by_django: Any = vars(Model)["from_db"]
    constructed = by_django.__func__(model, "default", names, values)

    assert made == constructed == page
    assert vars(made).keys() == vars(constructed).keys()
    assert [getattr(made, name) for name in names] == [getattr(constructed, n) for n in names]
    assert (made._state.db, made._state.adding) == ("default", False)


def test_columns_that_were_not_read_are_read_when_they_are_asked_for(
    site: SiteTree, django_assert_num_queries: Any
) -> None:
    page = NewsPageFactory(parent=site.news, title="We began")

    made = as_instance(
        type(page), ["id", "page_ptr_id", "slug"], [page.pk, page.pk, "x"], db="default"
    )

    assert made.get_deferred_fields() >= {"title", "body"}
    with django_assert_num_queries(1):
        assert made.title == "We began"
    assert made.slug == "x"


def test_whoever_listens_is_told_of_the_instance(site: SiteTree) -> None:
    page, heard = NewsPageFactory(parent=site.news), []

    def listen(instance: Any, **_more: Any) -> None:
        heard.append(instance.pk)

    post_init.connect(listen, sender=type(page))
    try:
        type(page).objects.get(pk=page.pk)
    finally:
        post_init.disconnect(listen, sender=type(page))

    assert heard == [page.pk]


def test_what_is_read_can_be_changed_and_saved(site: SiteTree) -> None:
    page = NewsPageFactory(parent=site.news, title="Before")

    read = type(page).objects.get(pk=page.pk)
    read.title = "After"
    read.save_revision().publish()

    assert type(page).objects.get(pk=page.pk).title == "After"
