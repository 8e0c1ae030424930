"""Pages of a case: opening, reading, writing, acting."""

from __future__ import annotations

from typing import Any

from huancheng.platform.casework.domain.editions import part_names
from huancheng.platform.casework.domain.informing import meet_precondition
from huancheng.platform.casework.domain.opening import open_case
from huancheng.platform.casework.domain.standing import standing_of
from huancheng.platform.casework.domain.stepping import complete
from huancheng.platform.casework.domain.writing import write_part
from huancheng.platform.casework.models import Case, Subject
from tests.platform.doors import SEE_CASE, Door, World

COMPILER = frozenset({"county compiler"})
OPENERS = frozenset({"county compiler", "other county", "officer", "entity staff"})

DOORS = [
    Door("casework:open", OPENERS, refusal=403),
    Door("casework:case", SEE_CASE, ("case",)),
    Door("casework:contents", COMPILER, ("writing",), see_only=SEE_CASE - COMPILER),
    Door("casework:save-part", COMPILER, ("writing", "first"), see_only=SEE_CASE - COMPILER, method="post"),
    Door("casework:edition", SEE_CASE, ("handed_in", "first")),
    Door("casework:act", SEE_CASE, ("case", "comment")),
    Door("casework:act", SEE_CASE, ("case", "comment"), method="post"),
    Door("casework:step-act", COMPILER, ("writing", "complete", "compile"), see_only=SEE_CASE - COMPILER),
    Door(
        "casework:step-act", COMPILER, ("writing", "complete", "compile"), see_only=SEE_CASE - COMPILER, method="post"
    ),
]


def furnish(world: World, acting: Any) -> None:
    """Bring a case whose contents are being written, and one whose contents were handed in."""

    def compiling(key: str) -> Case:
        subject = Subject.objects.create(kind="unit", key=key, title=f"{key}号单元", jurisdiction="linhe")
        case = open_case("unit_plan", subject, acting("临河县指定的编制部门", "compiler")).case
        meet_precondition(case.pk, "special-plan", acting("市专班办公室", "officer"), paper="示政字〔2026〕1号")
        complete(case.pk, "designate", acting("临河县人民政府", "approver"))
        return case

    def handed_in() -> Case:
        case, compiler = compiling("handed-in"), acting("临河县指定的编制部门", "compiler")
        for name in part_names(standing_of(Case.objects.select_related("subject").get(pk=case.pk))):
            write_part(case.pk, name, f"{name}：示例文字。", compiler)
        complete(case.pk, "compile", compiler)
        return case

    world.things["writing"] = lambda: compiling("writing")
    world.things["handed_in"] = handed_in
    world.things |= {"first": 1, "comment": "comment", "complete": "complete", "compile": "compile"}
