"""Keeps answers within a bound in bytes; what nobody has asked for lately goes first."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Final

from .addresses import Key, Question
from .answers import Answer

SHARE_OF_QUERIES: Final = 4
"""Addresses with a query get one part in this many: anybody can make up queries without end."""


class Store:
    """Answers of one version at a time are of use; older ones are replaced when asked for."""

    def __init__(self, capacity: int) -> None:
        """Takes the bound in bytes."""
        self._plain = Shelf(capacity - capacity // SHARE_OF_QUERIES)
        self._queried = Shelf(capacity // SHARE_OF_QUERIES)

    @property
    def size(self) -> int:
        """In bytes, roughly."""
        return self._plain.size + self._queried.size

    def get(self, question: Question, version: Hashable) -> Answer | None:
        """Returns the answer made at this version."""
        shelf = self._queried if question.address.query else self._plain
        answer = shelf.get(question.key, version)
        if answer is not None and answer.varies_by_language:
            answer = shelf.get(question.key_in_language, version)
        return answer

    def put(self, question: Question, version: Hashable, answer: Answer) -> None:
        """Keeps an answer that was made after ``version`` had been read."""
        shelf = self._queried if question.address.query else self._plain
        shelf.put(question.key, version, answer)
        if answer.varies_by_language:
            shelf.put(question.key_in_language, version, answer)


class Shelf:
    """A bounded mapping."""

    def __init__(self, capacity: int) -> None:
        """Takes the bound in bytes."""
        self.capacity = capacity
        self.size = 0
        self._lock = Lock()
        self._rows: OrderedDict[Key, tuple[Hashable, Answer, int]] = OrderedDict()

    def get(self, key: Key, version: Hashable) -> Answer | None:
        """Returns what was made at this version."""
        with self._lock:
            row = self._rows.get(key)
            if row is None or row[0] != version:
                return None
            row[1].is_asked_for = True
            return row[1]

    def put(self, key: Key, version: Hashable, answer: Answer) -> None:
        """Keeps an answer, and lets others go for it; called again after the answer has grown."""
        size = answer.size + sum(map(len, (*key[0].origin, key[0].path, key[0].query))) + 500
        with self._lock:
            if before := self._rows.pop(key, None):
                self.size -= before[2]
            if size > self.capacity:
                return
            self._rows[key] = version, answer, size
            self.size += size
            while self.size > self.capacity:
                self._let_one_go()

    def _let_one_go(self) -> None:
        """Lets go of the oldest answer that has not been asked for since this last looked at it.

        So it costs nothing to ask for one: what was used is seen here, once in a long while.
        """
        for _number in range(len(self._rows)):
            key, row = self._rows.popitem(last=False)
            if not row[1].is_asked_for:
                self.size -= row[2]
                return
            row[1].is_asked_for = False
            self._rows[key] = row
        _key, (_version, _answer, size) = self._rows.popitem(last=False)
        self.size -= size
