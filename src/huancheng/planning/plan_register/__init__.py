"""The register of plans: what is approved under which number, where it holds, when it is to be looked at again."""

from huancheng.planning.plan_register.model import (
    BureauOpinion,
    Conclusion,
    PlanKind,
    PlanRecord,
    PlanRegister,
    PlanState,
)
from huancheng.planning.plan_register.reading import read_register

__all__ = ["BureauOpinion", "Conclusion", "PlanKind", "PlanRecord", "PlanRegister", "PlanState", "read_register"]
