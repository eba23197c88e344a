"""Bounds on what a process may take of the machine: one that reads from outside, and one that has read much.

On Unix by resource limits, which the kernel keeps; a process that oversteps them gets a MemoryError or ends,
and what was saved before stays. On Windows the window's job object does this.
"""

import os
import sys

MEMORY_BYTES = 700_000_000
CPU_SECONDS = 900


def bound_this_process() -> None:
    """Limit this process's memory and processor time, and let it leave no core file."""
    if os.name != "posix":
        return
    import resource

    for kind, wanted in (
        (resource.RLIMIT_DATA, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        limit = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(kind, (limit, hard))


def give_back() -> None:
    """Return the memory that was freed to the machine. The C library of Linux keeps it, some eight megabytes after
    ten thousand items were read; those of other systems return it by themselves.
    """
    if not sys.platform.startswith("linux"):
        return
    import ctypes

    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:  # there is none in musl
        trim(0)
