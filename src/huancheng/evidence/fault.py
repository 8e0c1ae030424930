"""A user's mistake, told so that the user can mend it."""

from __future__ import annotations


class InputFault(Exception):
    """Something given to the program can't be used.

    Faces show the message without a traceback; what is no `InputFault` is a defect of ours.

    Parameters
    ----------
    message
        What is wrong, in one sentence.
    file, row, field
        Where it is wrong, as far as known.
    cure
        What to do about it.
    """

    def __init__(self, message: str, *, file: str = "", row: str | int = "", field: str = "", cure: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.file = file
        self.row = str(row)
        self.field = field
        self.cure = cure

    def __str__(self) -> str:
        """Render as `file, row, field: message. Cure`."""
        marks = ((self.file, "{}"), (self.row, "row {}"), (self.field, "field {}"))
        place = ", ".join(form.format(text) for text, form in marks if text)
        text = f"{place}: {self.message}" if place else self.message
        return f"{text} — {self.cure}" if self.cure else text

    def as_dict(self) -> dict[str, str]:
        """Return the parts for `--json`."""
        return {"error": self.message, "file": self.file, "row": self.row, "field": self.field, "cure": self.cure}
