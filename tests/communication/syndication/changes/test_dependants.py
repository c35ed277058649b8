"""What files, other pages and shared facts change on the items that show them."""

from collections.abc import Callable
from typing import Any

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import CollectionViewRestriction, Locale, Site

from communication.syndication.services.change_log import refresh_change_log
from tests.factories import (
    DocumentFactory,
    FundingStatementFactory,
    ImageFactory,
    PartnerFactory,
    PersonConsentFactory,
    StandardPageFactory,
)
from tests.process import (
    MobilityModulePageFactory,
    MobilityProcessPageFactory,
    fill,
    phase,
    step,
)
from tests.sites import SiteTree
from v2v_pages.models import MobilityProcessPage
from v2v_snippets.models import Country, ProjectSettings
from v2v_snippets.services.renditions import make_renditions

from .recorded import block, recorded, shown

Publish = Callable[..., Any]


def test_an_image_changes_what_shows_it(publish: Publish) -> None:
    image = ImageFactory(file__width=16, file__height=10)
    portrait = {"image": image.pk, "alt_text": "", "decorative": True}
    picture = {"image": portrait, "caption": "", "consents": []}
    pages = [
        *publish("Plain"),
        *publish("In lists", listing_image=image),
        *publish("In text", body=[block("image", picture)]),
    ]
    image.description = "Others at a workbench"

    with recorded(*pages) as edited:
        image.save()
    with recorded(*pages) as made:
        make_renditions(image=image)
    with recorded(*pages) as dropped:
        image.renditions.first().delete()

    assert edited.told == made.told == dropped.told == shown("In lists", "In text")


def test_a_logo_changes_what_can_embed_the_school(publish: Publish) -> None:
    logo = ImageFactory(file__width=16, file__height=10)
    pages = [*publish("By it", authors=[PartnerFactory(logo=logo)]), *publish("Plain")]

    with recorded(*pages) as record:
        logo.save()

    assert record.told == shown("By it")


def test_a_document_changes_what_links_to_it(publish: Publish) -> None:
    document = DocumentFactory()
    link = f'<p><a linktype="document" id="{document.pk}">file</a></p>'
    pages = [*publish("Plain"), *publish("Linking", body=[block("paragraph", link)])]
    document.title = "Programme of the visit"

    with recorded(*pages) as renamed:
        document.save()
    with recorded(*pages) as closed:
        CollectionViewRestriction.objects.create(
            collection=document.collection, restriction_type="login"
        )
    with recorded(*pages) as deleted:
        document.delete()

    assert renamed.told == closed.told == deleted.told == shown("Linking")


def test_a_page_changes_links_to_it_by_its_address_and_not_by_its_text(
    publish: Publish, site: SiteTree
) -> None:
    target = StandardPageFactory(parent=site.home, title="Target")
    link = f'<p><a linktype="page" id="{target.pk}">there</a></p>'
    pages = [target, *publish("Linking", body=[block("paragraph", link)])]
    own = ("Target", "en", "upsert", "own")

    target.summary = "Another summary."
    with recorded(*pages) as edited:
        target.save_revision().publish()
    target.slug = "elsewhere"
    with recorded(*pages) as moved:
        target.save_revision().publish()
    with recorded(*pages) as withdrawn:
        target.unpublish()

    assert edited.told == {own}
    assert moved.told == {("Target", "en", "upsert", "moved"), *shown("Linking")}
    assert withdrawn.told == {("Target", "en", "delete", "own"), *shown("Linking")}


def test_a_deleted_page_changes_what_linked_to_it(publish: Publish, site: SiteTree) -> None:
    target = StandardPageFactory(parent=site.home, title="Target")
    link = f'<p><a linktype="page" id="{target.pk}">there</a></p>'
    pages = [target, *publish("Linking", body=[block("paragraph", link)])]

    with recorded(*pages) as record:
        target.delete()

    assert record.told == {("Target", "en", "delete", "own"), *shown("Linking")}


def test_a_process_shows_the_steps_of_its_modules_and_what_these_show(site: SiteTree) -> None:
    document = DocumentFactory()
    link = f'<p><a linktype="document" id="{document.pk}">form</a></p>'
    process = MobilityProcessPageFactory(parent=site.home, title="Process")
    module = MobilityModulePageFactory(parent=process, title="Papers", steps=[step(text=link)])
    fill(MobilityProcessPage.objects.get(pk=process.pk), phase(module))
    refresh_change_log()
    module.steps = [step("Sign", text=link)]

    with recorded(process, module) as edited:
        module.save_revision().publish()
    with recorded(process, module) as renamed:
        document.save()

    assert edited.told == {("Papers", "en", "upsert", "own"), *shown("Process")}
    assert renamed.told == shown("Papers", "Process")


def test_the_directory_is_part_of_the_addresses_of_schools(
    publish: Publish, site: SiteTree
) -> None:
    [article] = publish("Article", authors=[PartnerFactory()])
    site.partners.slug = "directory"

    with recorded(article, site.partners) as record:
        site.partners.save_revision().publish()

    assert ("Schools", "en", "upsert", "moved") in record.told
    assert shown("Article") <= record.told


def test_what_every_item_carries_changes_every_item(publish: Publish, site: SiteTree) -> None:
    publish("Article")
    footnote = Country.objects.get(code="XK").texts.get(language="en")
    footnote.footnote = "Without prejudice to positions on status."
    settings = ProjectSettings.objects.get()
    site_record = Site.objects.get()

    with recorded() as footnotes:
        footnote.save()
    settings.funding_statement = FundingStatementFactory()
    with recorded() as funding:
        settings.save()
    site_record.hostname = "v2v.example"
    with recorded() as addresses:
        site_record.save()
    with recorded() as languages:
        Locale.objects.get(language_code="nl").delete()

    for record in (footnotes, funding, addresses, languages):
        reasons = {(locale, operation, reason) for _t, locale, operation, reason in record.told}
        assert len(record.told) == 6
        assert reasons == {("en", "upsert", "dependency"), ("it", "upsert", "dependency")}


def test_what_stands_around_the_items_moves_the_version_alone(
    publish: Publish, site: SiteTree
) -> None:
    publish("Article")
    settings = ProjectSettings.objects.get()
    settings.contact_email = "other@v2v.example"

    with recorded() as contact:
        settings.save()
    with recorded() as redirect:
        Redirect.add_redirect("/old", redirect_to="/new")
    with recorded() as order:
        site.partners.move(site.news, pos="left")

    assert contact.told == redirect.told == set()
    assert contact.moved_by == redirect.moved_by == 1
    assert order.moved_by >= 1


def test_a_consent_changes_whatever_the_picture_stands_for(publish: Publish) -> None:
    image = ImageFactory(file__width=16, file__height=10)
    consent = PersonConsentFactory()
    portrait = {"image": image.pk, "alt_text": "", "decorative": True}
    picture = {
        "image": portrait,
        "caption": "",
        "consents": [{"type": "item", "value": consent.pk, "id": "c"}],
    }
    pages = [
        *publish("Plain"),
        *publish("In lists", listing_image=image),
        *publish("With her name", body=[{**block("image", picture), "id": "with-her"}]),
    ]

    with recorded(*pages) as withdrawn:
        consent.valid_until = consent.given_on
        consent.save()
    with recorded(*pages) as gone:
        pages[-1].unpublish()
        pages[-1].delete()

    assert withdrawn.told == shown("In lists", "With her name")
    assert shown("In lists") <= gone.told, "Nobody says any more that somebody is to be seen."
