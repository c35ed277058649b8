"""Running text as CommonMark 0.31.2, from the HTML that the sanitiser lets through.

What Markdown has no sign for stays HTML, which CommonMark allows within a line: words in another
language (``lang``), raised and lowered ones, and emphasis that signs could not express where it
stands. What is written comes out of a renderer as the HTML that it was made from.
"""

import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import Any, Final

from .html_tree import Element, parse

SIGNS: Final = {"b": "**", "em": "*", "i": "*", "strong": "**"}
HEADINGS: Final = {"h2": "##", "h3": "###", "h4": "####"}
LISTS: Final = frozenset({"ol", "ul"})
MERGED: Final = frozenset({"blockquote", *LISTS})
"""Two of these in a row would be one; a comment keeps them apart."""
BLOCKS: Final = frozenset({"blockquote", "hr", "p", *HEADINGS, *LISTS})

WHOLE_NUMBER: Final = re.compile(r"[0-9]{1,9}")
SPACE: Final = re.compile(r"[ \t\n\r\f]+")
SPECIAL: Final = re.compile(r"[\\`*_\[\]<>~|]")
ENTITY: Final = re.compile(r"&(?=#?\w+;)")
OPENING: Final = re.compile(r"^(#{1,6}(?=\s|$)|[-+=]|\d{1,9}(?=[.)]))")
"""What would make a block of a line that begins with it."""
ESCAPE: Final = re.compile(r"\\[^\n]")
HARD_BREAK: Final = "\\\n"


def to_markdown(html: str) -> str:
    """Returns the Markdown of sanitised HTML."""
    return "\n\n".join(_blocks(parse(html))) if html else ""


def piped_table(table: dict[str, Any]) -> str:
    """Returns a table of a body as one with pipes, as GFM and most renderers know it.

    Args:
        table: Its ``columns`` and ``rows``; cells of columns ``rich_text`` are Markdown already.
    """
    columns = table["columns"]
    is_text = [column["type"] != "rich_text" for column in columns]
    head = [_cell(_escaped(column["heading"])) for column in columns]
    rule = ["---:" if column["type"] == "number" else "---" for column in columns]
    rows = [
        [
            _cell(_escaped(_shown(cell)) if plain else str(cell or ""))
            for cell, plain in zip(row, is_text, strict=True)
        ]
        for row in table["rows"]
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *rows)) if columns else ""


def _shown(value: Any) -> str:
    """Returns a cell as a reader writes it: 2, and not 2.0."""
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _cell(markdown: str) -> str:
    """Puts into one line what stands in a cell, which ends at the next pipe."""
    inner = markdown.replace("\\|", "&#124;").replace("|", "&#124;").replace(HARD_BREAK, "<br>")
    return re.sub(r"\s*\n\s*", "<br>", inner.strip().replace("\n\n", "<br>"))


def _blocks(parent: Element) -> Iterator[str]:
    """Yields the blocks in an element; what stands between them is a paragraph, too."""
    previous = ""
    for group in _grouped(parent.children):
        written = _block(group)
        if written:
            if group.tag == previous and group.tag in MERGED:
                yield "<!-- -->"
            yield written
            previous = group.tag


def _grouped(children: Sequence[Element | str]) -> Iterator[Element]:
    """Yields the blocks among children; others that follow each other become a paragraph."""
    loose = Element("p")
    for child in children:
        if isinstance(child, Element) and child.tag in BLOCKS:
            yield loose
            yield child
            loose = Element("p")
        else:
            loose.children.append(child)
    yield loose


def _block(element: Element) -> str:
    match element.tag:
        case "hr":
            return "---"
        case "blockquote":
            return _prefixed("\n\n".join(_blocks(element)), "> ", "> ").replace("> \n", ">\n")
        case "ul" | "ol":
            return "\n".join(_items(element))
        case tag if tag in HEADINGS:
            words = _line(element).replace(HARD_BREAK, " ")
            return f"{HEADINGS[tag]} {re.sub(r'#+$', _escape_all, words)}" if words else ""
        case _:
            return _line(element)


def _items(element: Element) -> Iterator[str]:
    start = element.attributes.get("start") or ""
    number = int(start) if WHOLE_NUMBER.fullmatch(start) else 1
    mark = "-"
    for item in element.children:
        if not isinstance(item, Element):
            continue
        if element.tag == "ol":
            mark = f"{number}."
            number += 1
        inner = "\n".join(_blocks(item))
        yield _prefixed(inner, f"{mark} ", " " * (len(mark) + 1)) if inner else mark


def _prefixed(text: str, first: str, others: str) -> str:
    lines = [f"{others}{line}" if line or others.strip() else "" for line in text.split("\n")]
    return first + lines[0][len(others) :] + "".join(f"\n{line}" for line in lines[1:])


def _line(element: Element) -> str:
    """Returns the text of a block, with its language where it has one of its own."""
    inner = _Inline().written(element)
    lines = [_opening(line.strip(" ")) for line in inner.strip(" ").split("\n")]
    text = "\n".join(lines).strip("\n")
    while text.endswith(HARD_BREAK.rstrip("\n")) and not text.endswith("\\\\"):
        text = text[:-1].rstrip(" \n")
    attributes = _attributes(element)
    return f"<span{attributes}>{text}</span>" if attributes and text else text


def _opening(line: str) -> str:
    """Keeps a line from beginning a heading, a list or a rule."""
    found = OPENING.match(line)
    if not found:
        return line
    if found[0][0].isdigit():
        return f"{found[0]}\\{line[found.end() :]}"
    return f"\\{line}"


class _Inline:
    """Writes what stands within a block, and knows what it wrote last."""

    def __init__(self) -> None:
        self.text = ""

    def written(self, element: Element) -> str:
        """Returns what stands in an element."""
        self._children(element, "")
        return self.text

    def _children(self, element: Element, after: str) -> None:
        for place, child in enumerate(element.children):
            if isinstance(child, str):
                self._add(_escaped(child))
            else:
                further = element.children[place + 1 :]
                self._element(child, _first_character(further) if further else after)

    def _add(self, text: str) -> None:
        if self.text.endswith((" ", "\n")):
            text = text.lstrip(" ")
        self.text += text

    def _element(self, element: Element, after: str) -> None:
        match element.tag:
            case "br":
                self.text = self.text.rstrip(" ") + HARD_BREAK
            case "code" if _is_plain(element) and not self.text.endswith("`"):
                self._add(_code("".join(map(str, element.children))))
            case "a" if set(element.attributes) == {"href"}:
                self._wrapped(element, "[", f"]({_destination(element.attributes['href'])})")
            case tag if tag in SIGNS and not element.attributes:
                self._emphasised(element, SIGNS[tag], after)
            case (
                "a"
                | "code"
                | "del"
                | "s"
                | "span"
                | "sub"
                | "sup"
                | "u"
                | "b"
                | "em"
                | "i"
                | ("strong")
            ):
                opening = f"<{element.tag}{_attributes(element)}>"
                self._wrapped(element, opening, f"</{element.tag}>")
            case _:
                # a block within a line: an item of a list that holds paragraphs
                self._children(element, after)

    def _wrapped(self, element: Element, opening: str, closing: str) -> None:
        inner = _inner(element)
        if inner.strip():
            if opening == "[" and self.text.endswith("!"):
                # or else it would be an image
                self.text = f"{self.text[:-1]}\\!"
            self._add(f"{opening}{inner}{closing}")
        else:
            self._add(inner)

    def _emphasised(self, element: Element, sign: str, after: str) -> None:
        """Uses signs where they mean emphasis (CommonMark, 6.2), else the element itself."""
        inner = _inner(element)
        words = inner.strip(" ")
        # a space just within is meant to be between the words
        spaces = len(inner) - len(inner.lstrip(" "))
        lead, trail = inner[:spaces], inner[spaces + len(words) :]
        before, after = lead or self.text[-1:], trail or after
        is_word = words[:1].isalnum() and words[-1:].isalnum()
        is_free = not (before + after).strip()
        has_breaks = words.startswith(HARD_BREAK) or words.endswith(HARD_BREAK)
        has_signs = "*" in ESCAPE.sub("", words) or has_breaks
        if words and not has_signs and (is_word or is_free) and "*" not in {before, after}:
            self._add(f"{lead}{sign}{words}{sign}")
            self._add(trail)
        else:
            self._wrapped(element, f"<{element.tag}>", f"</{element.tag}>")


def _is_plain(element: Element) -> bool:
    return not element.attributes and all(isinstance(child, str) for child in element.children)


def _inner(element: Element) -> str:
    return _Inline().written(element)


def _first_character(children: Sequence[Element | str]) -> str:
    """Returns what follows: a character, "*" where signs may follow, "" at the end."""
    first = children[0]
    if isinstance(first, str):
        return first[:1]
    return "\n" if first.tag == "br" else "*"


def _escaped(text: str) -> str:
    """Returns plain text so that no character of it is taken for a sign."""
    text = SPECIAL.sub(_escape_all, SPACE.sub(" ", text))
    return ENTITY.sub(r"\\&", text).replace("\xa0", "&nbsp;")


def _escape_all(found: re.Match[str]) -> str:
    return "".join(f"\\{character}" for character in found[0])


def _code(text: str) -> str:
    """Returns a code span (CommonMark, 6.1)."""
    text = SPACE.sub(" ", text)
    if not text.strip(" "):
        return text
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    padding = " " if text[0] in "` " or text[-1] in "` " else ""
    return f"{fence}{padding}{text}{padding}{fence}"


def _destination(url: str) -> str:
    """Returns an address as it stands in a link (CommonMark, 6.3)."""
    url = ENTITY.sub("&amp;", url)
    if not re.search(r"[\s()<>\\]", url) and url:
        return url
    inner = url.replace("\\", "%5C").replace("<", "%3C").replace(">", "%3E")
    return f"<{SPACE.sub('%20', inner)}>"


def _attributes(element: Element) -> str:
    if element.tag == "ol":
        return ""
    return "".join(f' {name}="{escape(value)}"' for name, value in element.attributes.items())
