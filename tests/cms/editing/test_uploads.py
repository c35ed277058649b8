"""Hostile and broken files through every way by which editors upload them."""

import json
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection

from tests.factories import ImageFactory
from tests.uploads import (
    CANARY,
    FORMATS,
    HTML,
    SVG,
    TAILS,
    animation,
    corrupt,
    huge_png,
    picture,
    with_metadata,
)
from v2v_snippets.images import picture_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    user = get_user_model().objects.create_superuser("editor", "e@v2v.example", "password")
    client.force_login(user)
    return client


def fields(prefix: str = "", **others: str) -> dict[str, Any]:
    words = {
        "title": "Workshop",
        "description": "Two learners at a workbench",
        "credit": "Photo: SEDU",
        "licence": "CC-BY-4.0",
        "collection": Collection.get_first_root_node().pk,
        **others,
    }
    return {f"{prefix}{name}": value for name, value in words.items()}


def add(client: Client, name: str, data: bytes, **others: str) -> Any:
    file = SimpleUploadedFile(name, data)
    return client.post("/admin/images/add/", {**fields(**others), "file": file})


def add_to_many(client: Client, name: str, data: bytes, **others: str) -> Any:
    """Uploads in the view for several images, which asks for the description afterwards."""
    files = {"title": "Workshop", "files[]": SimpleUploadedFile(name, data)}
    answer = client.post("/admin/images/multiple/add/", files)
    told = json.loads(answer.content)
    if not told["success"]:
        return answer
    number = told["uploaded_file_id"]
    address = f"/admin/images/multiple/create_from_uploaded_image/{number}/"
    return client.post(address, fields(f"uploaded-image-{number}-", **others))


def add_in_chooser(client: Client, name: str, data: bytes, **others: str) -> Any:
    prefix = "image-chooser-upload-"
    file = SimpleUploadedFile(name, data)
    words = {**fields(prefix, **others), f"{prefix}file": file}
    return client.post("/admin/images/chooser/create/", words)


def replace(client: Client, name: str, data: bytes, **others: str) -> Any:
    image = get_image_model().objects.filter(title="Old").first() or ImageFactory(title="Old")
    file = SimpleUploadedFile(name, data)
    words = {**fields(**others), "title": "Old", "file": file}
    return client.post(f"/admin/images/{image.pk}/", words)


WAYS = {"add": add, "many": add_to_many, "chooser": add_in_chooser, "replace": replace}


@cache
def corpus() -> list[tuple[str, bytes]]:
    """Returns the files that must be refused."""
    return list(hostile_files())


def hostile_files() -> Iterator[tuple[str, bytes]]:
    for name in FORMATS:
        yield from ((f"{name}.{name}", data) for data in corrupt(name).values())
        other = "png" if name == "gif" else "gif"
        yield f"misnamed.{other}", picture(name)
    yield "88.png", huge_png(9400)
    yield "400.png", huge_png(20_000)
    yield "moving.gif", animation("gif", 1500)
    yield "moving.webp", animation("webp", 1500)
    yield from (("drawing.svg", SVG), ("drawing.png", SVG), ("page.jpg", HTML))


@pytest.mark.parametrize("way", WAYS)
def test_no_hostile_picture_gets_in_and_none_breaks_the_admin(editor: Client, way: str) -> None:
    upload = WAYS[way]
    upload(editor, "honest.png", picture("png"))
    image = get_image_model().objects.get()
    before = (image.file.name, image.file_hash)

    for name, data in corpus():
        answer = upload(editor, name, data)

        image = get_image_model().objects.get()
        assert (answer.status_code, image.file.name, image.file_hash) == (200, *before), name


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", FORMATS)
def test_nothing_of_place_and_people_stays_in_original_and_versions(
    editor: Client, way: str, name: str
) -> None:
    data = with_metadata(name) + TAILS["zip"]

    WAYS[way](editor, f"phone.{name}", data)

    image = get_image_model().objects.get()
    original = Path(image.file.path).read_bytes()
    assert picture_of(image, "body")
    versions = [Path(version.file.path).read_bytes() for version in image.renditions.all()]
    for stored in [original, *versions]:
        assert CANARY not in stored
        assert b"payload" not in stored
        assert dict(Image.open(BytesIO(stored)).getexif()) == {}
    assert image.file_size == len(original) < len(data)
    assert (image.width, image.height) == (60, 40)
    assert left_over(CANARY) == []


def left_over(word: bytes) -> list[str]:
    """Returns the uploaded files, of finished uploads and others, that still hold ``word``."""
    folder = Path(settings.MEDIA_ROOT)
    return [str(path) for path in folder.rglob("*") if path.is_file() and word in path.read_bytes()]


def test_an_upload_that_waits_for_its_description_is_clean_already(editor: Client) -> None:
    files = {"files[]": SimpleUploadedFile("waiting.jpg", with_metadata("jpeg"))}

    answer = editor.post("/admin/images/multiple/add/", files)

    assert b"uploaded_file_id" in answer.content
    assert left_over(CANARY) == []


@pytest.mark.parametrize("way", WAYS)
def test_a_picture_must_be_described(editor: Client, way: str) -> None:
    answer = WAYS[way](editor, "honest.png", picture("png"), description=" ")

    assert not get_image_model().objects.filter(credit="Photo: SEDU").exists()
    assert "This field is required" in answer.content.decode("unicode_escape")
    assert "people who do not see the picture" in answer.content.decode("unicode_escape")


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd.png", "a\0b.png", f"{'long' * 75}.png", "\\..\\x.png", "čšž 写真.png"],
)
@pytest.mark.parametrize("way", ["add", "many"])
def test_names_lead_nowhere(editor: Client, way: str, name: str) -> None:
    answer = WAYS[way](editor, name, picture("png"))

    assert answer.status_code in {200, 302}
    originals = Path(settings.MEDIA_ROOT) / "original_images"
    for image in get_image_model().objects.all():
        assert Path(image.file.path).resolve().parent == originals.resolve()


def test_a_sideways_picture_that_code_stores_is_upright_with_its_right_size() -> None:
    file = SimpleUploadedFile("sideways.jpg", with_metadata("jpeg", orientation=6))

    image = ImageFactory(file=file)

    stored = Path(image.file.path).read_bytes()
    assert (image.width, image.height) == (40, 60) == Image.open(BytesIO(stored)).size
    assert image.file_size == len(stored)
    assert image.file_hash
    assert CANARY not in stored


def test_a_page_that_calls_itself_a_document_is_refused(editor: Client) -> None:
    documents = get_document_model().objects
    for name in ("handbook.pdf", "handbook.docx", "handbook.txt", "handbook.html"):
        file = SimpleUploadedFile(name, HTML)
        root = Collection.get_first_root_node().pk
        words = {"title": "Handbook", "collection": root}
        answers = [
            editor.post("/admin/documents/add/", {**words, "file": file}),
            editor.post("/admin/documents/multiple/add/", {**words, "files[]": file}),
        ]
        assert [answer.status_code for answer in answers] == [200, 200]
    assert not documents.exists()


def test_a_document_that_is_refused_is_told_one_reason(editor: Client) -> None:
    words = {"title": "Handbook", "collection": Collection.get_first_root_node().pk}
    file = SimpleUploadedFile("handbook.pdf", HTML)

    answer = editor.post("/admin/documents/add/", {**words, "file": file})

    (reason,) = answer.context["form"].errors["file"]
    assert reason.startswith("This file is no PDF")
