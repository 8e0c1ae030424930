import xml.etree.ElementTree as ET

import pytest

from huancheng.policy.diagrams import bpmn, svg
from huancheng.policy.diagrams.layout import draw
from huancheng.policy.diagrams.svg import text_width
from huancheng.policy.routes.plan import plan_route

MODEL = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DRAWING = "{http://www.omg.org/spec/BPMN/20100524/DI}"


def plans(book):
    for instrument in book.instruments:
        for where in ("东昌府区", "高新技术产业开发区", "冠县"):
            yield plan_route(book, instrument.id, where)
    yield plan_route(book, "实施方案", "冠县", {"跨区域": True})


def test_every_route_is_sound_bpmn_with_a_task_per_step_and_a_shape_per_node(book):
    for plan in plans(book):
        root = ET.fromstring(bpmn(book, plan))  # noqa: S314
        process = root.find(f"{MODEL}process")
        nodes = {item.get("id"): item for item in process if not item.tag.endswith("sequenceFlow")}
        flows = process.findall(f"{MODEL}sequenceFlow")
        tasks = process.findall(f"{MODEL}userTask")
        assert [task.get("name") for task in tasks] == [
            f"{item.step.kind.official}：{item.body.name}" for item in plan.steps
        ]
        for flow in flows:
            assert flow.get("sourceRef") in nodes
            assert flow.get("targetRef") in nodes
        for name, node in nodes.items():
            assert len(node.findall(f"{MODEL}incoming")) == sum(flow.get("targetRef") == name for flow in flows)
            assert len(node.findall(f"{MODEL}outgoing")) == sum(flow.get("sourceRef") == name for flow in flows)
        drawn = {item.get("bpmnElement") for item in root.iter(f"{DRAWING}BPMNShape")}
        assert drawn == set(nodes)
        assert len(list(root.iter(f"{DRAWING}BPMNEdge"))) == len(flows)


def test_every_step_can_be_reached_and_leads_to_the_end(book):
    for plan in plans(book):
        drawing = draw(plan)
        onward, back = {}, {}
        for edge in drawing.edges:
            onward.setdefault(edge.source, set()).add(edge.target)
            back.setdefault(edge.target, set()).add(edge.source)
        for start, ways in (("start", onward), ("end", back)):
            seen, waiting = {start}, [start]
            while waiting:
                for name in ways.get(waiting.pop(), ()):
                    if name not in seen:
                        seen.add(name)
                        waiting.append(name)
            assert seen == {node.id for node in drawing.nodes}


def test_nothing_in_a_drawing_lies_over_anything_else_or_outside(book):
    for plan in plans(book):
        drawing = draw(plan)
        for node in drawing.nodes:
            assert min(node.x, node.y) >= 0
            assert node.x + node.width <= drawing.width
            assert node.y + node.height <= drawing.height
            for other in drawing.nodes:
                apart = (
                    node.x + node.width <= other.x
                    or other.x + other.width <= node.x
                    or node.y + node.height <= other.y
                    or other.y + other.height <= node.y
                )
                assert other is node or apart


@pytest.mark.parametrize(
    ("instrument", "where", "words"),
    [
        ("年度实施计划", "冠县", ["冠县人民政府", "市城市更新工作专班", "关口：通过后方可继续", "意见：五(四)"]),
        ("体检报告", "冠县", ["逾期视为无异议", "默认做法：五(一)"]),
        ("控规调整", "冠县", ["不少于30日", "时限20个工作日（默认）", "法律法规：", "冠县人大常委会"]),
        ("实施方案", "冠县", ["可省略", "前置条件：项目列入经批准"]),
        ("其他情形认定", "冠县", ["市政府"]),
        ("供地", "冠县", ["条件不成立"]),
    ],
)
def test_the_drawing_says_who_when_and_on_what_ground(book, instrument, where, words):
    picture = svg(book, plan_route(book, instrument, where))
    ET.fromstring(picture)  # noqa: S314
    for word in words:
        assert word in picture


def test_drawings_are_the_same_every_time(book):
    plan = plan_route(book, "实施方案", "冠县")
    assert (svg(book, plan), bpmn(book, plan)) == (svg(book, plan), bpmn(book, plan))


def test_no_line_of_a_drawing_runs_out_of_the_picture(book):
    for plan in plans(book):
        picture = ET.fromstring(svg(book, plan))  # noqa: S314
        width = int(picture.get("width"))
        for text in picture.iter("{http://www.w3.org/2000/svg}text"):
            long = text_width(text.text or "", float(text.get("font-size")))
            left = float(text.get("x")) - (long / 2 if text.get("text-anchor") == "middle" else 0)
            assert left >= 0, text.text
            assert left + long <= width, text.text
