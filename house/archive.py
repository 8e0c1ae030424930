"""Packing: the project's files, the packages it needs and the pip that installs them, in one archive per platform."""

from __future__ import annotations

import calendar
import gzip
import io
import tarfile
import tempfile
import tomllib
import zipfile
from collections.abc import Sequence
from pathlib import Path

from house.assets import build_assets, built_files
from house.install import cure_for
from house.places import Places
from house.processes import answer, call
from house.speech import Trouble, say
from house.targets import Target, requirements_for

MOMENT = (2026, 1, 1, 0, 0, 0)
"""The date every packed file bears, so that the same content gives the same archive."""

EPOCH = calendar.timegm(MOMENT)

READ_FIRST = """\
Huancheng 焕城 {version} for {words}.

This archive needs Python {pythons} and nothing else; no network.
本压缩包只需要 Python {pythons}，不需要网络。

    python3 run.py demo --no-serve      (Windows: py run.py demo --no-serve)

README.md and README.zh-CN.md tell the rest.
"""


def build_archive(places: Places, target: Target, pythons: Sequence[str], depth: str) -> Path:
    """Collect everything for a target and write the archive into `dist/`.

    Parameters
    ----------
    places
        The project.
    target
        For which system.
    pythons
        For which Pythons, as `3.N`.
    depth
        `run` for the program only, `dev` for its tests too.

    Returns
    -------
    Path
        The archive.

    Raises
    ------
    Trouble
        If the project is no git clone, a package has no built wheel for the target, or what pages load can't be built.
    """
    version = project_version(places)
    name = f"huancheng-{version}-{target.name}"
    known = project_files(places)
    build_assets(places)
    files = sorted({*known, *built_files(places)})
    wheelhouse = places.output / "pack" / target.name
    wheelhouse.mkdir(parents=True, exist_ok=True)
    for python in pythons:
        say(f"pack: packages for {target.name}, Python {python}")
        download(places, target, python, depth, wheelhouse)
    build_own_wheel(places, wheelhouse)
    wanted = sorted(wheelhouse.glob("*.whl"))
    members: list[tuple[str, Path | bytes]] = [(name, places.root / name) for name in files]
    members += [(f"wheelhouse/{wheel.name}", wheel) for wheel in wanted]
    note = READ_FIRST.format(version=version, words=target.words, pythons=" or ".join(pythons))
    members.append(("READ-FIRST.txt", note.encode()))
    archive = places.root / "dist" / (name + (".zip" if target.zipped else ".tar.gz"))
    archive.parent.mkdir(exist_ok=True)
    (write_zip if target.zipped else write_tar)(archive, name, members)
    say(f"pack: {len(files)} files and {len(wanted)} wheels, {archive.stat().st_size / 1e6:.0f} MB")
    return archive


def project_version(places: Places) -> str:
    """Return the version that pyproject.toml states."""
    with (places.root / "pyproject.toml").open("rb") as stream:
        return str(tomllib.load(stream)["project"]["version"])


def project_files(places: Places) -> list[str]:
    """Return the project's own files, as git knows them, in order.

    Raises
    ------
    Trouble
        If this is no git clone.
    """
    listing = answer(["git", "ls-files", "-z"], folder=places.root)
    if not listing:
        raise Trouble(
            "packing needs a git clone, which says which files belong to the project", "Clone it and pack there."
        )
    return sorted(name for name in listing.split("\0") if name and (places.root / name).is_file())


def download(places: Places, target: Target, python: str, depth: str, wheelhouse: Path) -> None:
    """Fetch the pinned wheels of a target into a folder, checked against their hashes, and the newest pip.

    Raises
    ------
    Trouble
        If one can't be had.
    """
    text = places.requirement_file(depth).read_text(encoding="utf-8")
    pins = requirements_for(text, target, python)
    with tempfile.TemporaryDirectory() as folder:
        chosen = Path(folder) / "requirements.txt"
        chosen.write_text("\n".join(pins) + "\n", encoding="utf-8")
        command = [
            str(places.python), "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
            "--only-binary", ":all:", "--python-version", python, "--implementation", "cp",
            "--abi", f"cp{python.replace('.', '')}", "--abi", "abi3", "--abi", "none",
            *(word for tag in target.tags for word in ("--platform", tag)), "--dest", str(wheelhouse),
        ]  # fmt: skip
        if call([*command, "--require-hashes", "-r", chosen], folder=places.root) != 0:
            raise Trouble(
                f"not every package can be had for {target.name}, Python {python}",
                cure_for(["No matching distribution"]),
            )
        if not any(wheelhouse.glob("pip-*.whl")) and call([*command, "pip"], folder=places.root) != 0:
            raise Trouble("pip itself could not be fetched", cure_for([]))


def build_own_wheel(places: Places, wheelhouse: Path) -> None:
    """Build the project's own wheel beside the others, for those who would install it elsewhere.

    Raises
    ------
    Trouble
        If it can't be built.
    """
    for old in wheelhouse.glob("huancheng-*.whl"):
        old.unlink()
    command = [
        str(places.python), "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps",
        "--no-build-isolation", "--wheel-dir", str(wheelhouse), str(places.root),
    ]  # fmt: skip
    if call(command, folder=places.root) != 0:
        raise Trouble("the project's own wheel could not be built", "Read the message above.")


def write_tar(archive: Path, top: str, members: Sequence[tuple[str, Path | bytes]]) -> None:
    """Write a tar.gz; the same members give the same bytes."""
    with (
        archive.open("wb") as raw,
        gzip.GzipFile("", "wb", 1, raw, mtime=EPOCH) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as out,
    ):
        for name, content in sorted(members, key=lambda member: member[0]):
            data = content if isinstance(content, bytes) else content.read_bytes()
            entry = tarfile.TarInfo(f"{top}/{name}")
            entry.size = len(data)
            entry.mode = 0o755 if executable(content) else 0o644
            entry.mtime = EPOCH
            out.addfile(entry, io.BytesIO(data))


def write_zip(archive: Path, top: str, members: Sequence[tuple[str, Path | bytes]]) -> None:
    """Write a zip; the same members give the same bytes. Wheels are packed already and only stored."""
    with zipfile.ZipFile(archive, "w") as out:
        for name, content in sorted(members, key=lambda member: member[0]):
            entry = zipfile.ZipInfo(f"{top}/{name}", date_time=MOMENT)
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(".whl") else zipfile.ZIP_DEFLATED
            entry.external_attr = (0o755 if executable(content) else 0o644) << 16
            data = content if isinstance(content, bytes) else content.read_bytes()
            out.writestr(entry, data)


def executable(content: Path | bytes) -> bool:
    """Whether a packed file is to be runnable."""
    return isinstance(content, Path) and content.suffix != ".whl" and bool(content.stat().st_mode & 0o100)
