"""Explains at the right field what the termbase would refuse."""

from typing import Any

from wagtail.admin.forms import WagtailAdminModelForm

from .glossary_rules import Breach
from .services.glossary_checks import ROWS, breaches_of


class ConceptForm(WagtailAdminModelForm):
    """A concept with all its rows.

    Django checks each row alone, and knows neither its neighbours nor other concepts. A draft may
    have gaps, so that it can save itself while somebody writes; but it contradicts nothing.
    """

    def _post_clean(self) -> None:
        super()._post_clean()
        forms = {name: self._filled_forms(name) for name in ROWS}
        rows = {name: [form.instance for form in forms[name]] for name in ROWS}
        for breach in breaches_of(self.instance, **rows):
            if not (breach.is_gap and self.is_deferred_validation):
                self._show(breach, forms)

    def _filled_forms(self, name: str) -> list[Any]:
        """Returns the forms of the rows that will be stored; faulty ones say so themselves."""
        formset = self.formsets[name]
        return [
            form
            for form in formset.forms
            if form.is_valid()
            and (form.has_changed() or form.instance.pk)
            and form not in formset.deleted_forms
        ]

    def _show(self, breach: Breach, forms: dict[str, list[Any]]) -> None:
        form = self if breach.row is None else forms[breach.relation][breach.row]
        if breach.message not in self.non_field_errors():  # the model's own constraint was faster
            form.add_error(breach.field if breach.field in form.fields else None, breach.message)
