"""The bytecode of our own templates, kept where Python keeps that of our modules.

Compiling the templates of one figure takes a fifth of a refresh. What a theme brings is
compiled anew each time: nothing is left in folders that are not ours, and nothing that
runs is read from the state folder, which may come from anywhere.
"""

import sys
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket


class PackagedBytecodeCache(FileSystemBytecodeCache):
    """For templates below `folder`, beside the bytecode of the module file `beside`.

    Where Python may not write its own, nothing is written. Named like bytecode of
    Python, a file of it counts as no input of a build.
    """

    def __init__(self, folder: Path, beside: str) -> None:
        here = Path(cache_from_source(beside)).parent
        super().__init__(str(here), f"template-%s.{sys.implementation.cache_tag}.pyc")
        self._ours = f"{folder}/"

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        if filename is None or not filename.startswith(self._ours):
            return ""
        return super().get_cache_key(name, filename)

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key:
            try:
                super().load_bytecode(bucket)
            except Exception:  # cut off or damaged: as if it were not there
                bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.key and not sys.dont_write_bytecode:
            with suppress(OSError):
                super().dump_bytecode(bucket)
