"""How long a thesaurus takes into the termbase and out: ``python -m benchmarks.exchange``.

Makes a SKOS thesaurus of 4,000 concepts in four languages, imports it into an empty database,
imports it again (which changes nothing), exports it, and prints seconds and peak memory. On SQLite,
and with ``DATABASE_URL`` (and ``CACHE_URL``, as for the tests) on that PostgreSQL as well.
``--concepts`` changes their number.
"""

import argparse
import random
import resource
import sys
import time
from collections.abc import Callable
from typing import TypeVar

from benchmarks.databases import empty_database, run_on_each

CONCEPTS = 4_000
LANGUAGES = ("en", "it", "sr", "sq")
SECONDS = 60
"""About as long as an import may take."""
MEGABYTES = 500
RATIO = 0.25
"""The part of the import's time that an export may take."""

HOUSE = "https://thesaurus.example/"
Result = TypeVar("Result")


def main() -> None:
    """Measures on each database there is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--concepts", type=int, default=CONCEPTS)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.here:
        measure(options.concepts)
        return
    run_on_each("benchmarks.exchange", f"--concepts={options.concepts}")


def measure(concepts: int) -> None:
    """Fills a database of its own, prints the table, and removes the database."""
    with empty_database() as vendor:
        is_met = print_table(vendor, concepts, thesaurus(concepts))
    sys.exit(not is_met)


def thesaurus(concepts: int) -> bytes:
    """Returns a thesaurus as Turtle: a tree with related concepts, two terms a language."""
    chance = random.Random(1)
    words = {"en": "school", "it": "scuola", "sr": "школа", "sq": "shkollë"}
    lines = ["@prefix skos: <http://www.w3.org/2004/02/skos/core#> ."]
    for number in range(1, concepts + 1):
        lines.append(f"<{HOUSE}{number}> a skos:Concept")
        if number > 1:
            lines.append(f"; skos:broader <{HOUSE}{number // 8 + (number < 8)}>")
        if number % 3 == 0 and number > 100:
            lines.append(f"; skos:related <{HOUSE}{number - 1}>")
        for language in LANGUAGES:
            word = words[language]
            text = " ".join(f"{word}{chance.randrange(5_000)}" for _word in range(20))
            lines.append(
                f'; skos:prefLabel "{word} {number}"@{language}'
                f' ; skos:altLabel "{word} no. {number}"@{language}'
                f' ; skos:definition "{text}"@{language}'
            )
        lines.append(".")
    return "\n".join(lines).encode()


def print_table(vendor: str, concepts: int, content: bytes) -> bool:
    """Prints time and, up to its end, memory of each step; tells whether the goals are met."""
    from v2v_snippets.models import GlossaryConcept
    from v2v_snippets.services.glossary_export import export_glossary
    from v2v_snippets.services.glossary_import import read_file

    languages = f"{len(LANGUAGES)} languages, {len(content) / 1e6:.1f} MB"
    print(f"\n{vendor}: {concepts} concepts, {languages}")
    print(f"{'':28}{'seconds':>10}{'peak MB':>10}")
    parsed, reading = step("reading", lambda: read_file(content=content, extension="ttl"))
    report, writing = step("comparing and writing", lambda: write(parsed))
    if not report.is_written:
        raise SystemExit("\n".join(map(str, report.faults)))
    again, _seconds = step("comparing and writing again", lambda: write(parsed))
    if again.unchanged != concepts:
        raise SystemExit(f"Not the same when read again: {again.changes[0]}")
    everything = GlossaryConcept.objects.all()
    _content, exporting = step(
        "export", lambda: export_glossary(concepts=everything, extension="ttl")
    )
    total, memory = reading + writing, peak()
    slow = "  SLOW" if total > SECONDS else ""
    large = "  LARGE" if memory > MEGABYTES else ""
    late = "  SLOW" if exporting > total * RATIO else ""
    print(f"{'import':28}{total:>10.1f}{memory:>10.0f}{slow}{large}")
    print(f"{'export / import':28}{exporting / total:>10.2f}{late}")
    return not (slow or large or late)


def write(parsed):
    from v2v_snippets.services.glossary_import import import_glossary

    return import_glossary(parsed=parsed, file_name="thesaurus.ttl")


def step(label: str, action: Callable[[], Result]) -> tuple[Result, float]:
    """Does something, prints how long it took, and returns both."""
    started = time.perf_counter()
    result = action()
    seconds = time.perf_counter() - started
    print(f"{label:28}{seconds:>10.1f}{peak():>10.0f}", flush=True)
    return result, seconds


def peak() -> float:
    """Returns the most memory that this process has used, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
