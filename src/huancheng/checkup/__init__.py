"""City check-up: indicators to problems to actions."""

from huancheng.checkup.context import CityContext
from huancheng.checkup.results.store import CheckupRun
from huancheng.checkup.running import run_checkup
from huancheng.checkup.system.ruleset import Ruleset, load_ruleset, system_names

__all__ = ["CheckupRun", "CityContext", "Ruleset", "load_ruleset", "run_checkup", "system_names"]
