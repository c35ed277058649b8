"""The forms of every view in which Wagtail takes files: one setting each puts them everywhere."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from .fields import CheckedDocumentField, CleanImageField


class CleanImageForm(BaseImageForm):
    """For ``WAGTAILIMAGES_IMAGE_FORM_BASE``: clean pictures that say what is to be seen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"] = _in_place_of(self.fields["file"], CleanImageField)
        if "description" in self.fields:
            self.fields["description"].required = True
            self.fields["description"].help_text = _(
                "What is to be seen, in one sentence, for people who do not see the picture: "
                "“Two learners measure a gear wheel at a workbench.” Not the file name, and not "
                "“picture of”."
            )


class CheckedDocumentForm(BaseDocumentForm):
    """For ``WAGTAILDOCS_DOCUMENT_FORM_BASE``: documents that are what their names say."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"] = _in_place_of(self.fields["file"], CheckedDocumentField)

    def _post_clean(self) -> None:
        # the model has a say in files alone: without one, it misses an extension
        if "file" not in self.errors:
            super()._post_clean()


def _in_place_of(field: Any, kind: type[Any]) -> Any:
    """Returns a field of another kind that looks and asks as the given one."""
    return kind(
        label=field.label, required=field.required, widget=field.widget, max_length=field.max_length
    )
