"""What a planner can do to a plan, as entries of an edit list."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from huancheng.evidence import InputFault

_SHOWN = 5


class _Operation(BaseModel, ABC):
    model_config = ConfigDict(extra="forbid", frozen=True)

    def as_entry(self) -> dict[str, Any]:
        """Return the entry of the edit list: the operation and its words."""
        return {**self.model_dump(mode="json"), "words": self.words}

    @property
    @abstractmethod
    def words(self) -> str:
        """The operation in Chinese."""


class Move(_Operation):
    """Move blocks into a unit, or, where `to` is empty, out of every unit."""

    op: Literal["move"] = "move"
    blocks: tuple[str, ...]
    to: str

    @property
    def words(self) -> str:
        """The operation in Chinese."""
        return f"将{_blocks(self.blocks)}{f'移入单元 {self.to}' if self.to else '移出单元'}"


class Merge(_Operation):
    """Make one unit of several; it keeps the first one's name."""

    op: Literal["merge"] = "merge"
    units: tuple[str, ...]

    @property
    def words(self) -> str:
        """The operation in Chinese."""
        return f"合并单元 {'、'.join(self.units)}"


class Split(_Operation):
    """Make a unit of its own of some blocks of a unit."""

    op: Literal["split"] = "split"
    unit: str
    blocks: tuple[str, ...]
    name: str = ""

    @property
    def words(self) -> str:
        """The operation in Chinese."""
        return f"从单元 {self.unit} 分出{_blocks(self.blocks)}"


class SplitByLine(_Operation):
    """Part a unit along a line: blocks go by the side their centre lies on; the larger part keeps the name.

    Parameters
    ----------
    unit
        Name of the unit.
    line
        Points of the line in the CRS of the blocks.
    name
        Name of the smaller part; without it the next free one.
    """

    op: Literal["split_by_line"] = "split_by_line"
    unit: str
    line: tuple[tuple[float, float], ...]
    name: str = ""

    @property
    def words(self) -> str:
        """The operation in Chinese."""
        return f"以线分割单元 {self.unit}"


class Draw(_Operation):
    """Make a new unit of blocks, wherever they are now."""

    op: Literal["draw"] = "draw"
    blocks: tuple[str, ...]
    name: str = ""

    @property
    def words(self) -> str:
        """The operation in Chinese."""
        return f"以{_blocks(self.blocks)}新划单元{f' {self.name}' if self.name else ''}"


Operation: TypeAlias = Move | Merge | Split | SplitByLine | Draw

_READER: TypeAdapter[Operation] = TypeAdapter(Annotated[Operation, Field(discriminator="op")])


def read_operation(entry: Mapping[str, Any]) -> Operation:
    """Return the operation an entry of an edit list holds; its words are made anew.

    Raises
    ------
    InputFault
        If it is none.
    """
    try:
        return _READER.validate_python({name: value for name, value in entry.items() if name != "words"})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        cure = "use move, merge, split, split_by_line or draw with their keys"
        raise InputFault(f"this is no edit: {first['msg']}", field=field, cure=cure) from None


def _blocks(blocks: tuple[str, ...]) -> str:
    more = f" 等 {len(blocks)} 个街块" if len(blocks) > _SHOWN else ""
    return f"街块 {'、'.join(blocks[:_SHOWN])}{more}"
