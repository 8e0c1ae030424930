"""The columns of a workbook of people; the office reads and writes Chinese, whatever the language of the pages."""

from __future__ import annotations

SHEET = "人员"
LISTS = "清单"
COLUMNS = {
    "username": "用户名",
    "name": "姓名",
    "phone": "电话",
    "email": "邮箱",
    "body": "单位",
    "role": "岗位",
    "title": "职务",
    "valid_from": "起始日期",
    "valid_until": "终止日期",
}
REQUIRED = ("username", "name", "body", "role")
DAYS = ("valid_from", "valid_until")
MOST_ROWS = 2000
"""Rows beyond which nobody entered them one by one."""
