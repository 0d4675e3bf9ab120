"""`dev`: the author's server. It builds on every save and reloads the browser."""

import argparse
import gc
import os
import socket
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from livereload import Server
from livereload.handlers import LiveReloadHandler
from tornado.ioloop import IOLoop
from watchfiles import DefaultFilter, watch

from pelican.plugins import signals
from pelican.plugins.incremental import Unsure, textless
from pelican.plugins.incremental.system import process_pool

from ..model.errors import Mistake, Mistakes
from ..model.messages import count_of
from ..pelican_plugin import plugin
from ..pelican_plugin.checks.error_report import template_mistake
from ..pelican_plugin.content import drafts
from ..pelican_plugin.runner import build
from ..publishing.run import Outcome
from ..storage import atomic_write
from ..storage.paths import BUILD_FOLDER
from .dev_app import PreviewApp
from .publish import check_settings_file

IDLE = 5_000  # ms
NOT_WATCHED = (".build", "output", ".git", ".venv", "content/data", "node_modules")


def dev_command(options: argparse.Namespace) -> int:
    check_settings_file(options.settings)
    home = Path(BUILD_FOLDER).absolute() / "dev"
    with atomic_write.single_instance(home) as alone:
        if not alone:
            raise _mistake(str(home), "another make dev is running here", "end it")
        return _serve(options, home)


def _serve(options: argparse.Namespace, home: Path) -> int:
    signals.article_generator_pretaxonomy.connect(textless(drafts.include_drafts))
    pages = PreviewApp(home / "output")
    address = f"http://127.0.0.1:{options.port}"
    desk = DevBuilder(options.settings, pages)
    saved = FileWatcher(desk)
    server = Server(pages, saved)
    try:
        server.application(options.port, "127.0.0.1", debug=False)
    except OSError as error:
        free = _free_port(options.port + 1)
        raise _mistake(
            f"port {options.port}",
            error.strerror or str(error),
            f"{free} is free: make dev port={free}",
        ) from error
    saved.watch()  # from now on: what is saved while the site is first built counts
    desk.build([])
    print(f"{address}/  (a save builds; Ctrl-C ends it)")
    sys.stdout.flush()
    try:
        LiveReloadHandler.start_tasks()
        IOLoop.current().start()
    except KeyboardInterrupt:
        pass
    return 0


class DevBuilder:
    """Builds the author's site: drafts and planned posts too, and nobody is asked."""

    def __init__(self, settings_file: str, pages: PreviewApp) -> None:
        self.settings_file, self.pages = settings_file, pages

    def build(self, changed: list[str]) -> None:
        """One build, and a line about it; what is wrong goes over the pages."""
        started = time.monotonic()
        override = {
            "OUTPUT_PATH": str(self.pages.folder),
            "LIVE_STATS_OFFLINE": True,
            "LIVE_STATS_PREVIEWS": True,
            "INCREMENTAL_HOLD": True,
            "SEARCH": False,  # it would make every save slower
            "FEED_DOMAIN": "http://127.0.0.1",  # whatever the port: it is a setting
        }
        wrong: list[str] = []
        try:
            outcome = self._again(changed) or build(
                self.settings_file, override, quiet=True
            )
            count = outcome.filled.written
            if outcome.damaged:
                print(outcome.damaged, file=sys.stderr)
        except Mistakes as mistakes:
            wrong = [str(mistake) for mistake in mistakes.mistakes]
        except Exception as error:
            wrong = [str(_placed(error))]
        self.pages.wrong = wrong
        for line in wrong:
            print(line, file=sys.stderr)
        because = f"{', '.join(changed[:3])}: " if changed else ""
        seconds = f"{time.monotonic() - started:.1f} s"
        if wrong:
            print(f"{because}not built, in {seconds}; the last good pages stay")
        else:
            print(f"{because}{count_of(count, 'file')} written, in {seconds}")
        sys.stdout.flush()

    def _again(self, changed: list[str]) -> Outcome | None:
        """What came of a text that changed alone; None for a whole build."""
        try:
            return plugin.installed().rebuild(list(map(os.path.abspath, changed)))
        except Unsure:
            return None


class FileWatcher:
    """Tells the reloader of saves: with what it wants of a watcher, and no more."""

    def __init__(self, desk: DevBuilder) -> None:
        self.desk = desk
        self.filepath = None
        self._tasks = {".": None}  # else it would watch this folder in its own way
        self._changes: list[Any] = []
        self._saved: SimpleQueue[list[str]] = SimpleQueue()

    def watch(self) -> None:
        """Begin to watch the sources; `start` begins to build what was saved."""

        def follow() -> None:
            for changed in saves():
                self._saved.put(changed)

        watcher = threading.Thread(target=follow, daemon=True)
        process_pool.HARMLESS.add(watcher)  # it waits for the system
        watcher.start()

    def start(self, callback: Callable[[], None]) -> bool:
        loop = IOLoop.current()
        process_pool.HARMLESS.add(threading.current_thread())  # it waits in the loop

        def follow() -> None:
            while True:
                changed = self._next()
                if not changed:
                    gc.collect()
                    continue
                if any(name.endswith(".py") and "/" in name for name in changed):
                    print(f"{changed[0]} changed: starting anew")
                    sys.stdout.flush()
                    command = [
                        sys.executable,
                        "-m",
                        "live_stats_command",
                        *sys.argv[1:],
                    ]
                    os.execv(sys.executable, command)
                self.desk.build(changed)
                loop.add_callback(callback)

        # A collection of garbage among ten thousand posts takes a second: that is for
        # when nobody waits.
        gc.disable()
        threading.Thread(target=follow, daemon=True).start()
        return True

    def _next(self) -> list[str]:
        """All that was saved since the last build; waits until something is said."""
        changed = set(self._saved.get())
        while not self._saved.empty():
            changed.update(self._saved.get())
        return sorted(changed)

    def examine(self) -> tuple[str, None]:
        return "__livereload__", None


def saves() -> Iterator[list[str]]:
    """The files that were saved together, again and again, named from here.

    Nothing, when nothing has been saved for a while.
    """
    here = os.getcwd()
    skip = tuple(os.path.join(here, name) for name in NOT_WATCHED)

    class Sources(DefaultFilter):
        def __call__(self, change: Any, path: str) -> bool:
            return super().__call__(change, path) and not path.startswith(skip)

    options = {"debounce": 100, "step": 20, "rust_timeout": IDLE}
    for changes in watch(
        here, watch_filter=Sources(), yield_on_timeout=True, **options
    ):
        yield sorted({os.path.relpath(path, here) for _, path in changes})


def _placed(error: Exception) -> Mistake:
    """An error of a template, of the settings or of Pelican, with its place."""
    found = template_mistake(error)
    if found is not None:
        return found
    here, what = os.getcwd(), f"{type(error).__name__}: {error}"
    if isinstance(error, SyntaxError) and error.filename:
        path = os.path.relpath(error.filename, here)
        return Mistake(path=path, line=error.lineno or 0, what=error.msg or what)
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        below = os.path.relpath(frame.filename, here)
        if not below.startswith((os.pardir, ".venv", "plugins")):
            return Mistake(path=below, line=frame.lineno or 0, what=what)
    return Mistake(path="the build", what=what)


def _free_port(start: int) -> int:
    for port in range(start, start + 100):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    return start


def _mistake(path: str, what: str, mend: str) -> Mistakes:
    return Mistakes([Mistake(path=path, what=what, mend=mend)])
