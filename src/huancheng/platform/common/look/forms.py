"""Forms: one column, a label above each field, help under it, the clause behind an ⓘ, what is wrong at the field."""

from __future__ import annotations

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def field(bound: BoundField, clause: str = "", unit: str = "") -> str:
    """Return a field with its label, help, clause and faults.

    Parameters
    ----------
    bound
        The field, as `form.title`.
    clause
        What the law says about it; opens from an ⓘ beside the label.
    unit
        Stands behind the input.
    """
    widget = bound.field.widget
    group = isinstance(widget, RadioSelect | CheckboxSelectMultiple)
    single = isinstance(widget, CheckboxInput)
    return render_to_string(
        "common/components/field.html",
        {
            "field": bound, "clause": clause, "unit": unit, "group": group, "single": single,
            "input": _input(bound, group=group),
        },
    )  # fmt: skip


def _input(bound: BoundField, *, group: bool) -> SafeString:
    """Return the input, tied to its help and its faults for screen readers."""
    ties = [f"{bound.auto_id}_{part}" for part, there in (("help", bound.help_text), ("wrong", bound.errors)) if there]
    attributes: dict[str, str | bool] = {"aria-describedby": " ".join(ties)} if ties and not group else {}
    if bound.errors and not group:
        attributes["aria-invalid"] = "true"
    return bound.as_widget(attrs=attributes)


@register.simple_tag
def form_fields(form: BaseForm) -> str:
    """Return all fields of a form in their order, with the list of what is wrong on top."""
    return render_to_string("common/components/form_fields.html", {"form": form})


@register.simple_tag
def error_summary(form: BaseForm) -> str:
    """Return the list of what is wrong in a form, each leading to its field; nothing where all is well."""
    if not form.errors:
        return ""
    wrong = [(bound, bound.errors) for bound in form if bound.errors]
    return render_to_string("common/components/error_summary.html", {"form": form, "wrong": wrong})
