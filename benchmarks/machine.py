"""What the numbers were measured on."""

import os
import platform
import sys
from pathlib import Path


def machine() -> str:
    """Processor, cores, memory, system and Python, in one line."""
    parts = [_processor(), f"{os.cpu_count()} cores", _memory(), platform.system()]
    parts.append(f"Python {platform.python_version()}")
    return ", ".join(part for part in parts if part)


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2] for line in lines if line.startswith("model name")]
    return names[0].strip() if names else platform.machine()


def _memory() -> str:
    if sys.platform == "win32":
        return ""
    size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return f"{size / 2**30:.0f} GiB"
