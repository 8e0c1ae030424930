"""Who judges and who files, written out by hand from the text of clause 五 and the laws it refers to.

Columns: route, step, kind, 东昌府区, the three zones, every other county, city and district ({n} stands for the name;
- where the route is not taken there), gate, basis of the step.
"""

from __future__ import annotations

from huancheng.policy.book import PolicyBook
from huancheng.policy.check.routes import jurisdiction_facts
from huancheng.policy.routes.model import StepKind
from huancheng.policy.routes.plan import make_plan, select_route

CENTRAL = "东昌府区"
ZONES = ("经济技术开发区", "高新技术产业开发区", "江北水城旅游度假区")
OTHERS = ("临清市", "茌平区", "阳谷县", "莘县", "东阿县", "冠县", "高唐县")

WATCHED = (
    StepKind.REVIEW,
    StepKind.DELIBERATE,
    StepKind.APPROVE,
    StepKind.FILE,
    StepKind.CONFIRM,
    StepKind.COUNTERSIGN,
    StepKind.LEGALITY_REVIEW,
    StepKind.EXPERT_REVIEW,
)

_TABLE = """
checkup-report             review        review          市城市更新工作专班 市城市更新工作专班 市城市更新工作专班 gate default
special-plan-central       legality      legality_review 市司法局 市司法局 - gate default
special-plan-central       deliberate    deliberate      市国土空间规划委员会 市国土空间规划委员会 - gate seed
special-plan-central       approve       approve         市政府 市政府 - gate seed
special-plan-central       file          file            市城市更新工作专班 市城市更新工作专班 - free seed
special-plan-other         legality      legality_review - - {n}司法局 gate default
special-plan-other         deliberate    deliberate      - - {n}国土空间规划委员会 gate seed
special-plan-other         approve       approve         - - {n}人民政府 gate seed
special-plan-other         file          file            - - 市城市更新工作专班 free seed
special-plan-consolidation countersign   countersign     专班成员单位 专班成员单位 专班成员单位 gate default
special-plan-consolidation review        review          市城市更新工作专班 市城市更新工作专班 市城市更新工作专班 gate default
special-plan-change-central deliberate   deliberate      市国土空间规划委员会 市国土空间规划委员会 - gate default
special-plan-change-central approve      approve         市政府 市政府 - gate default
special-plan-change-central file         file            市城市更新工作专班 市城市更新工作专班 - free default
special-plan-change-other  deliberate    deliberate      - - {n}国土空间规划委员会 gate default
special-plan-change-other  approve       approve         - - {n}人民政府 gate default
special-plan-change-other  file          file            - - 市城市更新工作专班 free default
unit-plan-central          review        review          市自然资源和规划局 市自然资源和规划局 - gate seed
unit-plan-central          approve       approve         市政府 市政府 - gate seed
unit-plan-central          notify        file            市城市更新工作专班 市城市更新工作专班 - free default
unit-plan-other            review        review          - - {n}自然资源和规划局 gate seed
unit-plan-other            approve       approve         - - {n}人民政府 gate seed
unit-plan-other            file          file            - - 市城市更新工作专班 free seed
unit-plan-change-central   review        review          市自然资源和规划局 市自然资源和规划局 - gate default
unit-plan-change-central   approve       approve         市政府 市政府 - gate default
unit-plan-change-central   notify        file            市城市更新工作专班 市城市更新工作专班 - free default
unit-plan-change-other     review        review          - - {n}自然资源和规划局 gate default
unit-plan-change-other     approve       approve         - - {n}人民政府 gate default
unit-plan-change-other     file          file            - - 市城市更新工作专班 free default
regulatory-plan-change     consent       review          市政府 市政府 {n}人民政府 gate law
regulatory-plan-change     approve       approve         市政府 市政府 {n}人民政府 gate law
regulatory-plan-change     file-congress file            市人大常委会 市人大常委会 {n}人大常委会 free law
regulatory-plan-change     file-upper    file            省政府 省政府 市政府 free law
annual-plan                approve       approve         {n}人民政府 {n}管委会 {n}人民政府 gate seed
annual-plan                review        review          市城市更新工作专班 市城市更新工作专班 市城市更新工作专班 gate seed
annual-plan-addition       approve       approve         {n}人民政府 {n}管委会 {n}人民政府 gate default
annual-plan-addition       review        review          市城市更新工作专班 市城市更新工作专班 市城市更新工作专班 gate default
other-kind                 review        review          市专班办公室 市专班办公室 市专班办公室 gate default
other-kind                 approve       approve         市政府 市政府 市政府 gate seed
recognition                approve       approve         市专班办公室 市专班办公室 市专班办公室 gate default
department-conflict        decide        deliberate      市专班办公室 市专班办公室 市专班办公室 gate default
entity-selection           approve       approve         {n}人民政府 {n}管委会 {n}人民政府 gate default
entity-exit                approve       approve         {n}人民政府 {n}管委会 {n}人民政府 gate default
entity-exit                file          file            市城市更新工作专班 市城市更新工作专班 市城市更新工作专班 free default
entity-replacement         approve       approve         {n}人民政府 {n}管委会 {n}人民政府 gate default
scheme-ordinary            legality      legality_review {n}司法局 {n}法制机构 {n}司法局 gate default
scheme-ordinary            approve       approve         {n}人民政府 {n}管委会 {n}人民政府 gate seed
scheme-ordinary            file          file            市城市更新工作专班 市城市更新工作专班 市城市更新工作专班 gate seed
scheme-escalated           local-review  review          {n}人民政府 {n}管委会 {n}人民政府 gate default
scheme-escalated           neighbours    countersign     涉及的其他属地政府（管委会） 涉及的其他属地政府（管委会） 涉及的其他属地政府（管委会） gate default
scheme-escalated           experts       expert_review   市城市更新专家委员会 市城市更新专家委员会 市城市更新专家委员会 free default
scheme-escalated           review        review          市城市更新工作专班 市城市更新工作专班 市城市更新工作专班 gate seed
scheme-escalated           approve       approve         市政府 市政府 市政府 gate seed
scheme-change-ordinary     approve       approve         {n}人民政府 {n}管委会 {n}人民政府 gate default
scheme-change-ordinary     file          file            市城市更新工作专班 市城市更新工作专班 市城市更新工作专班 gate default
scheme-change-escalated    local-review  review          {n}人民政府 {n}管委会 {n}人民政府 gate default
scheme-change-escalated    review        review          市城市更新工作专班 市城市更新工作专班 市城市更新工作专班 gate default
scheme-change-escalated    approve       approve         市政府 市政府 市政府 gate default
bundle                     finance       review          {n}财政局 {n}财政部门 {n}财政局 gate default
bundle                     development   review          {n}发展改革局 {n}经济发展部门 {n}发展改革局 gate default
bundle                     approve       approve         {n}人民政府 {n}管委会 {n}人民政府 gate default
red-line-exception         experts       expert_review   市城市更新专家委员会 市城市更新专家委员会 市城市更新专家委员会 gate default
red-line-exception         approve       approve         市城市更新工作专班 市城市更新工作专班 市城市更新工作专班 gate default
ranking-objection          review        review          市专班办公室 市专班办公室 市专班办公室 gate default
ranking-objection          confirm       confirm         市城市更新工作专班 市城市更新工作专班 市城市更新工作专班 free default
land-supply                decide        deliberate      市自然资源和规划局 市自然资源和规划局 {n}自然资源和规划局 gate law
land-supply                approve       approve         市政府 市政府 {n}人民政府 gate law
land-supply                conclude      confirm         市自然资源和规划局 市自然资源和规划局 {n}自然资源和规划局 free law
expropriation              money         confirm         {n}财政局 {n}财政部门 {n}财政局 gate law
expropriation              approve       approve         {n}人民政府 市政府 {n}人民政府 gate law
heritage-consent           experts       expert_review   市城市更新专家委员会 市城市更新专家委员会 市城市更新专家委员会 free default
heritage-consent           relics        countersign     {n}文物主管部门 市文物主管部门 {n}文物主管部门 gate law
heritage-consent           approve       approve         {n}住房城乡建设局 市住房城乡建设局 {n}住房城乡建设局 gate law
heritage-consent           province-relics countersign   省文物主管部门 省文物主管部门 省文物主管部门 gate law
heritage-consent           province      approve         省住房城乡建设厅 省住房城乡建设厅 省住房城乡建设厅 gate law
pre-protection             experts       expert_review   市城市更新专家委员会 市城市更新专家委员会 市城市更新专家委员会 gate law
pre-protection             approve       approve         {n}住房城乡建设局 市住房城乡建设局 {n}住房城乡建设局 gate law
government-recovery        confirm       confirm         {n}人民政府 市政府 {n}人民政府 gate seed
government-recovery        file          file            税务机关 税务机关 税务机关 free default
unregistered-house         review        review          自然资源和规划、住房城乡建设部门及消防救援机构 自然资源和规划、住房城乡建设部门及消防救援机构 自然资源和规划、住房城乡建设部门及消防救援机构 gate default
unregistered-house         confirm       confirm         自然资源和规划、住房城乡建设部门及消防救援机构 自然资源和规划、住房城乡建设部门及消防救援机构 自然资源和规划、住房城乡建设部门及消防救援机构 gate seed
"""  # noqa: E501

Judgement = tuple[str, str, str, str, str, bool]
"""Jurisdiction, route, step, kind, body, gate."""


def expected() -> set[Judgement]:
    """Return the table written out for each of the eleven jurisdictions."""
    rows = set()
    for line in _TABLE.strip().splitlines():
        route, step, kind, central, zone, other, gate, _ = line.split()
        columns = [(CENTRAL, central), *((name, zone) for name in ZONES), *((name, other) for name in OTHERS)]
        for name, body in columns:
            if body != "-":
                rows.add((name, route, step, kind, body.replace("{n}", name), gate == "gate"))
    return rows


def bases() -> dict[tuple[str, str], str]:
    """Return whose words each step is, by route and step."""
    rows = (line.split() for line in _TABLE.strip().splitlines())
    return {(row[0], row[1]): row[7] for row in rows}


def found(book: PolicyBook) -> set[Judgement]:
    """Return what the pack says, for every instrument, jurisdiction and combination of recognitions."""
    rows = set()
    for jurisdiction in book.jurisdictions:
        for facts in jurisdiction_facts(book, jurisdiction):
            for instrument in book.instruments:
                plan = make_plan(book, select_route(book, instrument, facts), jurisdiction, facts)
                for planned in plan.steps:
                    step = planned.step
                    if step.kind in WATCHED:
                        rows.add(
                            (jurisdiction.title, plan.route.id, step.id, step.kind.value, planned.body.name, step.gate)
                        )
    return rows
