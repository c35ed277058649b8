"""``{% translate %}`` of pages says what Django's says."""

import pytest
from django.template import Context, Engine
from django.utils.translation import override

OURS = Engine(libraries={"labels": "v2v_pages.templatetags.v2v_i18n"})
DJANGO = Engine(libraries={"labels": "django.templatetags.i18n"})


@pytest.mark.parametrize("language", ["en", "it", "sr", "sq"])
@pytest.mark.parametrize(
    "tag",
    [
        '{% translate "Skip to main content" %}',
        "{% translate 'Search' %}",
        "{% translate \"100 % of 'it' & <b>more</b>\" %}",
        '{% translate "" %}',
        "{% translate name %}",
        '{% translate "Search"|upper %}',
        '{% translate "Search" noop %}',
        '{% translate "Search" as kept %}[{{ kept }}]',
        '{% translate "May" context "a month" %}',
        "{% blocktranslate with host=name %}First published on {{ host }}{% endblocktranslate %}",
        '{{ "sq"|language_name_local }}',
    ],
)
def test_labels_are_translated_as_django_translates_them(tag: str, language: str) -> None:
    written = []
    for engine in (OURS, DJANGO):
        template = engine.from_string("{% load labels %}" + tag)
        with override(language):
            written.append(template.render(Context({"name": "Search & find"})))

    assert written[0] == written[1]


def test_a_label_is_in_the_language_being_written() -> None:
    template = OURS.from_string('{% load labels %}{% translate "Skip to main content" %}')

    with override("it"):
        italian = template.render(Context())
    with override("en"):
        assert template.render(Context()) == "Skip to main content" != italian
