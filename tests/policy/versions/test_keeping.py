"""A version is kept once, whole, however many keep it at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from huancheng.policy.pack import load_pack
from huancheng.policy.versions.archive import Archive


def test_several_may_keep_the_same_version_at_once(tmp_path):
    pack = load_pack("example-city")
    barrier = Barrier(4)

    def keep(_number):
        barrier.wait()
        return Archive(tmp_path / "packs").keep(pack)

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(keep, range(4))) == {pack.digest}
    assert [path.name for path in (tmp_path / "packs").iterdir()] == [pack.digest]
    assert Archive(tmp_path / "packs").load(pack.digest).pack.digest == pack.digest


def test_a_version_that_cannot_be_put_in_its_place_is_told_and_leaves_nothing_behind(tmp_path):
    pack = load_pack("example-city")
    (tmp_path / pack.digest).write_text("in the way", "utf-8")
    with pytest.raises(OSError, match=r"[Nn]ot a directory|exists"):
        Archive(tmp_path).keep(pack)
    assert [path.name for path in tmp_path.iterdir()] == [pack.digest]
