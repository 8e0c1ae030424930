"""Everything that is examined, in the order in which one would look."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huancheng.platform.operations.examining import contents, database, machine
from huancheng.platform.operations.examining.findings import Check

CHECKS = (
    Check("database", _("数据库"), database.reachable),
    Check("migrations", _("数据库结构"), database.migrated),
    Check("triggers", _("审计日志保护"), database.guarded),
    Check("clock", _("时钟"), database.clock_right),
    Check("anchors", _("日志封存"), database.log_anchored),
    Check("log", _("日志完整"), database.log_whole, slow=True),
    Check("files", _("文件"), contents.files_whole, slow=True),
    Check("versions", _("案卷版本"), contents.versions_as_logged, slow=True),
    Check("cases", _("案卷状态"), contents.cases_as_logged, slow=True),
    Check("packs", _("政策包"), contents.packs_kept, slow=True),
    Check("disk", _("磁盘"), machine.room),
    Check("secrets", _("密钥"), machine.secrets_guarded),
    Check("assets", _("页面资源"), machine.assets_built),
    Check("worker", _("工作进程"), machine.worker_alive),
    Check("backup", _("备份"), contents.backed_up),
    Check("settings", _("设置"), machine.settings_safe),
)
