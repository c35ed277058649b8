"""Importing in the admin: a file, a look at what it changes, a decision, and no page that waits."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.glossary import ConceptFactory, add_term
from tests.v2v_snippets.exchange.files import everything, exported, rows
from v2v_snippets.jobs import GlossaryImporting
from v2v_snippets.models import GlossaryConcept, GlossaryImport
from v2v_snippets.services.glossary_uploads import claim
from v2v_snippets.signals import concepts_written

pytestmark = pytest.mark.django_db

LIST = "v2v_glossary_imports:list"
BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'


def sent(client: Client, content: bytes, name: str = "terms.csv", **fields: str) -> Any:
    """Uploads a file and returns the answer."""
    file = SimpleUploadedFile(name, content)
    return client.post(reverse(LIST), {"domain": "vet_systems", "file": file} | fields)


def shown(client: Client) -> Any:
    """Returns the page of the only import."""
    url = reverse("v2v_glossary_imports:show", args=[GlossaryImport.objects.get().pk])
    return BeautifulSoup(client.get(url).content, "html.parser").select_one("#v2v-import")


def decided(client: Client, decision: str) -> Any:
    url = reverse("v2v_glossary_imports:show", args=[GlossaryImport.objects.get().pk])
    return client.post(url, {decision: ""}, follow=True)


def work(*, after: timedelta = timedelta()) -> Any:
    return GlossaryImporting().run_due(timezone.now() + after)


def with_rights(*verbs: str) -> Client:
    """Returns the browser of somebody with these rights on concepts."""
    user = get_user_model().objects.create_user("-".join(("user", *verbs)))
    names = ["access_admin", *(f"{verb}_glossaryconcept" for verb in verbs)]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client = Client()
    client.force_login(user)
    return client


def test_a_file_is_compared_then_looked_at_then_written(admin_client: Client) -> None:
    ConceptFactory(identifier="C-0001", terms={"en": "school"})

    response = sent(admin_client, rows("term,C-0001,sq,shkollë", "term,C-0007,en,town"))
    waiting = shown(admin_client)
    assert (response.status_code, work().done) == (302, 1)
    difference = shown(admin_client)
    assert everything().count() == 1
    decided(admin_client, "agree")
    assert work().done == 1
    written = shown(admin_client)

    assert waiting.progress is not None
    counts = [tag.get_text(strip=True) for tag in difference.select("dd")]
    assert counts == ["1", "1", "0", "0"]
    assert "sq: shkollë" in difference.get_text()
    assert difference.select_one("button[name=agree]")
    assert "All of this is written" in written.get_text()
    assert not written.select("button")
    assert GlossaryConcept.objects.get(identifier="C-0007").name == "town"
    assert bytes(GlossaryImport.objects.get().content) == b""


def test_faults_are_shown_with_their_place_and_nothing_can_be_agreed_to(
    admin_client: Client,
) -> None:
    sent(admin_client, rows("term,C-0001,,school", "relation,C-0001,en,x"))
    work()

    difference = shown(admin_client)
    decided(admin_client, "agree")

    assert "line 2, column language" in difference.select_one(".v2v-import-faults").get_text()
    assert not difference.select("button[name=agree]")
    assert GlossaryImport.objects.get().state == "compared"
    assert work().done == 0


def test_fields_are_called_as_in_the_form(admin_client: Client) -> None:
    concept = ConceptFactory(terms={"en": "school"})
    add_term(concept, "en", "place", status="deprecated")

    sent(admin_client, rows(f"term,{concept.identifier},en,place,admitted"))
    work()

    field = shown(admin_client).select_one(".v2v-import-field").get_text(" ", strip=True)
    assert field == "Status: Deprecated → Admitted"


def huge_workbook() -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"xl/{number}.bin", b"\0" * 80_000_000)
    return out.getvalue()


def broken_workbook() -> bytes:
    content = BytesIO()
    with ZipFile(BytesIO(exported("xlsx"))) as whole, ZipFile(content, "w") as archive:
        for name in whole.namelist():
            text = whole.read(name)
            archive.writestr(name, text[:-40] if "sheet3" in name else text)
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("glossary.doc", b"x", "has to end in"),
        ("glossary.tbx", BOMB, "DOCTYPE"),
        ("glossary.rdf", BOMB, "DOCTYPE"),
        ("glossary.ttl", b"\x89PNG\r\n\x1a\n", "cannot be read"),
        ("glossary.jsonld", b'{"@context": "http://127.0.0.1/"}', "nothing is fetched"),
        ("glossary.jsonld", b"[" * 100_000, "no JSON"),
        ("glossary.csv", b"concept,trem\n", "trem"),
        ("glossary.csv", b"a\0b", "must name the columns"),
        ("glossary.xlsx", b"PK", "XLSX"),
        ("glossary.xlsx", huge_workbook, "unpacks"),
        ("glossary.xlsx", broken_workbook, "cannot be read"),
        ("glossary.csv", lambda: b"x" * 20_000_001, "import it in parts"),
        ("glossary.csv", b"", "empty"),
    ],
)
def test_what_cannot_be_read_is_a_sentence_beside_the_field(
    admin_client: Client, name: str, content: bytes | Callable[[], bytes], words: str
) -> None:
    response = sent(admin_client, content() if callable(content) else content, name)

    assert response.status_code == 200
    assert words in str(response.context["form"].errors["file"])
    assert not GlossaryImport.objects.exists()


def test_what_only_the_worker_finds_broken_is_said_on_the_page(admin_client: Client) -> None:
    sent(admin_client, b"x" * 400_000, "large.ttl")
    assert work().done == 1

    assert "cannot be read" in shown(admin_client).get_text()
    decided(admin_client, "discard")
    assert not GlossaryImport.objects.exists()


def test_an_import_that_a_killed_worker_left_behind_is_taken_up_later(
    admin_client: Client,
) -> None:
    sent(admin_client, rows("term,C-0001,en,school"))
    claim(now=timezone.now())

    assert work().done == 0
    assert work(after=timedelta(minutes=6)).done == 1
    assert GlossaryImport.objects.get().state == "compared"


def test_an_import_that_kills_its_worker_is_given_up(admin_client: Client) -> None:
    sent(admin_client, rows("term,C-0001,en,school"))
    for attempt in range(3):
        claim(now=timezone.now() + attempt * timedelta(hours=1))

    work(after=timedelta(hours=4))

    assert "Nothing was written" in shown(admin_client).get_text()


def test_nothing_is_written_twice(admin_client: Client) -> None:
    sent(admin_client, rows("term,C-0001,en,school"))
    work()
    decided(admin_client, "agree")
    decided(admin_client, "agree")
    assert decided(admin_client, "discard").status_code == 200
    slow = claim(now=timezone.now())
    assert work(after=timedelta(minutes=6)).done == 1
    revisions = everything().get().revisions.count()

    assert slow is not None
    GlossaryImport.objects.update(next_attempt_at=timezone.now())
    work()

    assert everything().get().revisions.count() == revisions == 1


def test_whoever_agreed_to_an_older_difference_sees_the_new_one_first(
    admin_client: Client,
) -> None:
    concept = ConceptFactory(identifier="C-0001", terms={"en": "school"})
    sent(admin_client, rows("term,C-0001,sq,shkollë"))
    work()
    decided(admin_client, "agree")
    add_term(concept, "it", "scuola")

    work()
    again = shown(admin_client)
    work()

    assert "changed the glossary meanwhile" in again.get_text()
    assert not concept.designations.filter(language="sq").exists()
    assert shown(admin_client).select_one("button[name=agree]")


def test_what_goes_wrong_here_takes_everything_back_and_is_tried_again(
    admin_client: Client,
) -> None:
    def fail(**_of_signal: Any) -> None:
        raise OSError

    sent(admin_client, rows("term,C-0001,en,school"))
    work()
    decided(admin_client, "agree")
    concepts_written.connect(fail)
    try:
        failed = work()
    finally:
        concepts_written.disconnect(fail)

    assert (failed.failed, everything().count(), work().done) == (1, 0, 0)
    assert work(after=timedelta(minutes=1)).done == 1
    assert everything().count() == 1


def test_long_ago_imports_are_forgotten(admin_client: Client) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=31)):
        sent(admin_client, rows("term,C-0001,en,old"))

    sent(admin_client, rows("term,C-0001,en,school"))

    assert GlossaryImport.objects.count() == 1


def test_only_those_who_may_publish_concepts_import_and_find_the_way() -> None:
    concepts = reverse("wagtailsnippets_v2v_snippets_glossaryconcept:list")
    writer = with_rights("add", "change", "view")
    publisher = with_rights("add", "change", "view", "publish")

    assert sent(writer, rows("term,C-0001,en,school")).status_code == 302
    assert not GlossaryImport.objects.exists()
    assert reverse(LIST) not in writer.get(concepts).content.decode()
    assert reverse(LIST) in publisher.get(concepts).content.decode()
    assert publisher.get(reverse(LIST)).status_code == 200


def test_the_pages_cost_the_same_however_much_there_is_to_show(admin_client: Client) -> None:
    counts = []
    for number in (1, 14):
        GlossaryImport.objects.all().delete()
        lines = (f"term,C-{index:04},en,term {index}" for index in range(1, number + 1))
        sent(admin_client, rows(*lines))
        work()
        shown(admin_client)
        with CaptureQueriesContext(connection) as queries:
            shown(admin_client)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_a_long_difference_has_pages(admin_client: Client) -> None:
    sent(admin_client, rows(*(f"term,C-{index:04},en,term {index}" for index in range(1, 62))))
    work()
    url = reverse("v2v_glossary_imports:show", args=[GlossaryImport.objects.get().pk])

    first, second = (admin_client.get(url, {"p": page}).content.decode() for page in (1, 2))

    assert "C-0050" in first
    assert "C-0051" not in first
    assert "C-0061" in second
