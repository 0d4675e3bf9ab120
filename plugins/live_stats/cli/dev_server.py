"""`dev`: the author's server. It builds on every save and reloads the browser."""

import argparse
import gc
import os
import socket
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from watchfiles import Change, DefaultFilter, watch

# This runs Pelican's own `__init__`, which has to come before its other modules.
from pelican import signals
from pelican.plugins.incremental import Unsure, textless
from pelican.plugins.incremental.system import process_pool

from ..model.errors import Advice, Mistake, Mistakes
from ..model.messages import count_of
from ..pelican_plugin import plugin
from ..pelican_plugin.build import BuildContext
from ..pelican_plugin.checks.error_report import template_mistake
from ..pelican_plugin.content import drafts
from ..pelican_plugin.runner import advice_on, build
from ..publishing.run import Outcome
from ..storage import atomic_write
from ..storage.paths import BUILD_FOLDER
from ..storage.system_errors import mistake_of
from .dev_app import PreviewApp
from .publish import check_settings_file
from .serve import OwnBrowserOnly

IDLE = 5.0
"""Seconds without a save after which there is time to collect garbage."""

NOT_WATCHED = (".build", "output", ".git", ".venv", "content/data", "node_modules")


def dev_command(options: argparse.Namespace) -> int:
    """Serve the site on this machine until Ctrl-C, and build it at every save."""
    check_settings_file(options.settings)
    home = Path(BUILD_FOLDER).absolute() / "dev"
    with atomic_write.single_instance(home) as alone:
        if not alone:
            raise _mistake(str(home), "another make dev is running here", "end it")
        return _serve(options, home / "output")


def _serve(options: argparse.Namespace, output: Path) -> int:
    signals.article_generator_pretaxonomy.connect(textless(drafts.include_drafts))
    signals.page_generator_finalized.connect(textless(drafts.include_draft_pages))
    app = PreviewApp(output)
    builder = DevBuilder(options.settings, app)
    server = listen(options.port, app)
    try:
        saves = watch_sources()
        next(saves)  # from now on: what is saved during the first build counts
        builder.build([])
        server.start()
        print(f"http://127.0.0.1:{options.port}/  (a save builds; Ctrl-C ends it)")
        sys.stdout.flush()
        changed = _build_on_save(builder, saves)
    except KeyboardInterrupt:
        return 0
    finally:
        app.stop()
    print(f"{changed} changed: starting again")
    sys.stdout.flush()
    command = [sys.executable, "-m", "live_stats_command", *sys.argv[1:]]
    os.execv(sys.executable, command)


class PreviewServer(ThreadingMixIn, WSGIServer):
    """Serves an application in threads: streams of events stay open."""

    daemon_threads = True

    def start(self) -> None:
        """Serve until the process ends."""
        thread = threading.Thread(target=self.serve_forever, daemon=True)
        process_pool.HARMLESS.add(thread)  # it waits for connections
        thread.start()

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        thread = threading.current_thread()
        process_pool.HARMLESS.add(thread)  # it reads files, and waits for builds
        try:
            super().process_request_thread(request, client_address)
        finally:
            process_pool.HARMLESS.discard(thread)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Report errors, but not that a browser has closed its connection."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class _SilentHandler(OwnBrowserOnly, WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """The terminal is for what the author saved, not for each request."""


def listen(port: int, app: PreviewApp) -> PreviewServer:
    """The server of an application, for this machine; it does not run yet."""
    try:
        server = PreviewServer(("127.0.0.1", port), _SilentHandler)
    except OSError as error:
        free = _free_port(port + 1)
        raise _mistake(
            f"port {port}",
            error.strerror or str(error),
            f"{free} is free: make dev port={free}",
        ) from error
    server.set_app(app)
    return server


def _build_on_save(builder: "DevBuilder", saves: Iterator[list[str]]) -> str:
    """Build after each save; returns the file of Python that needs a new start."""
    # A collection of garbage among ten thousand posts takes a second: that is for when
    # nobody waits.
    gc.disable()
    collect_at = time.monotonic() + IDLE
    for changed in saves:
        for name in changed:
            if name.endswith(".py") and "/" in name:
                return name
        if changed:
            builder.build(changed)
            collect_at = time.monotonic() + IDLE
        elif time.monotonic() > collect_at:
            gc.collect()
            collect_at = float("inf")
    raise AssertionError("the watcher has ended")


class DevBuilder:
    """Builds the author's site, with drafts and planned posts, and fetches nothing."""

    def __init__(self, settings_file: str, app: PreviewApp) -> None:
        self.settings_file, self.app = settings_file, app
        self.advice: list[Advice] = []

    def build(self, changed: list[str]) -> None:
        """Build once and print a line about it; mistakes are shown over the pages.

        The terminal shows the advice on the files that were saved, too.
        """
        started = time.monotonic()
        self._advise_on(changed)
        mistakes, count = self._try(changed)
        self.app.update(mistakes)
        for line in [*mistakes, *self.advice]:
            print(line, file=sys.stderr)
        because = f"{', '.join(changed[:3])}: " if changed else ""
        seconds = f"{time.monotonic() - started:.1f} s"
        if mistakes:
            print(f"{because}not built, in {seconds}; the last good pages stay")
        else:
            print(f"{because}{count_of(count, 'file')} written, in {seconds}")
        sys.stdout.flush()

    def _advise_on(self, changed: list[str]) -> None:
        """Have the next build give its advice on these files, once it has read them."""
        saved = set(map(os.path.abspath, changed))
        self.advice = []

        def on_read(site: BuildContext) -> None:
            self.advice = advice_on(site, saved)

        plugin.installed().on_read = on_read if saved else None

    def _try(self, changed: list[str]) -> tuple[list[str], int]:
        """Build once; returns the mistakes, and how many files were written."""
        override = {
            "OUTPUT_PATH": str(self.app.folder),
            "LIVE_STATS_OFFLINE": True,
            "LIVE_STATS_PREVIEWS": True,
            "INCREMENTAL_HOLD": True,
            "SEARCH": False,  # it would make every save slower
            "FEED_DOMAIN": "http://127.0.0.1",  # whatever the port: it is a setting
        }
        try:
            outcome = _rebuild_texts(changed) or build(
                self.settings_file, override, quiet=True
            )
        except Mistakes as mistakes:
            return [str(mistake) for mistake in mistakes.mistakes], 0
        except Exception as error:
            return [str(mistake_of(error) or _placed(error))], 0
        if outcome.damaged:
            print(outcome.damaged, file=sys.stderr)
        return [], outcome.filled.written


def _rebuild_texts(changed: list[str]) -> Outcome | None:
    """Build where only texts have changed; None where a whole build is needed."""
    try:
        return plugin.installed().rebuild(list(map(os.path.abspath, changed)))
    except Unsure:
        return None


def watch_sources() -> Iterator[list[str]]:
    """The files that were saved together, again and again, as paths from here.

    The first list comes when the watching has begun, and an empty one now and then.
    """
    here = os.getcwd()
    skip = tuple(os.path.join(here, name) for name in NOT_WATCHED)

    class Sources(DefaultFilter):
        def __call__(self, change: Change, path: str) -> bool:
            return super().__call__(change, path) and not path.startswith(skip)

    for changes in watch(
        here,
        watch_filter=Sources(),
        debounce=100,
        step=20,
        rust_timeout=50,
        yield_on_timeout=True,
    ):
        yield sorted({os.path.relpath(path, here) for _, path in changes})


def _placed(error: Exception) -> Mistake:
    """Turn an error of a template, of the settings or of Pelican into a mistake.

    Its place is the last line that is the author's own.
    """
    found = template_mistake(error)
    if found is not None:
        return found
    here, what = os.getcwd(), f"{type(error).__name__}: {error}"
    if isinstance(error, SyntaxError) and error.filename:
        path = os.path.relpath(error.filename, here)
        return Mistake(path=path, line=error.lineno or 0, what=error.msg or what)
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        below = os.path.relpath(frame.filename, here)
        if not below.startswith((os.pardir, ".venv", "plugins", "src")):
            return Mistake(path=below, line=frame.lineno or 0, what=what)
    traceback.print_exception(error)
    mend = "report it with the lines that the terminal shows"
    return Mistake(path="the build", what=f"a bug of ours: {what}", mend=mend)


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
