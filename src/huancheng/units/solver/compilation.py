"""Compiling the kernels with numba, without loading what `huancheng.access` loads."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from types import FunctionType, ModuleType, SimpleNamespace
from typing import Any, TypeVar, cast

import numba

Kernel = TypeVar("Kernel", bound=Callable[..., Any])

SMALL = 62
"""Atoms up to which kernels run uncompiled where nothing more is asked: done sooner than the compiler."""

logger = logging.getLogger(__name__)


def compiled(kernel: Kernel) -> Kernel:
    """Compile a kernel on its first call; the machine code is kept beside the source, or where numba finds room.

    Where no folder can be written, each process compiles anew, and the log says so. With `NUMBA_DISABLE_JIT=1` the
    plain function is returned.
    """
    try:
        return cast("Kernel", numba.njit(cache=True, nogil=True, error_model="numpy")(kernel))
    except RuntimeError as error:
        logger.info("kernel %s is compiled in memory, its cache can't be written: %s", kernel.__name__, error)
        return cast("Kernel", numba.njit(cache=False, nogil=True, error_model="numpy")(kernel))


def is_kept(kernel: Callable[..., Any]) -> bool:
    """Whether an earlier run has left machine code of a kernel, so that it is loaded and not compiled."""
    path = getattr(getattr(kernel, "stats", None), "cache_path", None)
    function = plain(kernel)
    stem = Path(function.__code__.co_filename).stem
    return path is not None and any(Path(path).glob(f"{stem}.{function.__name__}-*.nbi"))


def plain(kernel: Kernel) -> Kernel:
    """Return the function as it is written: quicker for a handful of calls than waiting for the compiler."""
    return cast("Kernel", getattr(kernel, "py_func", kernel))


def plain_copy(*modules: ModuleType) -> SimpleNamespace:
    """Return the kernels of modules as they are written, calling each other uncompiled too."""
    names: dict[str, Any] = {}
    for module in modules:
        names |= vars(module)
    for name, kernel in list(names.items()):
        if hasattr(kernel, "py_func"):
            names[name] = FunctionType(kernel.py_func.__code__, names, name)
    return SimpleNamespace(**names)
