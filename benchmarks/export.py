"""How fast everything leaves the house: ``python -m benchmarks.export``.

Fills a database with whole articles, reads them once by ``/export.ndjson`` and once by following
``/content/`` page by page, both as a partner's script does, and prints items a second, what one way
costs in terms of the other, and by how much memory grew meanwhile. On SQLite, and with
``DATABASE_URL`` (and ``CACHE_URL``, as for the tests) on that PostgreSQL as well. ``--items``
changes their number.
"""

import argparse
import gc
import json
import resource
import time
import tracemalloc
from collections.abc import Callable, Iterator

from benchmarks.articles import multiply
from benchmarks.databases import empty_database, run_on_each

ITEMS = 10_000
AIM = 2_000
"""Items a second of one processor that does nothing else."""
GROWTH = 32
"""In megabytes: what the export may hold at once, however long it is."""

TEXT = (
    '<h2>Visits</h2><p>Learners of <a linktype="page" id="{page}">our schools</a> spent three weeks'
    " in <b>workshops</b> abroad. {words}</p><ul><li>Tools</li><li>Safety</li></ul>"
)
TABLE = {
    "caption": "Sessions",
    "columns": [{"type": "text", "heading": "Day"}, {"type": "number", "heading": "Hours"}],
    "rows": [{"values": [f"Day {number}", "6.5"]} for number in range(5)],
}


def main() -> None:
    """Measures on each database there is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=ITEMS)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.here:
        measure(options.items)
        return
    run_on_each("benchmarks.export", f"--items={options.items}")


def measure(items: int) -> None:
    """Fills a database of its own, prints the table, and removes the database."""
    with empty_database() as vendor:
        build(items)
        # what made the articles is no part of what is measured
        gc.collect()
        gc.freeze()
        print_table(vendor, items)


def build(items: int) -> None:
    """Writes articles as publishing leaves them, without taking its time."""
    from django.db import connection

    from tests.factories import NewsPageFactory, ProjectSettingsFactory
    from tests.sites import build_partnership, build_site

    site = build_site("it", "sq")
    build_partnership()
    ProjectSettingsFactory()
    first = NewsPageFactory(parent=site.news, body=body(site.partners.pk))
    multiply(first, items - 1)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def body(page: int) -> list[tuple[str, object]]:
    """Returns an article of four blocks, about 2,000 characters."""
    words = "What they learned there they showed to others at home. " * 12
    return [
        {"type": "paragraph", "value": TEXT.format(page=page, words=words), "id": "1"},
        {"type": "quote", "value": {"quote": "We met.", "source": "A learner"}, "id": "2"},
        {"type": "table", "value": TABLE, "id": "3"},
        {"type": "paragraph", "value": TEXT.format(page=page, words=words), "id": "4"},
    ]


def print_table(vendor: str, items: int) -> None:
    """Prints what each way takes."""
    print(f"\n{vendor}: {items} articles")
    print(f"{'':34}{'items':>8}{'seconds':>10}{'of CPU':>10}{'items/s':>10}")
    for _warm in range(2):
        drain(pages(limit=100, most=100))
    paged = row("/content/, 100 a page", lambda: pages(limit=100))
    streamed = row("/export.ndjson", lambda: export(""))
    row("/export.ndjson, as Markdown", lambda: export("&rich_text=markdown"))
    row("/export.ndjson, relations embedded", lambda: export("&include=authors,twinnings"))
    held = growth(lambda: export(""))
    slow = "  SLOW" if streamed < AIM else ""
    large = "  LARGE" if held > GROWTH else ""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{'export / pages':34}{'':28}{streamed / paged:>10.2f}{slow}")
    print(f"{'export: most memory held at once':34}{'':28}{held:>10.1f} MB{large}")
    print(f"{'peak of the whole process':34}{'':28}{peak:>10.0f} MB")


def row(label: str, read: Callable[[], Iterator[dict]]) -> float:
    """Reads once, prints how long it took, and returns items a second of the processor."""
    started, used = time.perf_counter(), time.process_time()
    count = drain(read())
    seconds, busy = time.perf_counter() - started, time.process_time() - used
    print(f"{label:34}{count:>8}{seconds:>10.2f}{busy:>10.2f}{count / busy:>10.0f}", flush=True)
    return count / busy


def growth(read: Callable[[], Iterator[dict]]) -> float:
    """Returns how many megabytes of Python's memory are held at most while reading."""
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    tracemalloc.reset_peak()
    drain(read())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return (peak - before) / 1024 / 1024


def drain(items: Iterator[object]) -> int:
    """Reads to the end; returns how many there were."""
    return sum(1 for _item in items)


def export(query: str) -> Iterator[bytes]:
    """Yields the lines of the export as they come."""
    from django.test import Client

    answer = Client().get(f"/api/v1/export.ndjson?type=news{query}")
    last = b""
    for chunk in answer:
        lines = chunk.splitlines()
        last = lines[-1] if lines else last
        yield from (line for line in lines if not line.startswith(b'{"type":"end"'))
    if json.loads(last)["type"] != "end":
        raise SystemExit("The export broke off.")


def pages(limit: int, most: int = 0) -> Iterator[dict]:
    """Yields the items of the list of content, page by page."""
    from django.test import Client

    address = f"/api/v1/content/?type=news&limit={limit}"
    count = 0
    while address and not (most and count >= most):
        answer = Client().get(address).json()
        yield from answer["items"]
        count += len(answer["items"])
        address = answer["next"] or ""


if __name__ == "__main__":
    main()
