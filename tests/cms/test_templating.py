"""Templates say what Django's own say, on whichever way they get there."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.template import Context, Engine, Origin, Template, TemplateSyntaxError
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy, override

from cms.templating import DirectTemplate


@dataclass
class Thing:
    """What templates are handed: attributes, properties, methods."""

    name: str = '<Tom & "Jerry\'s">'
    number: int = 1234567
    parts: list[str] = field(default_factory=lambda: ["first", "<second>"])
    called: int = 0

    @property
    def broken(self) -> str:
        raise ObjectDoesNotExist

    @property
    def wrong(self) -> str:
        raise ValueError("on purpose")

    def shout(self) -> str:
        self.called += 1
        return self.name.upper()

    def greet(self, whom: str) -> str:
        return whom

    def delete(self) -> str:
        raise AssertionError("templates must not delete")

    vars(delete)["alters_data"] = True


class Kind:
    """A class that templates must take as it is."""

    do_not_call_in_templates = True
    label = "a kind"


class Shelf(dict[str, Any]):
    """Keys go before attributes."""

    name = "the attribute"


def values() -> dict[str, Any]:
    return {
        "thing": Thing(),
        "kind": Kind,
        "make": Thing,
        "shelf": Shelf(name="the key", inner=Thing(), items="an item"),
        "safe": mark_safe("<b>safe</b>"),
        "lazy": gettext_lazy("News"),
        "day": date(2021, 3, 29),
        "nothing": None,
        "text": "a < b",
        "ratio": 0.5,
    }


@pytest.mark.parametrize(
    "source",
    [
        "{{ thing.name }} {{ text }} {{ safe }} {{ lazy }} {{ day }} {{ nothing }} {{ ratio }}",
        "{% autoescape off %}{{ thing.name }} {{ text }} {{ lazy }}{% endautoescape %}",
        "{{ thing.number }} {{ thing.parts }} {{ thing.parts.1 }} {{ thing.parts.9 }}",
        "{{ thing.shout }} {{ thing.shout.title }} {{ thing.greet }} [{{ thing.delete }}]",
        "[{{ thing.broken }}] [{{ thing.missing }}] [{{ missing }}] [{{ missing.name }}]",
        "{{ kind.label }} {{ make.number }} {{ nothing.name }} {{ text.upper }} {{ text.0 }}",
        "{{ shelf.name }} {{ shelf.inner.name }} {{ shelf.items }} {{ shelf.missing }}",
        "{{ thing.name|lower }} {{ day|date:'Y' }} {{ missing|default:text }} {{ text|add:text }}",
        "{% if thing.name %}a{% endif %}{% if missing.name %}b{% endif %}",
        "{% if not nothing %}c{% endif %}{% if thing.number > 5 and ratio < 1 %}d{% endif %}",
        "{% for part in thing.parts %}{{ forloop.counter }}{{ part }}{% endfor %}{{ part }}",
        "{% with text=thing.name %}{{ text }}{% endwith %}{{ text }}",
        "{% load i18n %}{% translate 'News' %}",
        "{% load i18n %}{% blocktranslate %}{{ text }}{% endblocktranslate %}",
        "{{ True }} {{ None }} {{ 'a <b>' }} {{ _('News') }} {{ 1.50 }} {{ block.super }}",
    ],
)
def test_a_template_says_what_djangos_own_would_say(source: str) -> None:
    engine = Engine.get_default()

    with override("it"):
        assert DirectTemplate(source, engine=engine).render(Context(values())) == Template(
            source, engine=engine
        ).render(Context(values()))


def test_a_value_is_asked_for_once() -> None:
    thing = Thing()

    DirectTemplate("{{ thing.shout }}", engine=Engine.get_default()).render(
        Context({"thing": thing})
    )

    assert thing.called == 1


def test_what_goes_wrong_in_a_value_is_not_hidden() -> None:
    template = DirectTemplate("{{ thing.wrong }}", engine=Engine.get_default())

    with pytest.raises(ValueError, match="on purpose"):
        template.render(Context({"thing": Thing()}))


def test_a_mistake_in_a_template_is_shown_where_it_stands() -> None:
    engine = Engine(debug=True)

    with pytest.raises(TemplateSyntaxError) as raised:
        DirectTemplate("line 1\n{% if %}", engine=engine)

    assert vars(raised.value)["template_debug"]["line"] == 2


def test_indents_of_pages_are_not_sent_to_readers() -> None:
    source = "<ul>\n    <li>\n\n      {{ text }}\n  </li></ul> <b>a b</b>"

    assert rendered(source, "v2v_pages/page.html") == "<ul>\n<li>\na &lt; b\n</li></ul> <b>a b</b>"


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("<pre>\n    {{ text }}\n</pre>", "v2v_pages/page.html"),
        ("<p>\n    {{ text }}\n</p>", "communication_newsletters/mails/issue.txt"),
        ("<p>\n    {{ text }}\n</p>", "wagtailadmin/base.html"),
    ],
)
def test_lines_that_may_mean_something_stay_as_they_are(source: str, name: str) -> None:
    assert rendered(source, name) == source.replace("{{ text }}", "a &lt; b")


def rendered(source: str, name: str) -> str:
    template = DirectTemplate(source, Origin(name, name), name, Engine.get_default())
    return template.render(Context(values()))


def test_templates_of_the_site_and_of_wagtail_are_read_this_way() -> None:
    for name in ("v2v_pages/base.html", "wagtailadmin/base.html"):
        assert isinstance(Engine.get_default().get_template(name), DirectTemplate)
