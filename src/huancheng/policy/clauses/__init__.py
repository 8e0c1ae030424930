"""What is cited: clauses, requirements, laws, and the office's own official text."""

from huancheng.policy.clauses.citations import Citations
from huancheng.policy.clauses.model import Blank, Clause, LawDocument, Modality, Provision, Requirement

__all__ = ["Blank", "Citations", "Clause", "LawDocument", "Modality", "Provision", "Requirement"]
