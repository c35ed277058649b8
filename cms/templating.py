"""Django's templates, with a short way to values that need no questions.

Django tries each dot as a key before it looks for an attribute, and asks each value whether it is
a date, a number or lazy before it is escaped: on a page, three hundred times. Here an object that
has no keys is not asked for one, and a text is a text. Whatever else there is, a failure too, goes
Django's own way, so that templates mean what they always did.
"""

import re
from html import escape
from typing import Any, Final

from django.template import Context, Origin, TemplateDoesNotExist
from django.template.base import (
    DebugLexer,
    FilterExpression,
    Lexer,
    Node,
    NodeList,
    Parser,
    Template,
    TextNode,
    Token,
    TokenType,
    Variable,
    VariableDoesNotExist,
    VariableNode,
    render_value_in_context,
)
from django.template.loaders import base, cached
from django.utils.safestring import SafeString

OWN_PAGES: Final = ("v2v_pages/", "v2v_components/")
"""Templates in which an indent is there for those who read the template."""

KEEPS_LINES: Final = re.compile(r"<(?:pre|textarea)\b", re.IGNORECASE)
MISSES: Final = (AttributeError, TypeError)
"""What is raised where something is not there, or wants arguments: Django then looks elsewhere."""

LINE_BREAK: Final = re.compile(r"\s*\n\s*")


class DirectVariable(Variable):
    """A name, and attributes of what it names."""

    def resolve(self, context: Any) -> Any:
        """Returns the value; what is no plain attribute is left to Django."""
        if self.lookups is None or self.translate:
            return super().resolve(context)
        name, *attributes = self.lookups
        for scope in reversed(context.dicts):
            if name in scope:
                current = scope[name]
                break
        else:
            return super().resolve(context)
        try:
            current = called(current) if callable(current) else current
            for attribute in attributes:
                if hasattr(type(current), "__getitem__"):
                    return super().resolve(context)
                current = getattr(current, attribute)
                current = called(current) if callable(current) else current
        except Exception as error:
            if isinstance(error, MISSES) or getattr(error, "silent_variable_failure", False):
                return super().resolve(context)
            raise
        return current


def called(function: Any) -> Any:
    """Returns what a function without arguments returns.

    Raises:
        TypeError: where it wants some, or where templates must not call it.
    """
    if getattr(function, "do_not_call_in_templates", False):
        return function
    if getattr(function, "alters_data", False):
        raise TypeError(function)
    return function()


class DirectExpression(FilterExpression):
    """A variable that is not filtered goes the short way."""

    def __init__(self, token: str, parser: Parser) -> None:
        super().__init__(token, parser)
        if isinstance(self.var, Variable):
            self.var = DirectVariable(self.var.var)
        self._is_direct = isinstance(self.var, Variable) and not self.filters

    def resolve(self, context: Context, *ignore_failures: Any, **named: Any) -> Any:
        """Returns the value of the variable, or of what its filters make of it."""
        if self._is_direct:
            try:
                return self.var.resolve(context)
            except VariableDoesNotExist:
                pass  # Django knows what stands for it
        return super().resolve(context, *ignore_failures, **named)


class DirectNode(VariableNode):
    """Writes a value; a text needs no more than to be escaped."""

    def render(self, context: Context) -> SafeString:
        """Returns the value as it stands in the page."""
        value = self.filter_expression.resolve(context)
        if type(value) is SafeString:
            return value
        if type(value) is str and context.autoescape:
            return SafeString(escape(value))
        return SafeString(render_value_in_context(value, context))


class DirectParser(Parser):
    """Makes a template of the parts above."""

    def __init__(self, tokens: list[Token], libraries: Any, builtins: Any, origin: Origin) -> None:
        super().__init__(tokens, libraries, builtins, origin)
        name = str(origin.template_name or "")
        # what other apps have made, and what keeps its lines, may mean its spaces
        text = "".join(token.contents for token in tokens if token.token_type is TokenType.TEXT)
        self._is_page = name.startswith(OWN_PAGES) and KEEPS_LINES.search(text) is None

    def compile_filter(self, token: str) -> FilterExpression:
        """Returns an expression that knows the short way."""
        return DirectExpression(token, self)

    def extend_nodelist(self, nodelist: NodeList, node: Node, token: Token) -> None:
        """Adds a node; a value is written the short way, and between two lines no space."""
        if type(node) is VariableNode:
            node = DirectNode(node.filter_expression)
        elif type(node) is TextNode and self._is_page:
            node.s = LINE_BREAK.sub("\n", node.s)
        super().extend_nodelist(nodelist, node, token)


class DirectTemplate(Template):
    """A template that is read by the parser above."""

    def compile_nodelist(self) -> NodeList:
        """Returns the parts of the template, as Django's own method does."""
        lexer = (DebugLexer if self.engine.debug else Lexer)(self.source)
        libraries, builtins = self.engine.template_libraries, self.engine.template_builtins
        parser = DirectParser(lexer.tokenize(), libraries, builtins, self.origin)
        try:
            nodelist: NodeList = parser.parse()
        except Exception as error:
            if self.engine.debug:
                token: Any = getattr(error, "token", None)
                vars(error)["template_debug"] = self.get_exception_info(error, token)
            raise
        self.extra_data = getattr(parser, "extra_data", {})  # of Django 6: named parts
        return nodelist


class DirectLoader(base.Loader):
    """Makes such templates of what other loaders find."""

    def get_template(self, template_name: str, skip: list[Origin] | None = None) -> Template:
        """Returns the first template of this name that is not to be skipped."""
        tried = []
        loader: Any = self
        for origin in self.get_template_sources(template_name):
            if skip is not None and origin in skip:
                tried.append((origin, "Skipped to avoid recursion"))
                continue
            try:
                contents: str = loader.get_contents(origin)
            except TemplateDoesNotExist:
                tried.append((origin, "Source does not exist"))
                continue
            return DirectTemplate(contents, origin, str(origin.template_name), self.engine)
        raise TemplateDoesNotExist(template_name, tried=tried)


class Loader(cached.Loader, DirectLoader):
    """Keeps them, as Django does by default."""
