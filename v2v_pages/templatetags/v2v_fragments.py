"""Parts of pages that are the same on many of them, written once for a version of the content."""

from django import template
from django.template.base import FilterExpression, Node, NodeList, Parser, Token
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from v2v_snippets.keeping import fact

register = template.Library()


class FragmentNode(Node):
    """A part of a page that depends on nothing but its keys, the language, and the content."""

    def __init__(self, name: str, keys: list[FilterExpression], nodelist: NodeList) -> None:
        self.name = name
        self.keys = keys
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        """Writes the part, or takes it as it was written for these keys before."""
        key = (get_language(), *(key.resolve(context) for key in self.keys))
        return fact(f"fragment {self.name}", key, lambda: self.nodelist.render(context))


@register.tag
def fragment(parser: Parser, token: Token) -> FragmentNode:
    """``{% fragment name key … %}…{% endfragment %}``: keeps what is inside, by name and keys.

    Nothing of one reader or one request may stand inside. The name is unique in all templates.
    """
    _tag, *arguments = token.split_contents()
    if not arguments:
        raise template.TemplateSyntaxError("fragment takes a name, then what it depends on.")
    nodelist = parser.parse(("endfragment",))
    parser.delete_first_token()
    name, *keys = arguments
    return FragmentNode(name, [parser.compile_filter(key) for key in keys], nodelist)
