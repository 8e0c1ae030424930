"""References resolved: `7.1-3` to a requirement, `civil-code/278` to a provision of a law."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from huancheng.evidence import Basis, Citation
from huancheng.policy.clauses.model import Clause, LawDocument, Provision, Requirement
from huancheng.policy.pack import PackFault
from huancheng.policy.pack.collection import Collection


@dataclass(frozen=True)
class Citations:
    """All that can be cited in a pack.

    Parameters
    ----------
    clauses
        The policy's clauses.
    law
        The laws around it.
    source
        Name of the policy's document.
    """

    clauses: Collection[Clause]
    law: Collection[LawDocument]
    source: str

    @cached_property
    def requirements(self) -> dict[str, tuple[Clause, Requirement]]:
        """Requirements by id, each with its clause."""
        return {item.id: (clause, item) for clause in self.clauses for item in clause.requirements}

    @cached_property
    def provisions(self) -> dict[str, tuple[LawDocument, Provision]]:
        """Provisions by `document/article`, each with its document."""
        return {f"{document.id}/{item.id}": (document, item) for document in self.law for item in document.provisions}

    def __contains__(self, reference: str) -> bool:
        """Whether a reference resolves."""
        return reference in self.requirements or reference in self.provisions

    def citation(self, reference: str) -> Citation:
        """Return the citation of a reference.

        Raises
        ------
        PackFault
            If it resolves to nothing.
        """
        if reference in self.requirements:
            clause, item = self.requirements[reference]
            return Citation(clause.source or self.source, clause.id, item.basis, item.certainty)
        if reference in self.provisions:
            document, provision = self.provisions[reference]
            return Citation(document.title, provision.article, Basis.LAW, provision.certainty)
        cure = "cite a requirement (7.1-3) or a provision (civil-code/278) that stands in the pack"
        raise PackFault(f"the citation {reference!r} resolves to nothing", key=reference, cure=cure)

    def says(self, reference: str) -> str:
        """Return in our words what a reference says."""
        if reference in self.requirements:
            return self.requirements[reference][1].text
        return self.provisions[reference][1].says

    def as_dict(self, reference: str) -> dict[str, Any]:
        """Return a citation for `--json`."""
        citation = self.citation(reference)
        return {
            "reference": reference,
            "source": citation.source,
            "clause": citation.clause,
            "basis": citation.basis.value,
            "certainty": citation.certainty.value,
            "says": self.says(reference),
        }
