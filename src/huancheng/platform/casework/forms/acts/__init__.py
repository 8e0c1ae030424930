"""A form for each act of a case; the act itself is done by the domain."""

from huancheng.platform.casework.forms.acts.back_entry import BackEntryForm
from huancheng.platform.casework.forms.acts.base import ActForm
from huancheng.platform.casework.forms.acts.entrusting import DelegateForm, HandOverForm
from huancheng.platform.casework.forms.acts.informing import FactsForm, PreconditionForm, RecognitionForm
from huancheng.platform.casework.forms.acts.recording import ConfirmRecordForm, RecordForm
from huancheng.platform.casework.forms.acts.remarking import CommentForm, InstructForm
from huancheng.platform.casework.forms.acts.returning import (
    CorrectionForm,
    ResubmitForm,
    ReturnForm,
    SupplyForm,
    WithdrawForm,
)
from huancheng.platform.casework.forms.acts.stepping import CompleteForm, DecideForm, LapseForm, SkipForm

ACT_FORMS: dict[str, type[ActForm]] = {
    form.act: form
    for form in (
        BackEntryForm, CommentForm, CompleteForm, ConfirmRecordForm, CorrectionForm, DecideForm, DelegateForm,
        FactsForm, HandOverForm, InstructForm, LapseForm, PreconditionForm, RecognitionForm, RecordForm,
        ResubmitForm, ReturnForm, SkipForm, SupplyForm, WithdrawForm,
    )
}  # fmt: skip
"""Forms by act."""

__all__ = ["ACT_FORMS", "ActForm"]
