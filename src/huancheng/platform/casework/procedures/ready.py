"""What procedures offer to the case page, the log, the files and the rail; called once, when the app is ready."""

from __future__ import annotations

from huancheng.platform.casework.act_pages import add_act_page
from huancheng.platform.casework.procedures import words as _words  # noqa: F401 - registers the words of its codes
from huancheng.platform.casework.procedures.gates import add_gates
from huancheng.platform.casework.procedures.guarding import add_guards
from huancheng.platform.casework.procedures.naming import offer_procedure_names
from huancheng.platform.casework.procedures.reminding import offer_reminding
from huancheng.platform.casework.procedures.section import procedures_of
from huancheng.platform.casework.sections import Section, add_section
from huancheng.platform.common.rail import RailEntry, add_to_rail

ACT_PAGES = {
    "consult": "casework:consultation",
    "answer": "casework:answer",
    "conclude": "casework:conclude",
    "draw_experts": "casework:panel",
    "give_opinion": "casework:give-opinion",
    "hold_meeting": "casework:case-meeting",
    "confirm_vote": "casework:case-meeting",
    "publish_notice": "casework:notice",
    "answer_objection": "casework:notice",
    "record_hearing": "casework:notice",
}
"""Page of each act."""


def offer_procedures() -> None:
    """Offer everything."""
    add_guards()
    offer_procedure_names()
    offer_reminding()
    add_gates()
    for act, page in ACT_PAGES.items():
        add_act_page(act, page)
    add_section(Section("procedures", "casework/procedures/_step.html", procedures_of))
    add_to_rail(RailEntry("公众", "casework:public-notices", lambda _acting: True))
