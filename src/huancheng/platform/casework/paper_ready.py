"""What papers offer when the app is ready: who may read their files, sections of the case page, pages."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.act_pages import add_act_page
from huancheng.platform.casework.archive_job import sweep_archives
from huancheng.platform.casework.documents.kinds import ready_kinds
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.casework.queries.papers import papers_of, public_copy_gate, version_gate
from huancheng.platform.casework.rules import may
from huancheng.platform.casework.sections import Section, add_section
from huancheng.platform.common.daily import register_daily
from huancheng.platform.files.domain.reading import add_gate


def offer_papers() -> None:
    """Offer them, once."""
    import_module("huancheng.platform.casework.queries.paper_words")
    add_gate("papers", version_gate)
    add_gate("public-copies", public_copy_gate)
    add_section(
        Section(
            "papers",
            "casework/papers/_papers.html",
            lambda standing, acting: papers_of(standing.case, acting, standing),
        )
    )
    add_section(Section("papers", "casework/documents/_documents.html", _documents))
    add_act_page("attach", "casework:paper-add")
    add_act_page("export", "casework:archive")
    register_daily("casework-archives", lambda _day: sweep_archives())


def _documents(standing: CaseStanding, acting: Acting) -> dict[str, Any]:
    """Return what can be printed, and whether the person may take the whole case file."""
    return {"kinds": ready_kinds(standing), "case": standing.case, "may_export": may(acting, "export", standing)}
