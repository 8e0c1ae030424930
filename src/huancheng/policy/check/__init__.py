"""Finding what is wrong in a pack that reads well."""

from huancheng.policy.book import PolicyBook
from huancheng.policy.check.citations import check_citations
from huancheng.policy.check.findings import Finding
from huancheng.policy.check.routes import check_routes
from huancheng.policy.check.tables import check_tables
from huancheng.policy.check.unit_rules import check_unit_rules

__all__ = ["Finding", "check_book"]


def check_book(book: PolicyBook) -> list[Finding]:
    """Return all findings of a pack, in the order of tables, routes, citations, unit rules."""
    return [*check_tables(book), *check_routes(book), *check_citations(book), *check_unit_rules(book)]
