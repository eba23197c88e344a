"""Bounds on what a process that reads from outside may take of the machine.

On Unix by resource limits, which the kernel keeps; a process that oversteps them gets a MemoryError or ends,
and what was saved before stays. On Windows the window's job object does this.
"""

import os

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
