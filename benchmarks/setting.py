"""What a measurement depends on besides the program: machine, versions, and what else was going on."""

from __future__ import annotations

import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil

from benchmarks.peers.timefold.program import VERSION as TIMEFOLD
from classplanner import __version__

__all__ = ["setting"]


def setting() -> dict[str, Any]:
    """Say on what machine, with which versions and under what load a row is measured."""
    return {
        "processor": _processor(),
        "cores": psutil.cpu_count(),
        "memory_gb": round(psutil.virtual_memory().total / 1e9, 1),
        "system": f"{platform.system()} {platform.release()}",
        "load": round(os.getloadavg()[0], 1),
        "nice": os.nice(0),
        "classplanner": __version__,
        "commit": _said("git", "-C", str(Path(__file__).parent), "describe", "--always", "--dirty"),
        "python": platform.python_version(),
        "ortools": version("ortools"),
        "timefold": TIMEFOLD,
        "java": _said("java", "-version").partition("\n")[0],
    }


def _processor() -> str:
    """Name the processor, which Linux tells in a file only."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def _said(*command: str) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return (done.stdout or done.stderr).strip() if done.returncode == 0 else ""
