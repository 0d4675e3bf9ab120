"""The command `live-stats`: publish, refresh, serve and others.

The plugin's packages lie below `pelican.plugins`, and importing anything there runs
Pelican's `__init__`, which takes a quarter of a second. A refresh needs nothing of it.
So the command, and only the command, defers that module until something reads one of
its attributes. This module lies outside of `pelican`: inside, it would be too late.
"""

import gc
import os
import sys
from importlib.util import find_spec, module_from_spec
from pkgutil import extend_path
from types import ModuleType
from typing import Any


class DeferredModule(ModuleType):
    """A package whose `__init__` runs when the first of its attributes is read.

    `importlib.util.LazyLoader` would run it as soon as a submodule is imported, because
    it cannot tell reading `__path__` from reading anything else.
    """

    def __getattr__(self, name: str) -> Any:
        self.__class__ = ModuleType  # type: ignore[assignment]  # from now on a usual one
        assert self.__spec__ is not None and self.__spec__.loader is not None
        self.__spec__.loader.exec_module(self)
        return getattr(self, name)


def defer(name: str) -> None:
    """Put a deferred module in the place of the package `name`, if it is not loaded."""
    if name in sys.modules:
        return
    spec = find_spec(name)
    if spec is None:
        return
    module = module_from_spec(spec)
    module.__class__ = DeferredModule
    # As Pelican's own `__init__` does, so that plugins are found wherever they lie.
    module.__path__ = extend_path(module.__path__, name)
    sys.modules[name] = module


def main() -> None:
    """Run the command and end the process with its exit code."""
    defer("pelican")
    from pelican.plugins.live_stats.cli.parser import main as run

    if sys.argv[1:2] in (["publish"], ["refresh"]):
        # These end when the site is there: looking through ten thousand posts for what
        # could be let go takes longer than what it would free is worth.
        gc.disable()
    code = run(sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    # Everything is written. Taking ten thousand posts apart, one by one, would only
    # cost the author a third of a second.
    os._exit(code)


if __name__ == "__main__":
    main()
