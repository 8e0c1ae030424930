"""Decision tables: rules as rows, applied with a full trace."""

from huancheng.policy.tables.answer import Answer
from huancheng.policy.tables.decide import CompiledTable
from huancheng.policy.tables.model import HitPolicy, Row, Table

__all__ = ["Answer", "CompiledTable", "HitPolicy", "Row", "Table"]
