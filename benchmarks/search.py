"""How long a search takes in a large site: ``python -m benchmarks.search``.

Fills a database with articles in three languages, each with a word that stands in all of them, and
prints how long answers take. On SQLite, and with ``DATABASE_URL`` (and ``CACHE_URL``, as for the
tests) on that PostgreSQL as well. ``--articles`` changes their number.
"""

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator

from benchmarks.databases import empty_database, run_on_each

ARTICLES = 10_000
LANGUAGES = ("en", "sq", "sr")
WORDS = 250
"""In each article."""
RUNS = 15
LIMIT = 0.050
"""In seconds: what a word that stands everywhere may take."""
QUERIES = {
    "in all articles": "škola",
    "its beginning, in all articles": "ško",
    "two words, both in all articles": "škola praksa",
    "a phrase in all articles": '"škola praksa"',
    "two letters, in all articles": "sk",
    "in few articles": "retka",
    "in none": "nigde",
}


def main() -> None:
    """Measures on each database there is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=ARTICLES)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.here:
        measure(options.articles)
        return
    run_on_each("benchmarks.search", f"--articles={options.articles}")


def measure(articles: int) -> None:
    """Fills a database of its own, prints the table, and removes the database."""
    with empty_database() as vendor:
        built = timed(lambda: build(articles))
        is_quick = print_table(vendor, articles, built)
    sys.exit(not is_quick)


def build(articles: int) -> None:
    """Writes the pages, as far as search reads them, and their rows of the index."""
    from django.db import connection

    from tests.sites import build_site, translate
    from v2v_pages.models import SearchEntry

    site = build_site()
    parents = [site.news]
    for language in LANGUAGES[1:]:
        translate(site.home, language)
        parents.append(translate(site.news, language))
    for parent in parents:
        SearchEntry.objects.bulk_create(
            [document.entry() for document in documents(parent, articles)], batch_size=500
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def documents(parent, articles: int) -> Iterator:
    """Yields what is found of the articles below one list."""
    from uuid import UUID

    from wagtail.models import Page

    from v2v_pages.search.sources import SearchDocument

    chance = random.Random(parent.locale_id)
    vocabulary = [f"reč{number}" for number in range(5_000)]
    pages = [
        Page(
            title=f"Članak {number}",
            draft_title="",
            slug=f"clanak-{number}",
            path=f"{parent.path}{Page._int2str(number + 1).rjust(4, '0')}",
            depth=parent.depth + 1,
            url_path=f"{parent.url_path}clanak-{number}/",
            locale=parent.locale,
            translation_key=UUID(int=number),
            content_type_id=parent.content_type_id,
        )
        for number in range(articles)
    ]
    for number, page in enumerate(Page.objects.bulk_create(pages, batch_size=500)):
        words = ["škola", "praksa", *chance.choices(vocabulary, k=WORDS)]
        yield SearchDocument(
            kind="news" if number % 3 else "stories",
            key=str(page.translation_key),
            language=parent.locale.language_code,
            title=f"{page.title} {'škola' if number % 7 == 0 else ''}",
            summary=" ".join(chance.choices(vocabulary, k=20)),
            body=" ".join([*words, *(["retka"] if number % 500 == 0 else [])]),
            page_id=page.pk,
        )


def print_table(vendor: str, articles: int, built: float) -> bool:
    """Prints what finding and showing the first ten takes; tells whether all is in the limit."""
    from wagtail.models import Site

    from v2v_pages.search.finding import Search, find
    from v2v_pages.search.showing import show

    site = Site.objects.get()
    rows = articles * len(LANGUAGES)
    print(f"\n{vendor}: {articles} articles, {rows} rows, built in {built:.0f} s")
    print(f"{'':34}{'found':>8}{'median':>10}{'worst':>10}  with the first ten shown")
    medians = []
    for label, text in QUERIES.items():
        search = Search(text, "sq")

        def answer(search: Search = search) -> None:
            show(find(search, site), search, first=0, number=10)

        answer()
        times = [timed(answer) for _run in range(RUNS)]
        medians.append(median := statistics.median(times))
        slow = "  SLOW" if median > LIMIT else ""
        total = find(search, site).total
        print(f"{label:34}{total!s:>8}{median * 1000:>8.1f}ms{max(times) * 1000:>8.1f}ms{slow}")
    return max(medians) <= LIMIT


def timed(action: Callable[[], object]) -> float:
    """Returns how many seconds something takes."""
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
