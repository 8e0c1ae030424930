"""Compiling kernels with numba: cached where a folder can be written, in memory where none can, plain where asked."""

from __future__ import annotations

import logging
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any, TypeVar, cast

Kernel = TypeVar("Kernel", bound=Callable[..., Any])

logger = logging.getLogger(__name__)

HAS_NUMBA = find_spec("numba") is not None
"""Whether kernels are compiled; without numba the SciPy engine answers, with the same results."""


def compiled(kernel: Kernel) -> Kernel:
    """Compile a kernel that runs without the interpreter lock.

    The machine code is kept beside the source; numba itself turns to the user's cache folder or to `NUMBA_CACHE_DIR`
    where the installation is read-only. Where no folder can be written, the kernel is compiled anew in each process
    (some seconds), and the log says so. With `NUMBA_DISABLE_JIT=1` the plain Python function is returned.

    Parameters
    ----------
    kernel
        Function of arrays and integers.

    Returns
    -------
    Kernel
        The compiled function, with the plain one as `py_func`.
    """
    if not HAS_NUMBA:
        return kernel
    import numba

    try:
        return cast("Kernel", numba.njit(cache=True, nogil=True)(kernel))
    except RuntimeError as error:
        logger.info("kernel %s is compiled in memory, its cache can't be written: %s", kernel.__name__, error)
        return cast("Kernel", numba.njit(cache=False, nogil=True)(kernel))
