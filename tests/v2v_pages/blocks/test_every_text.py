"""Every text of every block of every page type is given to translators, whatever will be added."""

from collections.abc import Callable, Iterator
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

import pytest
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock

from cms.checks import own_page_models
from tests.factories import ImageFactory, TwinningFactory
from v2v_pages.models import TwinningStoryPage
from v2v_pages.selectors import strings_of

pytestmark = pytest.mark.django_db

STREAMS: Final = [
    (model, field.name)
    for model in own_page_models()
    for field in model._meta.get_fields()
    if isinstance(field, StreamField)
]
NAMES: Final = [f"{model.__name__}.{field}" for model, field in STREAMS]
TEXTS: Final = (blocks.CharBlock, blocks.TextBlock, blocks.BlockQuoteBlock)
NO_TEXTS: Final[dict[type[blocks.Block], Any]] = {
    blocks.URLBlock: "https://example.org/",  # another may be chosen for a language
    blocks.ChooserBlock: None,  # another may be chosen as well; what is chosen has its own words
    blocks.ChoiceBlock: None,  # the words of a choice are those of the interface
    blocks.MultipleChoiceBlock: [],
    blocks.DateBlock: "2021-04-01",  # written as each language writes it
    blocks.TimeBlock: "10:00",
    blocks.IntegerBlock: 1,
    blocks.DecimalBlock: "1",
    blocks.BooleanBlock: True,
}
"""What is no text, with a value of it, and why it is no matter for translators."""


def always(value: Any) -> Callable[[Any], Any]:
    return lambda _block: value


class Filling:
    """Fills blocks with values of which each text is another, and remembers the texts."""

    def __init__(self, image: int) -> None:
        self.image = image
        self.texts: list[str] = []

    def text(self) -> str:
        self.texts.append(f"Text {len(self.texts)}")
        return self.texts[-1]

    def value(self, block: blocks.Block) -> Any:
        """Returns a value as it is stored.

        Raises:
            AssertionError: for a kind of block of which nobody has said whether it holds texts.
        """
        makers: dict[type[Any], Callable[[Any], Any]] = {
            ImageBlock: self.picture,
            TypedTableBlock: self.table,
            blocks.StreamBlock: self.stream,
            blocks.StructBlock: self.struct,
            blocks.ListBlock: self.items,
            blocks.RichTextBlock: self.rich_text,
            **{kind: always(value) for kind, value in NO_TEXTS.items()},
            **dict.fromkeys(TEXTS, lambda _block: self.text()),
        }
        made = [make for kind, make in makers.items() if isinstance(block, kind)]
        assert made, f"Say whether a {type(block).__name__} holds texts."
        return made[0](block)

    def picture(self, block: ImageBlock) -> dict[str, Any]:
        return {"image": self.image, "alt_text": self.text(), "decorative": False}

    def stream(self, block: blocks.StreamBlock) -> list[dict[str, Any]]:
        return [self.item(name, child) for name, child in block.child_blocks.items()]

    def struct(self, block: blocks.StructBlock) -> dict[str, Any]:
        return {name: self.value(child) for name, child in block.child_blocks.items()}

    def items(self, block: blocks.ListBlock) -> list[dict[str, Any]]:
        return [self.item("item", block.child_block) for _number in range(2)]

    def rich_text(self, block: blocks.RichTextBlock) -> str:
        return f"<p>{self.text()}</p><ul><li>{self.text()}</li></ul>"

    def item(self, name: str, block: blocks.Block) -> dict[str, Any]:
        key = uuid5(NAMESPACE_URL, f"{name} {len(self.texts)}")
        return {"type": name, "id": str(key), "value": self.value(block)}

    def table(self, block: TypedTableBlock) -> dict[str, Any]:
        names = list(block.child_blocks)
        return {
            "caption": self.text(),
            "columns": [{"type": name, "heading": self.text()} for name in names],
            "rows": [{"values": [self.value(block.child_blocks[name]) for name in names]}],
        }


def test_all_page_types_with_blocks_are_found() -> None:
    assert {
        "EventPage.agenda",
        "HomePage.strands",
        "MobilityModulePage.steps",
        "MobilityProcessPage.phases",
        "NewsletterPage.body",
    } <= set(NAMES)


@pytest.mark.parametrize(("model", "name"), STREAMS, ids=NAMES)
def test_every_text_of_every_block_is_translated(model: Any, name: str) -> None:
    field = model._meta.get_field(name)
    filling = Filling(ImageFactory().pk)
    needed = {"twinning": TwinningFactory()} if model is TwinningStoryPage else {}
    page = model(**{name: field.to_python(filling.value(field.stream_block))}, **needed)

    found = [text for path, text in strings_of(page) if path.startswith(f"{name}.")]

    assert found
    assert sorted(found) == sorted(filling.texts)


def texts_in(block: blocks.Block) -> Iterator[blocks.Block]:
    """Yields all blocks of texts and addresses in a block, however deep."""
    if isinstance(block, ImageBlock):
        return  # Wagtail's own, which wagtail-localize knows
    if isinstance(block, (*TEXTS, blocks.URLBlock, blocks.RichTextBlock)):
        yield block
    for child in getattr(block, "child_blocks", {}).values():
        yield from texts_in(child)
    if isinstance(block, blocks.ListBlock):
        yield from texts_in(block.child_block)


@pytest.mark.parametrize(("model", "name"), STREAMS, ids=NAMES)
def test_every_block_of_texts_begins_empty(model: Any, name: str) -> None:
    """Nothing at all, which content made in code leaves there, would break the extraction."""
    stream = model._meta.get_field(name).stream_block

    without = [block.name for block in texts_in(stream) if block.meta.default is None]

    assert without == []
