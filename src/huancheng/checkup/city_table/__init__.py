"""A city's own table of results: which of them are problems, and what to do about them."""

from huancheng.checkup.city_table.judging import ListedRow, judge_table
from huancheng.checkup.city_table.reading import read_table

__all__ = ["ListedRow", "judge_table", "read_table"]
