"""Loading a pack: its head, its parents, its files, its fingerprint."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from huancheng.policy.pack.fault import PackFault
from huancheng.policy.pack.locate import pack_folder
from huancheng.policy.pack.manifest import PackManifest
from huancheng.policy.pack.strict_yaml import YamlDocument, read_yaml
from huancheng.policy.pack.validate import Model, validate


@dataclass(frozen=True)
class Pack:
    """A folder of law as data, with the packs it builds on.

    Parameters
    ----------
    folder
        Where it lies.
    manifest
        Its head.
    parent
        Pack it builds on, or None.
    """

    folder: Path
    manifest: PackManifest
    parent: Pack | None = None

    @property
    def id(self) -> str:
        """The pack's short name."""
        return self.manifest.id

    @property
    def lineage(self) -> tuple[Pack, ...]:
        """The pack and its parents, nearest first."""
        return (self, *(self.parent.lineage if self.parent else ()))

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the names and contents of all files of the pack and its parents, in hexadecimal.

        Line ends are taken as line feeds, so that a checkout on Windows has the same digest.
        """
        total = hashlib.sha256()
        for pack in reversed(self.lineage):
            for path in pack.files():
                content = (pack.folder / path).read_bytes().replace(b"\r\n", b"\n")
                head = f"{pack.id}/{path}\0{len(content)}\0"
                total.update(head.encode())
                total.update(content)
        return total.hexdigest()

    def files(self) -> list[PurePosixPath]:
        """Return the pack's own files (hidden ones left out), as sorted paths relative to its folder."""
        found = (path.relative_to(self.folder) for path in self.folder.rglob("*") if path.is_file())
        return sorted(PurePosixPath(path) for path in found if not any(part[0] == "." for part in path.parts))

    def owners(self, relative_path: str) -> Iterator[Pack]:
        """Yield the packs of the lineage that have a file, nearest first."""
        return (pack for pack in self.lineage if (pack.folder / relative_path).is_file())

    def document(self, relative_path: str) -> YamlDocument:
        """Read a file of this pack itself, not of its parents.

        Raises
        ------
        PackFault
            If the file is absent, not UTF-8, or not strict YAML.
        """
        return _read_document(self.folder, relative_path, self.id)

    def read(self, relative_path: str, model: type[Model]) -> Model:
        """Read a file as a typed model; looks in the pack first, then in its parents.

        Raises
        ------
        PackFault
            If no pack of the lineage has the file, or its content doesn't fit the model.
        """
        owner = next(self.owners(relative_path), None)
        if owner is None:
            names = ", ".join(pack.id for pack in self.lineage)
            message = f"none of the packs {names} has the file"
            raise PackFault(message, file=f"{self.id}/{relative_path}", cure="add the file or mend its name")
        return validate(owner.document(relative_path), model)


def load_pack(name_or_path: str | Path, *, root: Path | None = None) -> Pack:
    """Load a pack and its parents.

    Parameters
    ----------
    name_or_path
        Name of a pack in the folder of packs, or the path of a pack's folder.
    root
        Folder of packs to use instead of the configured one.

    Returns
    -------
    Pack
        The pack; a parent is sought beside it first, then in the folder of packs.

    Raises
    ------
    PackFault
        If there is no such pack, a head doesn't fit, or the parents run in a circle.
    """
    return _load(pack_folder(name_or_path, root), root, ())


def _load(folder: Path, root: Path | None, children: tuple[str, ...]) -> Pack:
    document = _read_document(folder, "pack.yaml", folder.name)
    manifest = validate(document, PackManifest)
    if manifest.id in children:
        circle = " → ".join([*children[children.index(manifest.id) :], manifest.id])
        line = document.line(("parent",))
        raise PackFault(
            f"the parents run in a circle: {circle}",
            file=document.file,
            line=line,
            key="parent",
            cure="name another parent, or none",
        )
    if manifest.parent is None:
        return Pack(folder, manifest)
    beside = folder.resolve().parent / manifest.parent
    try:
        parent_folder = beside if (beside / "pack.yaml").is_file() else pack_folder(manifest.parent, root)
    except PackFault as fault:
        line = document.line(("parent",))
        message = f"the parent pack {manifest.parent!r} is not found"
        raise PackFault(message, file=document.file, line=line, key="parent", cure=fault.cure) from fault
    return Pack(folder, manifest, _load(parent_folder, root, (*children, manifest.id)))


def _read_document(folder: Path, relative_path: str, pack_name: str) -> YamlDocument:
    name = f"{pack_name}/{relative_path}"
    try:
        text = (folder / relative_path).read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise PackFault("the file can't be read", file=name, cure="add the file") from error
    except UnicodeDecodeError as error:
        raise PackFault("the file is not UTF-8", file=name, cure="save it as UTF-8") from error
    return read_yaml(text, file=name)
