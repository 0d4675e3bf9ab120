"""Run one command as a child: how long it takes, how much memory it needs."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

# Linux counts in kibibytes, macOS in bytes.
UNIT = 1 if sys.platform == "darwin" else 1024


class Failed(Exception):
    """A command that did not end well, and the end of what it said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Wall time in seconds; the peak resident bytes of the largest process."""

    seconds: float
    peak: int


def measure(
    command: list[str], folder: Path, environment: Mapping[str, str], log: Path
) -> Measured:
    """Run `command` in `folder`, its words to `log`. Raises `Failed`."""
    # As at most desks: modules are compiled by the first run, not by each of them.
    desk = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    os.sync()  # what others have left to write is not this tool's cost
    with open(log, "wb") as output:
        started = time.perf_counter()
        child = subprocess.Popen(
            command,
            cwd=folder,
            env={**desk, **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            # Its usage covers the children that it has waited for, as `max` of them.
            _, status, usage = os.wait4(child.pid, 0)
        except BaseException:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
            raise
        seconds = time.perf_counter() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        said = log.read_text(errors="replace").strip().splitlines()
        raise Failed(f"ended with {child.returncode}: {''.join(said[-1:])}")
    return Measured(seconds=seconds, peak=usage.ru_maxrss * UNIT)
