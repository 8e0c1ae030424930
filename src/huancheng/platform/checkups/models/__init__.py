"""Tables of check-ups."""

from huancheng.platform.checkups.models.action import ActionRecord
from huancheng.platform.checkups.models.problem import ProblemRecord
from huancheng.platform.checkups.models.run import CheckupRunRecord
from huancheng.platform.checkups.models.value import IndicatorValue, ScopeKind

__all__ = ["ActionRecord", "CheckupRunRecord", "IndicatorValue", "ProblemRecord", "ScopeKind"]
