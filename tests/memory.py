"""How much memory something takes, as Linux counts it."""

import ctypes
import gc
from collections.abc import Callable
from pathlib import Path

RESET_PEAK = "5"
"""What /proc/self/clear_refs wants to hear (proc(5)): the peak is then what is taken now."""


def peak_of(task: Callable[[], object]) -> float:
    """Returns by how many megabytes the process has grown at most while it did something.

    What was freed before is given back first: otherwise it would be used again and not be counted.
    """
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    Path("/proc/self/clear_refs").write_text(RESET_PEAK)
    before = _kilobytes("VmRSS")
    task()
    return (_kilobytes("VmHWM") - before) / 1024


def _kilobytes(name: str) -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    [line] = [line for line in lines if line.startswith(f"{name}:")]
    return int(line.split()[1])
