"""Sanitised HTML as a tree, for those who write it in another form."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final, Union

VOID: Final = frozenset({"br", "hr"})


@dataclass(slots=True)
class Element:
    """An element with its attributes and what stands in it, in order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Union["Element", str]] = field(default_factory=list)


class _TreeBuilder(HTMLParser):
    """Builds the tree; the sanitiser has closed every element."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Element("")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag in {element.tag for element in self._open[1:]}:
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        siblings = self._open[-1].children
        if siblings and isinstance(siblings[-1], str):
            siblings[-1] += data
        else:
            siblings.append(data)


def parse(html: str) -> Element:
    """Returns the elements of a text, below one without a name."""
    builder = _TreeBuilder()
    builder.feed(html)
    builder.close()
    return builder.root
