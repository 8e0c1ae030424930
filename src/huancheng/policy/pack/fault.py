"""A fault in a pack, told with file, line, key and cure."""

from __future__ import annotations

from huancheng.evidence import InputFault


class PackFault(InputFault):
    """Something in a pack can't be used as it is written.

    Parameters
    ----------
    message
        What is wrong, in one sentence.
    file
        Path of the file inside the pack, with the pack's name in front.
    line
        Line in the file, counted from 1; 0 where no line is to blame.
    key
        Dotted path of the key (`clauses.3.actor`).
    cure
        What to do about it.
    """

    def __init__(self, message: str, *, file: str = "", line: int = 0, key: str = "", cure: str = "") -> None:
        super().__init__(message, file=file, row=line or "", field=key, cure=cure)
        self.line = line
        self.key = key

    def __str__(self) -> str:
        """Render as `file, line 12, key a.b: message — cure`."""
        marks = ((self.file, "{}"), (self.row, "line {}"), (self.key, "key {}"))
        place = ", ".join(form.format(text) for text, form in marks if text)
        text = f"{place}: {self.message}" if place else self.message
        return f"{text} — {self.cure}" if self.cure else text

    def as_dict(self) -> dict[str, str]:
        """Return the parts for `--json`, the line and the key under their own names too."""
        return {**super().as_dict(), "line": self.row, "key": self.key}
