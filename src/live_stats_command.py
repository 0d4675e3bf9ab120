"""The command `live-stats`: publish, refresh, serve and others.

The plugin's packages lie below `pelican.plugins`, and importing anything there runs
Pelican's `__init__`, which takes a quarter of a second. A refresh needs nothing of it.
So the command, and only the command, defers that module until something reads one of
its attributes. This module lies outside of `pelican`: inside, it would be too late.
"""

import os
import sys
from _signal import (  # type: ignore[import-not-found]  # `signal` loads for longer
    SIG_IGN,
    SIGINT,
    getsignal,
    signal,
)

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")
"""What asks a command to end: Ctrl-C, a service manager, a terminal that is closed."""

BUG = 70
"""The exit code after an error that nobody expected (`EX_SOFTWARE` of BSD)."""


def _end_now(number: int = SIGINT, frame: object = None) -> None:
    """End at once: nothing has been begun, or it is asked for a second time.

    All files are written so that a kill at any moment leaves them whole.
    """
    try:
        os.write(2, b"interrupted; the next run picks up from here\n")
    finally:
        os._exit(128 + number)


def _listen(action: object) -> None:
    """Have `action` called by a signal to end, unless it is to be ignored (`nohup`)."""
    import _signal

    for name in SIGNALS:
        number = getattr(_signal, name, None)
        if number is not None and getsignal(number) is not SIG_IGN:
            signal(number, action)


if __name__ == "__main__" or os.path.basename(sys.argv[0]).startswith("live-stats"):
    # Before all that takes a while to load: there is nothing to tidy up yet, and
    # Python would end with a traceback.
    _listen(_end_now)

import errno
import gc
import io
import time
from contextlib import suppress
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


class PatientFile(io.FileIO):
    """Standard output or error: when nobody reads it any more, the work goes on.

    `make publish | head -1` must end with the site published. `lost` says why what was
    said could not be written, as on a full disk; empty if it was, or if nobody cares.
    """

    lost = ""

    def write(self, data: Any) -> int:
        try:
            return super().write(data)
        except OSError as error:
            if error.errno not in (errno.EPIPE, errno.EIO):  # EIO: the terminal is gone
                self.lost = error.strerror or str(error)
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.fileno())
            return len(data)


def _open_streams() -> None:
    """Let prints succeed whatever standard output and error are.

    One that is closed (`>&-`) would give its number to the next file that is opened,
    and whatever a child prints would go there. A name that is not UTF-8, or a terminal
    that is none, must not end a run in the middle of a line.
    """
    if os.name != "posix":
        return
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # it gets the lowest number that is free
    if sys.stdin is None:
        sys.stdin = open(0, closefd=False)
    for name, number in (("stdout", 1), ("stderr", 2)):
        old = getattr(sys, name)
        new = io.TextIOWrapper(
            io.BufferedWriter(PatientFile(number, "w", closefd=False)),
            encoding=old.encoding if old else "utf-8",
            errors="backslashreplace",
            line_buffering=old.line_buffering if old else False,
            write_through=old.write_through if old else False,
        )
        setattr(sys, name, new)


def _use_utf8() -> None:
    """Start again with UTF-8 where the locale knows but few letters (`LC_ALL=C`).

    Texts, messages and the names of files are UTF-8 everywhere.
    """
    if sys.getfilesystemencoding() != "utf-8" and not sys.flags.utf8_mode:
        os.environ["PYTHONUTF8"] = "1"
        command = [sys.executable, "-X", "utf8", *sys.orig_argv[1:]]
        os.execv(sys.executable, command)


def _mend_time_zone() -> None:
    """Use UTC where `TZ` names a file that tells of no zone, as the C library does.

    Babel ends with an error for it as soon as it is loaded.
    """
    name = os.environ.get("TZ", "").removeprefix(":")
    if not name or not os.path.exists(name):
        return  # the name of a zone, which Babel looks up itself
    with suppress(OSError), open(name, "rb") as file:
        if file.read(4) == b"TZif":
            return
    os.environ["TZ"] = "UTC0"
    if hasattr(time, "tzset"):
        time.tzset()


def _interrupt(number: int, frame: object) -> None:
    """Let the command tidy up: what was spent is stored. The next signal ends it."""
    _listen(_end_now)
    raise KeyboardInterrupt(number)


def _unraisable(told: "sys.UnraisableHookArgs") -> None:
    """A signal that arrives where Python would only print it ends the command."""
    if isinstance(told.exc_value, KeyboardInterrupt):
        _end_now(*told.exc_value.args[:1])
    sys.__unraisablehook__(told)


def _report_bug() -> int:
    """Print the error that nobody expected, and where to report it; the exit code."""
    import platform
    import traceback
    from importlib import metadata

    traceback.print_exc()
    version, where = "?", "as an issue on the project's page"
    for name in ("live-stats-blog", "pelican-live-stats"):
        try:
            found = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue
        version = found["Version"]
        urls = dict(one.split(", ", 1) for one in found.get_all("Project-URL") or ())
        where = urls.get("Issues") or where
        break
    print(
        "This is a bug of ours, and no mistake of yours. Please report it with the "
        f"lines above: {where} "
        f"(live-stats {version}, Python {platform.python_version()}, {sys.platform})",
        file=sys.stderr,
    )
    return BUG


def main() -> None:
    """Run the command and end the process with its exit code."""
    _listen(_end_now)
    sys.unraisablehook = _unraisable
    _use_utf8()
    _mend_time_zone()
    _open_streams()
    defer("pelican")
    try:
        code = _run()
    except SystemExit as end:  # wrong usage, or --help
        code = end.code if isinstance(end.code, int) else 2
    except KeyboardInterrupt as stop:  # while another one was being told
        _end_now(*stop.args[:1])
    except Exception:
        code = _report_bug()
    _listen(_end_now)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
            lost = getattr(getattr(stream.buffer, "raw", None), "lost", "")
        except OSError as error:
            lost = str(error.strerror)
        if lost:  # all is done, but what was said is not all told
            with suppress(OSError):
                text = f"what was said could not be written: {lost}\n"
                os.write(2, text.encode())
            code = code or 1
    # Everything is written. Taking ten thousand posts apart, one by one, would only
    # cost the author a third of a second.
    os._exit(code)


def _run() -> int:
    from pelican.plugins.live_stats.cli.parser import main as run

    if sys.argv[1:2] in (["publish"], ["refresh"]):
        # These end when the site is there: looking through ten thousand posts for what
        # could be let go takes longer than what it would free is worth.
        gc.disable()
    _listen(_interrupt)
    return run(sys.argv[1:])


if __name__ == "__main__":
    main()
