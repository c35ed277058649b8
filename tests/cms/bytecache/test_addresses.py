"""Which requests ask for the same, and which pass by."""

import pytest

from .origin import PROXY, TEXT, Origin, Reader


@pytest.mark.parametrize(
    "environ",
    [
        {"HTTP_COOKIE": "sessionid=1"},
        {"HTTP_AUTHORIZATION": "Bearer v2v_x"},
        {"HTTP_RANGE": "bytes=0-9"},
        {"REQUEST_METHOD": "POST", "CONTENT_LENGTH": "0"},
        {"REQUEST_METHOD": "OPTIONS"},
    ],
)
def test_personal_requests_neither_fill_the_cache_nor_are_answered_from_it(
    reader: Reader, origin: Origin, environ: dict[str, str]
) -> None:
    origin.make = lambda environ: environ.get("HTTP_COOKIE", "for everybody").encode()
    reader.get(**environ)
    assert reader.cache.store.size == 0
    assert reader.get()[2] == b"for everybody"

    answer = reader.get(**environ)

    assert "cache-status" not in answer[1]
    assert len(origin.asked) == 3


def test_languages_are_told_apart_where_the_answer_depends_on_them(
    reader: Reader, origin: Origin
) -> None:
    origin.headers["Vary"] = "Accept-Language"
    origin.make = lambda environ: environ.get("HTTP_ACCEPT_LANGUAGE", "none").encode()

    found = [reader.get(HTTP_ACCEPT_LANGUAGE=header)[2] for header in ("sq", "en", "sq-AL", "fi")]

    assert found == [b"sq", b"en", b"sq", b"en"]
    assert len(origin.asked) == 2


def test_addresses_are_told_apart(reader: Reader, origin: Origin) -> None:
    names = ("wsgi.url_scheme", "HTTP_HOST", "PATH_INFO", "QUERY_STRING", PROXY)
    origin.make = lambda environ: "|".join(str(environ.get(name)) for name in names).encode()
    requests: list[tuple[str, dict[str, str]]] = [
        ("/en/", {}),
        ("/sq/", {}),
        ("/en/?q=1", {}),
        ("/en/?q=2", {}),
        ("/en/", {"HTTP_HOST": "other.example"}),
        ("/en/", {"wsgi.url_scheme": "https"}),
        ("/en/", {PROXY: "https"}),
    ]

    found = {reader.get(path, **environ)[2] for path, environ in requests * 2}

    assert len(found) == len(origin.asked) == len(requests)


def test_the_order_of_names_in_a_query_makes_no_difference_but_that_of_values_does(
    reader: Reader, origin: Origin
) -> None:
    for query in ("type=a&type=b&limit=2", "limit=2&type=a&type=b", "limit=2&type=b&type=a"):
        reader.get(f"/api/?{query}")

    assert len(origin.asked) == 2


def test_head_gets_the_headers_alone_and_fills_the_cache(reader: Reader, origin: Origin) -> None:
    status, headers, body = reader.get(REQUEST_METHOD="HEAD")

    assert (status, body) == ("200 OK", b"")
    assert headers["content-length"] == str(len(TEXT))
    assert reader.get()[2] == TEXT
    assert len(origin.asked) == 1
