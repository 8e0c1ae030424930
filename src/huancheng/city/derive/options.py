"""Settings of the derivations: documented defaults, each marked with how it is known."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from huancheng.evidence import Certainty


class DeriveOptions(BaseModel):
    """Base of every settings model in this room: frozen, unknown keys refused, each default marked.

    A default stands as ``Annotated[type, Certainty.PROPOSED]``; `certainties` hands the marks to whoever prints the
    settings, so that no unverified number is shown without its badge.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    @classmethod
    def certainties(cls) -> dict[str, Certainty]:
        """Return the certainty of each setting's default, by name.

        Raises
        ------
        TypeError
            If a setting carries no mark, which is a defect of the model.
        """
        marks: dict[str, Certainty] = {}
        for name, field in cls.model_fields.items():
            found = [mark for mark in field.metadata if isinstance(mark, Certainty)]
            if len(found) != 1:
                message = f"{cls.__name__}.{name} needs exactly one certainty mark, has {len(found)}"
                raise TypeError(message)
            marks[name] = found[0]
        return marks
