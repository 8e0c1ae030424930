"""The form field for a file: plain where there is no script, piece by piece with one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huancheng.evidence import InputFault
from huancheng.platform.audit.acting import Acting
from huancheng.platform.files.domain.store import Taken, take_in
from huancheng.platform.files.domain.uploading import finish, hold
from huancheng.platform.files.formats import accepted, formats
from huancheng.platform.files.models import Upload

Brought = tuple["UploadedFile[Any] | None", str]
"""A file sent with the form, and the id of an upload that went before it."""


class UploadInput(forms.Widget):
    """A file input that brings its file ahead of the form, and works without a script as any other."""

    needs_multipart_form = True
    held: Upload | None = None
    """What was brought already, where a form is shown again."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """Return the input with its hidden companion that carries the upload's id."""
        del value, renderer  # a browser fills in no file, and the tags of our templates need our own engine
        attributes = self.build_attrs(self.attrs, {**(attrs or {}), "accept": accepted()})
        if self.held is not None:
            attributes.pop("required", None)
        context = {"name": name, "attributes": attributes, "held": self.held, "url": reverse("files:uploads")}
        return SafeString(render_to_string("files/upload_input.html", context))

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Brought:
        """Return what was sent."""
        return files.get(name), data.get(f"{name}-upload", "")

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Whether neither was sent."""
        return name not in files and f"{name}-upload" not in data


def _limits() -> str:
    said = {
        "formats": gettext("、").join(item.extensions[0] for item in formats().values()),
        "size": settings.UPLOAD_LIMIT >> 20,
    }
    return gettext("可收 %(formats)s；单个文件不超过 %(size)d MB") % said


class TakenField(forms.Field):
    """A file that is looked at and kept while the form is checked; its value is a `Taken`.

    The form's `__init__` says who brings it: `self.fields["file"].acting = acting`.
    """

    widget = UploadInput
    default_error_messages = {"required": _("请选择文件"), "gone": _("上传已过期，请重新选择文件")}  # noqa: RUF012 - Django's way
    acting: Acting | None = None

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", lazy(_limits, str)())
        super().__init__(**options)

    def clean(self, value: Brought | None) -> Taken | None:
        """Return the file taken in; None where none was brought and none is required.

        Raises
        ------
        forms.ValidationError
            If the file is refused, for its reason.
        """
        file, upload = value or (None, "")
        if self.acting is None or (file is None and not upload):
            if self.required:
                raise forms.ValidationError(self.error_messages["required"], code="required")
            return None
        try:
            taken = take_in(file, file.name or "") if file is not None else finish(UUID(upload), self.acting)
            self.widget.held = hold(taken, self.acting) if file is not None else Upload.objects.get(pk=upload)
        except (Upload.DoesNotExist, ValueError) as error:
            raise forms.ValidationError(self.error_messages["gone"], code="gone") from error
        except InputFault as fault:
            raise forms.ValidationError(f"{fault.message}。{fault.cure}", code="refused") from fault
        return taken
