from wagtail import blocks


class QuoteBlock(blocks.StructBlock):
    words = blocks.CharBlock()
    who = blocks.CharBlock()

    class Meta:
        template = "your_newsletters_quote.html"
