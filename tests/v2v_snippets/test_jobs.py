"""Pictures get all their versions after publication, from a worker and not from readers."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from communication.delivery.protocol import load_jobs
from tests.factories import ImageFactory, NewsPageFactory, PartnerFactory
from tests.pictures import drawn
from tests.sites import SiteTree, build_site, translate
from v2v_snippets.images import ALL_SPECS
from v2v_snippets.jobs import RenditionMaking
from v2v_snippets.models import RenditionRequest
from v2v_snippets.services.renditions import claim_request
from v2v_snippets.steps import Step

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> SiteTree:
    return build_site("it")


def small_image(**fields: Any) -> Any:
    return ImageFactory(file__width=64, file__height=40, **fields)


def lose_file(image: Any) -> Any:
    image.file.storage.delete(image.file.name)
    return image


def run(*, after: timedelta = timedelta()) -> Step:
    return RenditionMaking().run_due(timezone.now() + after)


def drain() -> None:
    while run().done:
        pass


def made_of(image: Any) -> list[str]:
    return sorted(image.renditions.values_list("filter_spec", flat=True))


def waiting() -> set[int]:
    return set(RenditionRequest.objects.values_list("image", flat=True))


def showing(image: Any) -> list[Any]:
    picture = {"image": image, "alt_text": "", "decorative": True}
    return [("image", {"image": picture, "caption": "", "consents": []})]


@pytest.mark.parametrize("name", ["versions of pictures", "imports into the glossary"])
def test_the_site_s_worker_knows_the_job(name: str) -> None:
    assert name in [job.name for job in load_jobs(settings.V2V_WORKER_JOBS)]


def test_publishing_lets_the_worker_make_every_version(site: SiteTree) -> None:
    listed, shared, shown = small_image(), small_image(), small_image()
    page = NewsPageFactory(
        parent=site.news, listing_image=listed, social_image=shared, body=showing(shown)
    )
    assert page.live
    assert waiting() == {listed.pk, shared.pk, shown.pk}

    drain()

    assert waiting() == set()
    assert [made_of(image) for image in (listed, shared, shown)] == [sorted(ALL_SPECS)] * 3


def test_a_draft_asks_for_nothing_and_a_logo_for_itself(site: SiteTree) -> None:
    logo = small_image()

    NewsPageFactory(parent=site.news, listing_image=small_image(), draft=True)
    PartnerFactory(logo=logo)

    assert waiting() == {logo.pk}


def test_a_reader_who_comes_first_gets_a_jpeg_and_who_comes_later_all_formats(
    site: SiteTree,
) -> None:
    image = small_image()
    page = NewsPageFactory(parent=site.news, listing_image=image, body=showing(image))

    def formats() -> set[str]:
        html = BeautifulSoup(Client().get(page.url).content, "html.parser")
        assert html.select("main picture img")
        return {str(source["type"]) for source in html.select("main picture source")}

    before = formats()
    formats_made = {spec.rpartition("format-")[2] for spec in made_of(image)}
    drain()

    assert before <= {"image/jpeg"}
    assert formats_made == {"jpeg"}
    assert formats() >= {"image/avif", "image/webp"}


def test_what_one_worker_has_taken_no_other_makes(site: SiteTree) -> None:
    NewsPageFactory(parent=site.news, listing_image=small_image())
    claimed = claim_request(now=timezone.now())

    step = run()

    assert claimed is not None
    assert step == Step(next_due_at=claimed.next_attempt_at)


def test_what_a_killed_worker_left_behind_is_made_later(site: SiteTree) -> None:
    image = small_image()
    NewsPageFactory(parent=site.news, listing_image=image)
    claim_request(now=timezone.now())

    assert run(after=timedelta(minutes=11)).done == 1
    assert made_of(image) == sorted(ALL_SPECS)


def test_a_lost_file_holds_up_no_other_and_is_tried_again(site: SiteTree) -> None:
    lost, sound = small_image(), small_image()
    NewsPageFactory(parent=site.news, listing_image=lost, social_image=sound)
    lose_file(lost)

    steps = [run(), run(), run()]

    assert sorted((step.done, step.failed) for step in steps) == [(0, 0), (0, 1), (1, 0)]
    assert made_of(sound) == sorted(ALL_SPECS)
    request = RenditionRequest.objects.get()
    assert request.image_id == lost.pk
    assert "SourceImageIOError" in request.error
    assert steps[-1].next_due_at == request.next_attempt_at
    assert request.next_attempt_at is not None
    assert request.next_attempt_at > timezone.now()


def test_a_picture_is_given_up_after_five_attempts_until_it_gets_another_file(
    site: SiteTree,
) -> None:
    image = small_image()
    NewsPageFactory(parent=site.news, listing_image=image)
    name = image.file.name
    lose_file(image)

    failures = [run(after=timedelta(days=day)).failed for day in range(7)]
    given_up = RenditionRequest.objects.get()
    with small_image().file.open() as other:
        image.file.storage.save(name, other)
    image.save()
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        drain()

    assert failures == [1, 1, 1, 1, 1, 0, 0]
    assert given_up.next_attempt_at is None
    assert given_up.error
    assert waiting() == set()
    assert made_of(image) == sorted(ALL_SPECS)


def test_a_new_focal_point_makes_the_cut_versions_anew(site: SiteTree) -> None:
    image = drawn(small_image())
    NewsPageFactory(parent=site.news, listing_image=image)
    assert waiting() == set()

    image.focal_point_x = image.focal_point_y = image.focal_point_width = 10
    image.focal_point_height = 10
    image.save()
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        drain()

    cut = [spec for spec in made_of(image) if spec.startswith("fill-320x200|format-avif")]
    assert len(cut) == 2


def test_publishing_costs_the_same_for_one_picture_and_for_many(site: SiteTree) -> None:
    def cost(pictures: int) -> int:
        body = [block for _ in range(pictures) for block in showing(small_image())]
        page = NewsPageFactory(parent=site.news, body=body, draft=True)
        revision = page.latest_revision
        with CaptureQueriesContext(connection) as queries:
            revision.publish()
        return sum("rendition" in query["sql"] for query in queries.captured_queries)

    cost(1)
    assert cost(1) == cost(4) == 2


def test_a_translation_asks_for_nothing_that_is_there(site: SiteTree) -> None:
    translate(site.news, "it", title="Notizie", slug="notizie")
    page = NewsPageFactory(parent=site.news, listing_image=small_image())
    drain()

    translate(page, "it", title="Visita", slug="visita")

    assert waiting() == set()


def test_the_command_makes_public_pictures_and_names_what_is_broken(
    site: SiteTree, capsys: pytest.CaptureFixture[str]
) -> None:
    sound, lost, unused = small_image(title="Workshop"), small_image(), small_image()
    NewsPageFactory(parent=site.news, listing_image=lost, social_image=sound)
    lose_file(lost)

    with pytest.raises(CommandError, match=f"lost or broken: {lost.pk}. Upload them again"):
        call_command("make_renditions")

    assert f"1/2 Workshop: {len(ALL_SPECS)}" in capsys.readouterr().out
    assert made_of(sound) == sorted(ALL_SPECS)
    assert made_of(unused) == []
