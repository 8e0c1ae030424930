"""The systems an archive can be packed for, and which pinned packages each of them needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Target:
    """One kind of machine.

    Parameters
    ----------
    name
        As given to `run.py pack --platform`.
    words
        For whom it is.
    system, machine
        What Python's `platform` says there.
    tags
        Wheel platforms that run there, best first.
    zipped
        Whether the archive is a zip (Windows) or a tar.gz.
    markers
        What environment markers of requirements see there.
    """

    name: str
    words: str
    system: str
    machine: str
    tags: tuple[str, ...]
    zipped: bool
    markers: dict[str, str]


def _linux(machine: str) -> tuple[str, ...]:
    new = [f"manylinux_2_{minor}_{machine}" for minor in range(36, 16, -1)]
    return (*new, f"manylinux2014_{machine}", f"linux_{machine}")


def _mac(machine: str) -> tuple[str, ...]:
    return tuple(f"macosx_{major}_0_{kind}" for major in range(15, 10, -1) for kind in (machine, "universal2"))


def _markers(system: str, sys_platform: str, os_name: str, machine: str) -> dict[str, str]:
    return {
        "platform_system": system, "sys_platform": sys_platform, "os_name": os_name, "platform_machine": machine,
        "implementation_name": "cpython", "platform_python_implementation": "CPython", "extra": "",
        "platform_release": "", "platform_version": "",
    }  # fmt: skip


TARGETS = {
    target.name: target
    for target in (
        Target(
            "linux-x86_64", "Linux on Intel or AMD, Debian 12 or as new (glibc 2.36)", "Linux", "x86_64",
            _linux("x86_64"), zipped=False, markers=_markers("Linux", "linux", "posix", "x86_64"),
        ),
        Target(
            "linux-aarch64", "Linux on ARM (Kunpeng, Phytium), glibc 2.36", "Linux", "aarch64",
            _linux("aarch64"), zipped=False, markers=_markers("Linux", "linux", "posix", "aarch64"),
        ),
        Target(
            "windows-x86_64", "Windows 10 and newer", "Windows", "AMD64",
            ("win_amd64",), zipped=True, markers=_markers("Windows", "win32", "nt", "AMD64"),
        ),
        Target(
            "macos-arm64", "macOS 15 and newer on Apple silicon", "Darwin", "arm64",
            _mac("arm64"), zipped=False, markers=_markers("Darwin", "darwin", "posix", "arm64"),
        ),
    )
}  # fmt: skip


def target_here(system: str, machine: str) -> Target | None:
    """Return the target of a machine by what Python's `platform` says of it; None if it is none of ours."""
    for target in TARGETS.values():
        if (target.system, target.machine) == (system, machine):
            return target
    return None


def marker_environment(target: Target, python: str) -> dict[str, str]:
    """Return what environment markers see on a target under a Python `3.N`."""
    return {
        **target.markers,
        "python_version": python,
        "python_full_version": f"{python}.0",
        "implementation_version": f"{python}.0",
    }


def requirements_for(text: str, target: Target, python: str) -> list[str]:
    """Return a hashed requirement file's entries that apply on a target, without their markers.

    pip judges markers by the machine it runs on, so they are judged here.
    """
    from packaging.markers import Marker

    environment = marker_environment(target, python)
    chosen = []
    for head, hashes in entries(text.splitlines()):
        pin, _, marker = head.partition(";")
        if not marker.strip() or Marker(marker.strip()).evaluate(environment):
            chosen.append(" \\\n    ".join([pin.strip(), *hashes]))
    return chosen


def entries(lines: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """Split a hashed requirement file into its entries: the pin with its marker, and its hashes."""
    head, hashes = "", []
    for line in lines:
        text = line.strip().removesuffix("\\").strip()
        if not text or text.startswith("#"):
            continue
        if text.startswith("--hash="):
            hashes.append(text)
            continue
        if head:
            yield head, hashes
        head, hashes = text, []
    if head:
        yield head, hashes
