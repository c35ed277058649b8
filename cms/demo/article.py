"""The kick-off article, word for word, as blocks of a page."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.utils.html import escape

SOURCE: Final = Path(__file__).parent / "texts" / "kickoff-article.en.txt"
BULLET: Final = "• "

Block = tuple[str, Any]
"""The name of a block and its value, as ``stream()`` takes them."""


@dataclass(frozen=True, slots=True)
class Article:
    """The source, taken apart: its first line, its paragraphs, and the list between them."""

    title: str
    paragraphs: list[str]
    pairs: list[str]


def read_article() -> Article:
    """Reads the project's own copy of the article: a paragraph or list item a line."""
    lines = [line for line in SOURCE.read_text(encoding="utf-8").splitlines() if line]
    pairs = [line.removeprefix(BULLET) for line in lines if line.startswith(BULLET)]
    title, *paragraphs = [line for line in lines if not line.startswith(BULLET)]
    return Article(title, paragraphs, pairs)


def article_blocks(
    article: Article, twinnings: list[int], dates: list[dict[str, Any]]
) -> list[Block]:
    """Returns the body: all words of the source in their order, and the records that they name.

    The pairs stand there twice, as the article lists them and as the records have them.

    Args:
        article: the source.
        twinnings: keys of the pairs.
        dates: entries of the timeline.
    """
    *opening, aims, visits, outlook, funding, newsletter, subscribe = map(
        escape, article.paragraphs
    )
    pairs = "".join(f"<li>{escape(pair)}</li>" for pair in article.pairs)
    return [
        ("paragraph", f"{_paragraphs(*opening)}<ul>{pairs}</ul>"),
        ("twinnings", {"heading": "The twinnings", "twinnings": twinnings}),
        ("paragraph", _paragraphs(aims, visits)),
        ("timeline", {"heading": "What happens when", "entries": dates}),
        ("paragraph", _paragraphs(outlook, funding)),
        ("paragraph", f"<h2>{newsletter}</h2>{_paragraphs(subscribe)}"),
    ]


def _paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)
