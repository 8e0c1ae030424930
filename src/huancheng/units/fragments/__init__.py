"""Fragments of land (边角地、夹心地、插花地): found by geometry, matched to a project, put to the law."""

from huancheng.units.fragments.finding import Found, Fragment, FragmentKind, find_fragments
from huancheng.units.fragments.rules import FragmentRules, RuleFigure, fragment_rules

__all__ = ["Found", "Fragment", "FragmentKind", "FragmentRules", "RuleFigure", "find_fragments", "fragment_rules"]
