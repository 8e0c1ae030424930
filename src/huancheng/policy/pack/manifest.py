"""The head of a pack: `pack.yaml`."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from huancheng.policy.pack.entry import PackModel


class PackManifest(PackModel):
    """What a pack is: its name, whose law it holds, which pack it builds on, and when it is in force.

    Parameters
    ----------
    id
        Short name, the folder's name as a rule.
    title
        Official name readers see.
    parent
        Pack whose entries this one adds to, narrows or overrides; None at the top.
    version
        Version of the pack's content, quoted text.
    effective_from, effective_to
        First and last day in force; no last day means open.
    language
        Language of the texts.
    source, issuer, number, issued
        The document a pack encodes, where it encodes one: title, issuing body, document number, day of issue.
    note
        What a reader must know.
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: str
    parent: str | None = None
    version: str
    effective_from: date
    effective_to: date | None = None
    language: str = "zh-CN"
    source: str = ""
    issuer: str = ""
    number: str = ""
    issued: date | None = None
    note: str = ""
