import shutil
import sys
from pathlib import Path

import pytest

from huancheng.policy.book import PolicyBook, load_book
from huancheng.policy.pack import packs_root

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def book() -> PolicyBook:
    return load_book("liaocheng-2023")


@pytest.fixture(scope="session")
def national() -> PolicyBook:
    return load_book("national")


class Workshop:
    """A copy of all packs in which tests may write."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def edit(self, file: str, old: str, new: str) -> None:
        path = self.folder / file
        text = path.read_text("utf-8")
        assert old in text, f"{file} has no {old!r}"
        path.write_text(text.replace(old, new, 1), "utf-8")

    def write(self, file: str, text: str) -> Path:
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    def line_of(self, file: str, text: str) -> int:
        lines = (self.folder / file).read_text("utf-8").splitlines()
        return next(number for number, line in enumerate(lines, start=1) if text in line)

    def book(self, name: str = "liaocheng-2023") -> PolicyBook:
        return load_book(name, root=self.folder)


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    folder = tmp_path / "packs"
    shutil.copytree(packs_root(), folder, ignore=shutil.ignore_patterns("checkup"))
    return Workshop(folder)
