"""The database: in reach, in shape, guarded, and the log whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from huancheng.platform.audit import guards
from huancheng.platform.audit.models import Anchor, Event
from huancheng.platform.audit.queries.verify import verify_log
from huancheng.platform.common import clock
from huancheng.platform.operations.migrating import missing_migrations

Found = Iterator[tuple[str, str]]
OLDEST_POSTGRESQL = 14_00_00
ANCHOR_EVERY = timedelta(days=2)
AHEAD = timedelta(minutes=5)


def reachable() -> Found:
    """Whether the database answers and is of a kind and age we know."""
    try:
        connection.ensure_connection()
    except DatabaseError:
        yield _("连接不上数据库"), _("启动数据库，或核对 HUANCHENG_DATABASE_URL")
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA journal_mode")
            if cursor.fetchone()[0] not in {"wal", "memory"}:
                yield _("SQLite 未使用 WAL 模式"), _("把主目录放在本机磁盘上，不要放在网络盘")
            cursor.execute("PRAGMA quick_check(1)")
            if cursor.fetchone()[0] != "ok":
                yield _("数据库文件已损坏"), _("停止服务，用最近的备份恢复：huancheng restore")
            return
        cursor.execute("SHOW server_version_num")
        if int(cursor.fetchone()[0]) < OLDEST_POSTGRESQL:
            yield _("PostgreSQL 版本过旧"), _("升级到 14 或更高版本")


def migrated() -> Found:
    """Whether the database has the shape of this version."""
    if missing := missing_migrations():
        text = _("数据库结构落后于程序，缺 %(count)d 项变更，首项为 %(first)s")
        yield text % {"count": len(missing), "first": missing[0]}, _("先备份，再运行 huancheng manage migrate")


def guarded() -> Found:
    """Whether the log's triggers are in place."""
    if missing := guards.missing(connection):
        text = _("审计日志的数据库保护缺失：%s") % "、".join(sorted(missing))
        yield text, _("查明何人移除，再运行 huancheng manage migrate 补上")


def log_whole() -> Found:
    """Whether the log is as it was written."""
    found = verify_log()
    if not found.whole:
        first = found.findings[0]
        text = _("审计日志被改动 %(count)d 处，首处在 %(place)s") % {"count": found.count, "place": first.place}
        yield text, _("保全现场，运行 huancheng audit verify --json，与存放在外的锚点和备份核对")


def log_anchored() -> Found:
    """Whether the log is anchored as often as it should be."""
    last = Anchor.objects.order_by("-number").first()
    begun = Event.objects.filter(pk__gt=last.last_event if last else 0).order_by("pk").first()
    if begun is not None and clock.now() - begun.at > ANCHOR_EVERY:
        yield _("审计日志已两天以上未封存锚点"), _("检查工作进程；可手工运行 huancheng audit anchor")


def clock_right() -> Found:
    """Whether the clock agrees with the database's and never ran backwards."""
    newest = Event.objects.order_by("-pk").first()
    if newest is not None and newest.at - clock.now() > AHEAD:
        yield _("最新一条记录的时间晚于现在，本机时钟可能被拨回"), _("校准本机时钟，启用时间同步服务")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            if abs(cursor.fetchone()[0] - clock.now()) > AHEAD:
                yield _("本机与数据库服务器的时钟相差五分钟以上"), _("两台机器都启用时间同步服务")
