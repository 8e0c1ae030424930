"""Instances of the literature as two CSV files: nodes with values, and the edges between them."""

from huancheng.units.instances.problem import Asked, Bound, problem_of
from huancheng.units.instances.reading import Instance, read_instance
from huancheng.units.instances.writing import write_labels

__all__ = ["Asked", "Bound", "Instance", "problem_of", "read_instance", "write_labels"]
