"""Settings taken from the environment, with safe defaults; secrets are made on the first run."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

PREFIX = "HUANCHENG_"


def text(name: str, default: str = "") -> str:
    """Return the value of `HUANCHENG_<name>`."""
    return os.environ.get(PREFIX + name, default).strip()


def flag(name: str, *, default: bool = False) -> bool:
    """Return a yes or no; 1, true, yes and on mean yes.

    Raises
    ------
    ImproperlyConfigured
        If the value is neither.
    """
    value = text(name).lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{PREFIX}{name} is {value!r}; use 1 or 0")


def number(name: str, default: int) -> int:
    """Return a whole number.

    Raises
    ------
    ImproperlyConfigured
        If the value is none.
    """
    value = text(name)
    try:
        return int(value) if value else default
    except ValueError as error:
        raise ImproperlyConfigured(f"{PREFIX}{name} is {value!r}; use a whole number") from error


def choice(name: str, known: tuple[str, ...]) -> str:
    """Return one of several words; the first where nothing is said.

    Raises
    ------
    ImproperlyConfigured
        If the value is none of them.
    """
    value = text(name, known[0])
    if value not in known:
        raise ImproperlyConfigured(f"{PREFIX}{name} is {value!r}; use one of: {', '.join(known)}")
    return value


def words(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """Return a list written with commas."""
    return [item.strip() for item in text(name).split(",") if item.strip()] or list(default)


def home() -> Path:
    """Return the folder that holds the database, files, snapshots and secrets of this installation."""
    return Path(text("HOME") or "var/huancheng").expanduser().resolve()


def database(folder: Path) -> dict[str, Any]:
    """Return Django's database entry: SQLite in the home folder, or what `HUANCHENG_DATABASE_URL` names.

    Raises
    ------
    ImproperlyConfigured
        If the URL names another engine.
    """
    url = text("DATABASE_URL")
    if not url:
        return sqlite(folder / "register.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(Path(unquote(parts.path)))
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            f"{PREFIX}DATABASE_URL begins with {parts.scheme!r}; use postgresql:// or sqlite:///"
        )
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def sqlite(file: Path) -> dict[str, Any]:
    """Return the entry for SQLite in WAL mode; a writer takes its lock at the start and waits for others."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
        "TEST": {"NAME": None},
    }


def secret(folder: Path, name: str) -> str:
    """Return a secret: from the environment, else from the home folder, where it is made on the first run.

    Parameters
    ----------
    folder
        Home folder.
    name
        Name in the environment and, lower-cased, in `secrets.json`.
    """
    given = text(name)
    if given:
        return given
    file = folder / "secrets.json"
    kept: dict[str, str] = json.loads(file.read_text("utf-8")) if file.is_file() else {}
    if name.lower() not in kept:
        kept[name.lower()] = secrets.token_urlsafe(48)
        folder.mkdir(parents=True, exist_ok=True)
        building = file.with_suffix(f".{os.getpid()}")
        building.touch(mode=0o600)
        building.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
        building.replace(file)
    return kept[name.lower()]
