"""Writing files so that a kill at any moment leaves every file whole."""

import os
from pathlib import Path

SUFFIX = ".live-stats-new"
"""What a half-written file is called; left-overs are removed by the next fill."""


def write(path: Path, data: bytes) -> bool:
    """Write `data` under `path` if it says anything else; true if it was written.

    The new file is made beside the old one and takes its name when it is whole.
    """
    try:
        if path.read_bytes() == data:
            return False
    except (FileNotFoundError, IsADirectoryError):
        pass
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}{SUFFIX}")
    new.write_bytes(data)
    os.replace(new, path)
    return True
