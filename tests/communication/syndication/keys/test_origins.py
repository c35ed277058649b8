"""An origin is kept as browsers send it, and none is accepted that anybody could read along."""

import pytest
from django.core.exceptions import ValidationError

from communication.syndication.forms import OriginsField
from communication.syndication.origins import normal_origin, validate_origins


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("https://www.school.eu", "https://www.school.eu"),
        (" HTTPS://WWW.School.EU/ ", "https://www.school.eu"),
        ("https://school.eu:443", "https://school.eu"),
        ("https://school.eu:8443", "https://school.eu:8443"),
        ("https://šola.si", "https://xn--ola-zza.si"),
        ("https://192.0.2.7", "https://192.0.2.7"),
        ("https://[2001:DB8::1]:8443", "https://[2001:db8::1]:8443"),
        ("http://localhost:4321", "http://localhost:4321"),
        ("http://127.0.0.1:80", "http://127.0.0.1"),
        ("http://[::1]:3000", "http://[::1]:3000"),
        ("http://school.localhost:8080", "http://school.localhost:8080"),
    ],
)
def test_an_origin_is_written_as_browsers_send_it(typed: str, sent: str) -> None:
    assert normal_origin(typed) == sent
    validate_origins([sent])


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "null",
        "*",
        "https://*.school.eu",
        "https://",
        "www.school.eu",
        "//www.school.eu",
        "ftp://school.eu",
        "file:///home",
        "https://school.eu/news",
        "https://school.eu?a=b",
        "https://school.eu#top",
        "https://me@school.eu",
        "https://school.eu:99999",
        "https://school.eu:x",
        "https://school .eu",
        "https://[::zz]",
        "https://straße.de",  # strasse.de is somebody else's
        "https://" + "a" * 300 + ".eu",
        "javascript:alert(1)",
    ],
)
def test_what_is_no_origin_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError, match="is no origin"):
        normal_origin(typed)


def test_only_ones_own_machine_goes_without_encryption() -> None:
    with pytest.raises(ValidationError, match="is not encrypted"):
        normal_origin("http://www.school.eu")


@pytest.mark.parametrize("origins", ["https://a.eu", ["https://a.eu/"], [7], {}])
def test_only_whole_origins_are_stored(origins: object) -> None:
    with pytest.raises(ValidationError):
        validate_origins(origins)


def test_the_form_reads_lines_and_names_each_that_is_wrong() -> None:
    field = OriginsField(required=False)

    assert field.clean("") == []
    assert field.clean("https://A.eu/\n\n  https://a.eu\nhttps://b.eu") == [
        "https://a.eu",
        "https://b.eu",
    ]
    with pytest.raises(ValidationError) as caught:
        field.clean("https://a.eu\nb.eu\nhttp://c.eu")
    assert [error.split("”")[0] for error in caught.value.messages] == ["“b.eu", "“http://c.eu"]
