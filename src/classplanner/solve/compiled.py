"""Compiles what is done millions of times (Numba)."""

from __future__ import annotations

from typing import Any

import numba

__all__ = ["compiled"]


def compiled(function: Any) -> Any:
    """Compile at the first call, and keep that for other runs where there is a place for it.

    What is compiled lets other threads go on. It is compiled anew when its own file has changed, not when a
    constant or a function from another file has: whoever changes these deletes the ``*.nbi`` files of caches.
    """
    try:
        return numba.njit(cache=True, nogil=True)(function)
    except RuntimeError:
        return numba.njit(nogil=True)(function)
