"""People from a workbook: every row judged first, then all that are good taken over in one transaction."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from huancheng.evidence import InputFault
from huancheng.platform.audit.acting import Acting
from huancheng.platform.audit.domain.append import append
from huancheng.platform.bodies.domain.faults import NotManaged, Refused
from huancheng.platform.bodies.domain.people import PersonData, check_username, enter_person
from huancheng.platform.bodies.domain.posts import Term, give_post
from huancheng.platform.bodies.models import Body, Person, StagedPeople
from huancheng.platform.bodies.queries.roles import post_rules
from huancheng.platform.bodies.queries.tree import bodies_called
from huancheng.platform.bodies.rules import keeps_whole_tree, managed_bodies
from huancheng.platform.bodies.workbooks.columns import COLUMNS, REQUIRED
from huancheng.platform.common import clock

_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
LENGTHS = {"name": 60, "phone": 30, "title": 60}


@dataclass
class _Judge:
    """Judges rows one after the other, knowing those before."""

    acting: Acting
    bodies: dict[str, Body]
    managed: frozenset[int]
    far: bool
    names: dict[str, str] = field(default_factory=dict)
    posts: set[tuple[str, int, str]] = field(default_factory=set)

    def judge(self, cells: dict[str, str], formula: str) -> dict[str, Any]:
        """Return the row as the domain takes it.

        Raises
        ------
        Refused
            With the field and the cure.
        """
        if formula:
            raise Refused(_("单元格是公式"), field=formula, cure=_("改填数值或文字"))
        for name in REQUIRED:
            if not cells[name]:
                raise Refused(_("未填写"), field=name, cure=_("补填"))
        for name, longest in LENGTHS.items():
            if len(cells[name]) > longest:
                raise Refused(_("超过 {longest} 个字").format(longest=longest), field=name, cure=_("缩短"))
        username = cells["username"].lower()
        self._person(username, cells)
        body, role = self._body(cells["body"]), self._role(cells["role"])
        if (username, body.pk, role) in self.posts:
            raise Refused(_("与前面的行重复"), field="username", cure=_("同一人同一单位同一岗位只留一行"))
        first, last = _day(cells, "valid_from"), _day(cells, "valid_until")
        Term(first, last).check()
        self.names[username] = cells["name"]
        self.posts.add((username, body.pk, role))
        return {
            "username": username, "name": cells["name"], "phone": cells["phone"], "email": cells["email"],
            "body": body.pk, "role": role, "title": cells["title"],
            "valid_from": first.isoformat() if first else None, "valid_until": last.isoformat() if last else None,
        }  # fmt: skip

    def _person(self, username: str, cells: dict[str, str]) -> None:
        check_username(username)
        if self.names.get(username, cells["name"]) != cells["name"]:
            raise Refused(_("同一用户名对应两个姓名"), field="name", cure=_("核对用户名和姓名"))
        if cells["email"]:
            try:
                validate_email(cells["email"])
            except ValidationError as error:
                raise Refused(_("不是邮箱地址"), field="email", cure=_("更正或留空")) from error

    def _body(self, name: str) -> Body:
        body = self.bodies.get(name)
        if body is None or body.pk not in self.managed or not body.active or body.kind == Body.Kind.GROUP:
            raise Refused(_("没有这个单位，或不在管理范围内"), field="body", cure=_("从列表中选择单位全称"))
        return body

    def _role(self, name: str) -> str:
        role = next((item for item in post_rules().roles if name in {item.id, item.title, item.english}), None)
        if role is None or ((role.sees == "all" or role.elevates) and not self.far):
            raise Refused(_("没有这个岗位，或无权设置"), field="role", cure=_("从列表中选择岗位"))
        return role.id


def _day(cells: dict[str, str], name: str) -> date | None:
    if not cells[name]:
        return None
    found = _DAY.fullmatch(cells[name])
    try:
        return date(*(int(part) for part in found.groups())) if found else date.fromisoformat(cells[name])
    except ValueError as error:
        raise Refused(_("不是日期"), field=name, cure=_("按 2026-01-31 的样式填写")) from error


def stage_people(content: bytes, file_name: str, acting: Acting) -> StagedPeople:
    """Read a workbook and judge every row; nobody is entered yet.

    Parameters
    ----------
    content, file_name
        The file.
    acting
        Who imports.

    Raises
    ------
    NotManaged
        If they manage nobody.
    Refused
        If the file as a whole does not do.
    """
    from huancheng.platform.bodies.workbooks.reading import read_rows

    managed = managed_bodies(acting)
    if not managed or acting.person is None or acting.post is None:
        raise NotManaged(_("没有开启管理会话"), cure=_("先开启管理会话"))
    rows = read_rows(content)
    judge = _Judge(
        acting, bodies_called(sorted({cells["body"] for _n, cells, _f in rows})), managed, keeps_whole_tree(acting)
    )
    told = []
    for number, cells, formula in rows:
        line: dict[str, Any] = {"row": number, "cells": cells}
        try:
            line["taken"] = judge.judge(cells, formula)
        except InputFault as fault:
            line["fault"] = {
                "field": COLUMNS.get(fault.field, COLUMNS["valid_until"]), "message": fault.message, "cure": fault.cure
            }  # fmt: skip
        told.append(line)
    StagedPeople.objects.filter(by=acting.person, taken_at__isnull=True).delete()
    return StagedPeople.objects.create(
        by_id=acting.person, post_id=acting.post, at=clock.now(), file_name=file_name[:200], rows=told
    )


def take_people(staged: StagedPeople, acting: Acting) -> list[tuple[Person, str]]:
    """Enter everybody whose row was good, all or nobody; returns them with passwords to be told once.

    Raises
    ------
    Refused
        If a row no longer does, or the rows were taken before; then nobody is entered.
    """
    with transaction.atomic():
        kept = StagedPeople.objects.select_for_update().get(pk=staged.pk)
        good = [(line["row"], line["taken"]) for line in kept.rows if "taken" in line]
        if kept.taken_at or not good or kept.by_id != acting.person:
            raise Refused(_("没有可以录入的行"), cure=_("重新上传"))
        people: dict[str, tuple[Person, str]] = {}
        for number, row in good:
            try:
                _take(row, people, acting)
            except InputFault as fault:
                raise Refused(
                    _("第 {row} 行：{message}").format(row=number, message=fault.message),
                    cure=_("重新上传核对，尚未录入任何人"),
                ) from fault
        kept.rows, kept.taken_at = [], clock.now()
        kept.save(update_fields=["rows", "taken_at"])
        append(f"import:{kept.pk}", "people.imported", acting, {"people": len(people), "posts": len(good)})
    return list(people.values())


def _take(row: dict[str, Any], people: dict[str, tuple[Person, str]], acting: Acting) -> None:
    username = row["username"]
    if username not in people:
        people[username] = enter_person(PersonData(username, row["name"], row["email"], row["phone"]), acting)
    days = (date.fromisoformat(row[name]) if row[name] else None for name in ("valid_from", "valid_until"))
    give_post(
        people[username][0], Body.objects.get(pk=row["body"]), row["role"], acting, Term(*days), title=row["title"]
    )
