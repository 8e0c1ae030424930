"""The machine and the settings: room, secrets, what pages load, the worker, what is open to whom."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _

from huancheng.platform.common import assets, clock
from huancheng.platform.common.daily import daily_functions
from huancheng.platform.operations.domain.beating import living_workers
from huancheng.platform.operations.models import DailyRun

Found = Iterator[tuple[str, str]]
LEAST_FREE = 1 << 30
LEAST_SHARE = 0.05
LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})


def room() -> Found:
    """Whether the disk has room."""
    usage = shutil.disk_usage(settings.HOME)
    if usage.free < LEAST_FREE or usage.free < usage.total * LEAST_SHARE:
        yield _("磁盘仅剩 %.1f GB") % (usage.free / (1 << 30)), _("清理或扩容主目录所在的磁盘；旧备份可移走")


def secrets_guarded() -> Found:
    """Whether only we can read the secrets."""
    file = settings.HOME / "secrets.json"
    if os.name == "posix" and file.exists() and stat.S_IMODE(file.stat().st_mode) & 0o077:
        yield _("secrets.json 可被其他用户读取"), _("运行 chmod 600 %s") % file


def assets_built() -> Found:
    """Whether the styles, modules and fonts that pages load are there."""
    made = assets.manifest()
    lost = [name for name in made.values() if not (assets.FOLDER / name).is_file()]
    if not made or lost:
        yield _("页面样式或脚本未生成"), _("运行 python3 run.py assets，或重新安装发行包")
    if not any(assets.FOLDER.glob("*.woff2")):
        yield _("缺少随附的中文字体"), _("运行 python3 run.py assets，或重新安装发行包")


def worker_alive() -> Found:
    """Whether a worker lives, and today's round was made."""
    if not living_workers():
        yield _("没有工作进程在运行，后台任务和每日提醒不会执行"), _("运行 huancheng serve，或 huancheng manage work")
    for run in DailyRun.objects.filter(day=clock.today()).exclude(fault=""):
        if run.name in daily_functions():
            text = _("今日例行任务 %(name)s 失败：%(fault)s") % {"name": run.name, "fault": run.fault}
            yield text, _("查看程序日志中的同名条目")


def settings_safe() -> Found:
    """Whether the settings are safe for more than this machine."""
    if settings.DEBUG:
        yield _("调试模式开启，出错页会泄露内部信息"), _("去掉 HUANCHENG_DEBUG")
    if "*" in settings.ALLOWED_HOSTS:
        yield _("ALLOWED_HOSTS 允许任何主机名"), _("在 HUANCHENG_ALLOWED_HOSTS 中写明域名")
    beyond = set(settings.ALLOWED_HOSTS) - LOOPBACK - {"*"}
    if beyond and not settings.HTTPS:
        yield _("对外服务未启用 HTTPS，口令可能被窃听"), _("在前置代理上配置证书，并设 HUANCHENG_HTTPS=1")
    if beyond and settings.DEMO:
        yield _("演示模式的口令人人可见，不应对外服务"), _("去掉 HUANCHENG_DEMO")
    if settings.MAIL_MESSAGES and settings.EMAIL_BACKEND.endswith("dummy.EmailBackend"):
        yield _("已开启邮件提醒，但没有配置邮件服务器"), _("设置 HUANCHENG_EMAIL_BACKEND 等项，或关闭邮件提醒")
