"""Django's ``i18n`` for pages, which have dozens of labels: one takes a third of the time here.

``{% translate %}`` makes a lazy text of each label, and formats it as if it could be a number. What
is no plain label (a variable, a context, a noted name) is left to Django, as are all other tags.
"""

from django import template
from django.template.base import Node, Parser, Token, Variable
from django.templatetags import i18n
from django.utils.safestring import SafeString
from django.utils.translation import gettext

register = template.Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class LabelNode(Node):
    """A text of the template in the language being written; it is HTML, as the template is."""

    def __init__(self, text: str) -> None:
        self.message = text.replace("%", "%%")  # as makemessages writes it

    def render(self, context: template.Context) -> SafeString:
        """Writes the translation."""
        del context
        return SafeString(gettext(self.message).replace("%%", "%"))


@register.tag
def translate(parser: Parser, token: Token) -> Node:
    """``{% translate "…" %}``, as Django has it."""
    node = i18n.do_translate(parser, token)
    text, options = node.filter_expression, (node.noop, node.asvar, node.message_context)
    is_plain = isinstance(text.var, Variable) and not text.filters and not any(options)
    if is_plain and isinstance(text.var.literal, str):
        return LabelNode(text.var.literal)
    return node
