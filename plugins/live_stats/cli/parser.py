"""The commands behind `make`, and what they answer with."""

import argparse
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from ..model.errors import LiveStatsError, Mistake, Mistakes
from ..model.messages import count_of
from ..publishing.output_scan import OutputScan
from ..storage import atomic_write
from ..storage.paths import BUILD_FOLDER


def main(arguments: list[str]) -> int:
    """Run one command; its exit code.

    0 done, 1 a mistake to mend, 2 wrong usage, 3 done, but numbers are too old.
    """
    options = _parser().parse_args(arguments)
    try:
        return _run(options)
    except Mistakes as error:
        for mistake in error.mistakes:
            print(mistake, file=sys.stderr)
        if options.writes:
            count = count_of(len(error.mistakes), "mistake")
            print(f"{count}: nothing was published.", file=sys.stderr)
    except LiveStatsError as error:
        print(error, file=sys.stderr)
    except BrokenPipeError:
        # Whoever read our lines has seen enough (`make platforms | head`).
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("interrupted; the next run picks up from here", file=sys.stderr)
        return 130
    return 1


def _run(options: argparse.Namespace) -> int:
    """Run the command; what a template did wrong is a mistake with a place."""
    try:
        if not options.writes:
            return options.run(options)
        with atomic_write.single_instance(Path(BUILD_FOLDER)) as alone:
            if not alone:
                raise Mistakes(
                    [
                        Mistake(
                            path=BUILD_FOLDER,
                            what="another publish or refresh is running here",
                            mend="let it end, then try again",
                        )
                    ]
                )
            # What takes long is begun before all that is needed is loaded.
            options.scan = OutputScan()
            return options.run(options)
    except LiveStatsError:
        raise
    except Exception as error:
        from ..pelican_plugin.checks.error_report import (
            of_other_plugins,
            template_mistake,
        )

        if mistakes := of_other_plugins(error):
            raise Mistakes(mistakes) from error
        mistake = template_mistake(error)
        if mistake is None:
            raise
        raise Mistakes([mistake]) from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="live-stats",
        description="A blog whose numbers stay true: build it, refresh it, read it.",
        epilog="Exit codes: 0 done, 1 a mistake to mend, 2 wrong usage, "
        "3 done, but numbers are older than LIVE_STATS_FAIL_AFTER allows.",
    )
    parser.set_defaults(writes=False)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    build = commands.add_parser(
        "publish", help="build the site, ask the platforms, write output/"
    )
    build.add_argument(
        "--fresh", action="store_true", help="build everything, whatever is remembered"
    )
    build.set_defaults(run=_later("publish", "publish_command"), writes=True)
    again = commands.add_parser(
        "refresh", help="ask the platforms, write only the pages whose numbers changed"
    )
    again.add_argument("--all", action="store_true", help="ask even what is fresh")
    again.set_defaults(run=_later("publish", "refresh_command"), writes=True)
    for command in (build, again):
        command.add_argument(
            "--settings", default="publishconf.py", help="the settings file"
        )
        command.add_argument(
            "--offline", action="store_true", help="ask nobody; use the history alone"
        )
    serve = commands.add_parser("serve", help="serve output/ on this machine")
    serve.add_argument("--port", type=int, default=8000)
    serve.set_defaults(run=_later("serve", "serve_command"))
    dev = commands.add_parser(
        "dev", help="the author's server: builds on every save, reloads the browser"
    )
    dev.add_argument("--settings", default="pelicanconf.py", help="the settings file")
    dev.add_argument("--port", type=int, default=8000)
    dev.set_defaults(run=_later("dev_server", "dev_command"))
    explain = commands.add_parser(
        "explain", help="why a file of output/ was written, or was not"
    )
    explain.add_argument("file", help="such as output/index.html")
    explain.set_defaults(run=_later("explain", "explain_command"))
    listing = commands.add_parser(
        "platforms", help="what can be counted where, how sure it is, what it needs"
    )
    listing.add_argument("names", nargs="*", help="only these platforms")
    listing.set_defaults(run=_later("platforms", "platforms_command"))
    stats = commands.add_parser(
        "stats", help="how the last collections went, and what they spent"
    )
    stats.set_defaults(run=_later("platforms", "stats_command"))
    live = commands.add_parser(
        "live", help="ask every platform that needs no key once, and compare the shape"
    )
    live.add_argument("--seconds", type=float, default=90.0, help="how long at most")
    live.add_argument("names", nargs="*", help="only these platforms")
    live.set_defaults(run=_later("check_providers", "live_command"))
    accepting = commands.add_parser(
        "accept", help="store a reading that was held because it looked implausible"
    )
    accepting.add_argument("series", help="such as mastodon/tag/metoo/posts@6d")
    accepting.set_defaults(run=_accept)
    return parser


def _later(module: str, name: str) -> Callable[[argparse.Namespace], int]:
    """A command that is loaded when it runs: the others start without its libraries."""

    def run(options: argparse.Namespace) -> int:
        return getattr(import_module(f".{module}", __package__), name)(options)

    return run


def _accept(options: argparse.Namespace) -> int:
    from ..publishing.index import SiteIndex

    index = SiteIndex.load(Path(BUILD_FOLDER).absolute())
    about = index.about if index else None
    if about is None:
        raise Mistakes(
            [
                Mistake(
                    path=BUILD_FOLDER,
                    what="no site was built here",
                    mend="make publish",
                )
            ]
        )
    from .accept import accept

    print(accept(Path(about.data), options.series, datetime.now(UTC)))
    return 0
