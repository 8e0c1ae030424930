"""Tables of plans."""

from huancheng.platform.planning.models.alternative import Alternative
from huancheng.platform.planning.models.document import PlanDocument, UnitPlanDocument
from huancheng.platform.planning.models.register import BureauOpinion, PlanRecord
from huancheng.platform.planning.models.special_plan import KeyArea, SpecialPlan
from huancheng.platform.planning.models.unit import RenewalUnit
from huancheng.platform.planning.models.unit_plan import UnitPlan

__all__ = [
    "Alternative", "BureauOpinion", "KeyArea", "PlanDocument", "PlanRecord", "RenewalUnit", "SpecialPlan", "UnitPlan",
    "UnitPlanDocument",
]  # fmt: skip
