"""What the plugins add to other apps' models cannot meet what a host site adds to them."""

from django.apps import apps
from django.db.models import ForeignObject, ManyToManyField, Model

PLUGINS = {
    "communication_delivery",
    "communication_newsletters",
    "communication_syndication",
    "v2v_pages",
    "v2v_snippets",
}


def reverse_names(model: type[Model]) -> dict[str, str]:
    """Returns the names under which the models of other apps lead back to ``model``, by field."""
    return {
        f"{model._meta.label}.{field.name}": field.remote_field.get_accessor_name() or ""
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]
        if isinstance(field, ForeignObject | ManyToManyField)
        and not field.remote_field.hidden
        and field.related_model._meta.app_label not in PLUGINS
    }


def test_reverse_names_on_models_of_other_apps_say_whose_they_are() -> None:
    names: dict[str, str] = {}
    for label in PLUGINS:
        for model in apps.get_app_config(label).get_models():
            names |= reverse_names(model)

    assert names
    assert {
        field: name for field, name in names.items() if not name.startswith(("v2v_", "communic"))
    } == {}, "A host site with a HomePage of its own could not start (fields.E304)."
