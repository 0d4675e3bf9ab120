"""What `make publish`, `make refresh` and `make serve` run, and what they say."""

import argparse
import functools
import http.server
import logging
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from . import files
from .credentials import environment
from .errors import LiveStatsError, Mistake, Mistakes
from .index import FOLDER, SITE, Index
from .publish import Outcome, Run
from .report import progress, report
from .site_errors import template_mistake, worth_printing


def main(arguments: list[str]) -> int:
    """Run one command; its exit code: 0 done, 1 a mistake to mend, 2 wrong usage."""
    options = _parser().parse_args(arguments)
    try:
        return _run(options)
    except Mistakes as error:
        for mistake in error.mistakes:
            print(mistake, file=sys.stderr)
        if options.run in (_publish, _refresh):
            count = len(error.mistakes)
            noun = "mistake" if count == 1 else "mistakes"
            print(f"{count} {noun}: nothing was published.", file=sys.stderr)
    except LiveStatsError as error:
        print(error, file=sys.stderr)
    except KeyboardInterrupt:
        print("interrupted; the next run picks up from here", file=sys.stderr)
        return 130
    return 1


def _run(options: argparse.Namespace) -> int:
    """Run the command; what a template did wrong is a mistake with a place."""
    try:
        if options.run not in (_publish, _refresh):
            return options.run(options)
        with files.alone(Path(FOLDER)) as alone:
            if not alone:
                raise Mistakes(
                    [
                        Mistake(
                            path=FOLDER,
                            what="another publish or refresh is running here",
                            mend="let it end, then try again",
                        )
                    ]
                )
            return options.run(options)
    except LiveStatsError:
        raise
    except Exception as error:
        mistake = template_mistake(error)
        if mistake is None:
            raise
        raise Mistakes([mistake]) from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="live_stats",
        description="A blog whose numbers stay true: build it, refresh it, read it.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    build = commands.add_parser(
        "publish", help="build the site, ask the platforms, write output/"
    )
    build.add_argument("--settings", default="publishconf.py", help="the settings file")
    build.set_defaults(run=_publish)
    again = commands.add_parser(
        "refresh", help="ask the platforms, write only the pages whose numbers changed"
    )
    again.add_argument("--settings", default="publishconf.py", help="the settings file")
    again.add_argument("--all", action="store_true", help="ask even what is fresh")
    again.set_defaults(run=_refresh)
    for command in (build, again):
        command.add_argument(
            "--offline", action="store_true", help="ask nobody; use the history alone"
        )
    serve = commands.add_parser("serve", help="serve output/ on this machine")
    serve.add_argument("--port", type=int, default=8000)
    serve.set_defaults(run=_serve)
    accept = commands.add_parser(
        "accept", help="store a reading that was held because it looked implausible"
    )
    accept.add_argument("series", help="such as mastodon/tag/metoo/posts@6d")
    accept.set_defaults(run=_accept)
    return parser


def _publish(options: argparse.Namespace) -> int:
    started = time.monotonic()
    outcome = _build(options.settings, offline=options.offline)
    if outcome.decided:
        print(f"numbers that templates decide on moved: {', '.join(outcome.decided)}")
        print("building once more, so that those pages follow")
        first = outcome
        outcome = _build(options.settings, offline=True)
        outcome.platforms, outcome.offline = first.platforms, options.offline
        outcome.filled.written += first.filled.written
    report(outcome, time.monotonic() - started)
    return 0


def _build(settings_file: str, *, offline: bool) -> Outcome:
    """One run of Pelican, with what it logs turned into lines of ours."""
    from pelican import Pelican
    from pelican.log import console
    from pelican.settings import read_settings

    from . import pelican_plugin

    if not Path(settings_file).is_file():
        raise Mistakes(
            [
                Mistake(
                    path=settings_file,
                    what="there is no such settings file here",
                    mend="run this where pelicanconf.py lies, or name it: --settings",
                )
            ]
        )
    logging.basicConfig(level=logging.WARNING, format="%(message)s", force=True)
    for handler in logging.getLogger().handlers:
        handler.addFilter(worth_printing)
    override = {"LIVE_STATS_OFFLINE": True} if offline else {}
    settings = read_settings(settings_file, override=override)
    console.quiet = True  # its summary has ten numbers; ours says what was done
    Pelican(settings).run()
    outcome = pelican_plugin.outcome()
    if outcome is not None:
        print(pelican_plugin.summary())
    else:
        raise Mistakes(
            [
                Mistake(
                    path=settings_file,
                    what="PLUGINS does not name live_stats",
                    mend='write PLUGIN_PATHS = ["plugins"], PLUGINS = ["live_stats"]',
                )
            ]
        )
    return outcome


def _refresh(options: argparse.Namespace) -> int:
    started, now = time.monotonic(), datetime.now(UTC)
    folder = Path(FOLDER).absolute()
    index = Index.load(folder)
    reason = _why_publish(index, folder, now)
    if index is None or reason:
        print(f"{reason}: publishing")
        return _publish(options)
    run = Run(
        index=index,
        build=folder,
        environment=environment(),
        now=now,
        offline=options.offline,
        everything=options.all,
        progress=progress(),
    )
    outcome = run.finish(None)
    if outcome.decided:
        print(f"numbers that templates decide on moved: {', '.join(outcome.decided)}")
        platforms = outcome.platforms
        outcome = _build(options.settings, offline=True)
        outcome.platforms, outcome.offline = platforms, options.offline
    report(outcome, time.monotonic() - started)
    return 0


def _why_publish(index: Index | None, folder: Path, now: datetime) -> str:
    """Why a refresh is not enough; empty if it is."""
    if index is None:
        return "no site was built here yet"
    if not all((folder / SITE / name).is_file() for name in index.files):
        return "the last build is not complete"
    if not Path(index.output).is_dir():
        return "output/ is gone"
    if index.scheduled and index.scheduled <= now:
        return f"a post dated {index.scheduled:%Y-%m-%d %H:%M} is due"
    return ""


def _serve(options: argparse.Namespace) -> int:
    if not Path("output").is_dir():
        raise Mistakes(
            [Mistake(path="output", what="is not there", mend="run make publish")]
        )
    handler = functools.partial(
        http.server.SimpleHTTPRequestHandler, directory="output"
    )
    try:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", options.port), handler)
    except OSError as error:
        raise Mistakes(
            [
                Mistake(
                    path=f"port {options.port}",
                    what=error.strerror or str(error),
                    mend=f"try make serve port={options.port + 1}",
                )
            ]
        ) from error
    with server:
        print(f"http://127.0.0.1:{server.server_address[1]}/  (Ctrl-C ends it)")
        sys.stdout.flush()
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return 0
    return 0


def _accept(options: argparse.Namespace) -> int:
    from .accept import accept

    index = Index.load(Path(FOLDER).absolute())
    if index is None:
        raise Mistakes(
            [Mistake(path=FOLDER, what="no site was built here", mend="make publish")]
        )
    print(accept(Path(index.data), options.series, datetime.now(UTC)))
    return 0
