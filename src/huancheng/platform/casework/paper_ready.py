"""What papers offer when the app is ready: who may read their files, their section of the case page, their pages."""

from __future__ import annotations

from huancheng.platform.casework.act_pages import add_act_page
from huancheng.platform.casework.queries.papers import papers_of, public_copy_gate, version_gate
from huancheng.platform.casework.sections import Section, add_section
from huancheng.platform.files.domain.reading import add_gate


def offer_papers() -> None:
    """Offer them, once."""
    add_gate("papers", version_gate)
    add_gate("public-copies", public_copy_gate)
    add_section(
        Section(
            "papers",
            "casework/papers/_papers.html",
            lambda standing, acting: papers_of(standing.case, acting, standing),
        )
    )
    add_act_page("attach", "casework:paper-add")
