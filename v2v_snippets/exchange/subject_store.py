"""A store for rdflib that knows statements by their subject only.

rdflib's own keep three indexes, with a dictionary for every pair of nodes. A thesaurus is read
concept by concept; what is asked by property alone (the concepts, the hierarchy) looks at all.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from rdflib.store import Store


class SubjectStore(Store):
    """Keeps the statements of one graph in the order of the file; equal nodes are kept once."""

    context_aware = True
    """As rdflib's reader of JSON-LD demands; all graphs of a file are one."""

    def __init__(self, configuration: str | None = None, identifier: Any = None) -> None:
        super().__init__(configuration, identifier)
        self._statements: dict[Any, dict[tuple[Any, Any], None]] = {}
        self._nodes: dict[Any, Any] = {}

    def add(self, triple: Any, context: Any = None, quoted: Any = None) -> None:
        """Keeps a statement, once."""
        subject, predicate, value = (self._nodes.setdefault(node, node) for node in triple)
        self._statements.setdefault(subject, {})[predicate, value] = None

    def triples(self, triple_pattern: Any, context: Any = None) -> Iterator[Any]:
        """Gives the statements that fit a pattern, in which None stands for anything."""
        subject, predicate, value = triple_pattern
        subjects: Iterable[Any] = self._statements if subject is None else (subject,)
        for found in subjects:
            for name, text in self._statements.get(found, ()):
                if predicate in (None, name) and value in (None, text):
                    yield (found, name, text), iter(())

    def __len__(self, context: Any = None) -> int:
        return sum(map(len, self._statements.values()))

    def bind(self, prefix: str, namespace: Any, override: Any = None) -> None:
        """Forgets prefixes: nothing is written from here."""

    def namespace(self, prefix: str) -> None:
        """Knows no prefix."""

    def prefix(self, namespace: Any) -> None:
        """Knows no prefix."""

    def namespaces(self) -> Iterator[tuple[str, Any]]:
        """Gives no prefixes."""
        return iter(())
