"""Agreement with upper plans: by overlay, and by the opinion of the bureau whose layers they are."""

from huancheng.planning.consistency.overlay import Agreement, Difference, PlanAgreement, compare

__all__ = ["Agreement", "Difference", "PlanAgreement", "compare"]
