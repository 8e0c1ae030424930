"""Who may open the pages of a case's papers."""

from __future__ import annotations

from tests.platform.doors import SEE_CASE, Door

AUDITOR = frozenset({"auditor"})
ATTACH = SEE_CASE - AUDITOR

DOORS = [
    Door("casework:paper", SEE_CASE, ("paper",)),
    Door("casework:paper-difference", SEE_CASE, ("paper",)),
    Door("casework:paper-add", ATTACH, ("case",), see_only=AUDITOR),
    Door("casework:paper-replace", ATTACH, ("paper",), see_only=AUDITOR),
    Door("casework:paper-describe", ATTACH, ("paper",), see_only=AUDITOR),
    Door("casework:paper-public-copy", ATTACH, ("paper",), see_only=AUDITOR),
    Door("casework:paper-settle", ATTACH - {"county clerk"}, ("paper",), see_only=AUDITOR | {"county clerk"}),
    Door("casework:paper-publish", ATTACH, ("paper",), see_only=AUDITOR, method="post"),
    Door("casework:paper-unpublish", ATTACH, ("paper",), see_only=AUDITOR),
]
