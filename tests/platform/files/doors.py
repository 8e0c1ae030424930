"""Who may open the pages of files."""

from __future__ import annotations

import io

from huancheng.platform.casework.domain.papers import Description, add_paper, offer_public_copy, replace_paper
from huancheng.platform.files.domain.store import take_in
from huancheng.platform.files.domain.uploading import begin
from tests.platform.doors import EVERYONE, SEE_CASE, Door
from tests.platform.files import samples

DOORS = [
    Door("files:uploads", EVERYONE, method="post"),
    Door("files:upload", frozenset({"county compiler"}), ("upload",)),
    Door("files:finish-upload", frozenset({"county compiler"}), ("upload",), method="post"),
    Door("files:download", SEE_CASE, ("paper owner", "paper version")),
    Door("files:preview", SEE_CASE, ("paper owner", "paper version")),
]


def furnish(world, acting):
    compiler = acting("临河县指定的编制部门", "compiler")
    taken = take_in(io.BytesIO(samples.pdf()), "批复.pdf")
    paper = add_paper(world.things["case"].pk, taken, Description("批复", "approval"), compiler)
    replace_paper(paper, take_in(io.BytesIO(samples.pdf(3)), "批复.pdf"), compiler)
    redacted = take_in(io.BytesIO(samples.pdf(2)), "公开版.pdf")
    offer_public_copy(paper.versions.last(), redacted, acting("临河县城市更新工作专班", "clerk"))
    world.things |= {
        "upload": begin("批复.pdf", 10, compiler),
        "paper": paper,
        "paper owner": "papers",
        "paper version": paper.versions.first(),
    }
