"""The command `live-stats`: its subcommands, their options and exit codes.

Each subcommand is loaded when it runs, so that the others start without its libraries.
"""

import argparse
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ..model.errors import LiveStatsError, Mistake, Mistakes
from ..model.messages import count_of
from ..publishing.output_scan import OutputScan
from ..storage import atomic_write
from ..storage.paths import BUILD_FOLDER
from ..storage.system_errors import mistake_of

EXIT_CODES = """\
exit codes:
  0    done
  1    a mistake to correct, or trouble of this machine such as a full disk: it was
       printed, and every file of output/ is whole
  2    wrong usage
  3    done, but numbers are older than LIVE_STATS_FAIL_AFTER allows; live: no answer
  4    check: no mistake, but warnings
  70   a bug of ours, with a traceback to report
  130  interrupted by Ctrl-C; 143 by SIGTERM, 129 by a terminal that was closed"""

Subcommand = Callable[[argparse.Namespace], int]

if TYPE_CHECKING:
    _Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def main(arguments: list[str]) -> int:
    """Run one subcommand and return its exit code, one of `EXIT_CODES`."""
    options = make_parser().parse_args(arguments)
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
    except KeyboardInterrupt as stop:
        print("interrupted; the next run picks up from here", file=sys.stderr)
        number = stop.args[0] if stop.args else signal.SIGINT
        return 128 + int(number)
    return 1


def _run(options: argparse.Namespace) -> int:
    """Run the subcommand; errors of templates and plugins become `Mistakes`."""
    run: Subcommand = options.run
    if options.verbose:
        _say_what_is_decided()
    try:
        if not options.alone:
            return run(options)
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
            for folder in (BUILD_FOLDER, "content/data"):
                atomic_write.remove_partial(Path(folder))
            if options.writes:
                # What takes long is begun before all that is needed is loaded.
                options.scan = OutputScan()
            return run(options)
    except LiveStatsError:
        raise
    except Exception as error:
        if found := _behind(error, options):
            raise found from error
        raise


def _behind(error: Exception, options: argparse.Namespace) -> LiveStatsError | None:
    """What somebody must mend; None for an error that is a bug of ours."""
    if trouble := mistake_of(error):
        return trouble
    from ..pelican_plugin.checks.error_report import mistakes_behind, settings_mistake

    if mistakes := mistakes_behind(error):
        return Mistakes(mistakes)
    if hasattr(options, "settings"):
        if mistake := settings_mistake(error, options.settings):
            return Mistakes([mistake])
    return None


def _say_what_is_decided() -> None:
    """Print what our loggers say on standard error, with the seconds since the start.

    Not through the handlers that Pelican's loggers have: each line would come twice.
    """
    import logging

    handler = logging.StreamHandler(sys.stderr)
    started = time.time()

    class SinceStart(logging.Formatter):
        def format(self, record: logging.LogRecord) -> str:
            seconds = record.created - started
            name = record.name.removeprefix("pelican.plugins.")
            return f"{seconds:8.3f} s  {name}: {record.getMessage()}"

    handler.setFormatter(SinceStart())
    for name in ("live_stats", "incremental"):
        logger = logging.getLogger(f"pelican.plugins.{name}")
        logger.handlers[:] = [handler]
        logger.setLevel(logging.INFO)
        logger.propagate = False


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command."""
    parser = argparse.ArgumentParser(
        prog="live-stats",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description="A blog whose numbers stay true: build it, refresh it, read it.",
        epilog=f"{EXIT_CODES}\n\nlive-stats COMMAND --help explains each, "
        "with an example.",
    )
    parser.set_defaults(writes=False, alone=False, verbose=False)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for add in (_init, _new, _publish, _refresh, _check, _dev, _serve, _explain):
        add(commands)
    for add in (_platforms, _stats, _live, _accept, _reject):
        add(commands)
    return parser


def _add(
    commands: "_Commands",
    name: str,
    summary: str,
    details: str,
    example: str,
    run: Subcommand,
    *,
    writes: bool = False,
    alone: bool = False,
) -> argparse.ArgumentParser:
    """Add a subcommand. One that `writes` output/, or runs `alone`, locks the build."""
    command: argparse.ArgumentParser = commands.add_parser(
        name,
        help=summary,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description=f"{summary[0].upper()}{summary[1:]}.\n\n{details}",
        epilog=f"example:\n  {example}",
    )
    command.set_defaults(run=run, writes=writes, alone=alone or writes)
    return command


def _add_build_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--settings",
        default="publishconf.py",
        metavar="FILE",
        help="the settings file (default: publishconf.py)",
    )
    command.add_argument(
        "--offline",
        action="store_true",
        help="fetch nothing; use the numbers that are stored",
    )
    _add_verbose(command)


def _add_verbose(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--verbose",
        action="store_true",
        help="say what is decided and why, and when, on standard error",
    )


def _add_port(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--port", type=int, default=8000, help="the port (default: 8000)"
    )


def _init(commands: "_Commands") -> None:
    def run(options: argparse.Namespace) -> int:
        from ..scaffolding.begin_site import init_command

        return init_command(options)

    command = _add(
        commands,
        "init",
        "make the site your own: your name and address, without the samples",
        "It writes what you answer into pelicanconf.py and publishconf.py, and takes\n"
        "the sample posts away with their readings. A site that has other posts is\n"
        "left as it is. Without a terminal all options are needed.\n"
        'With make: make init name="My blog" address=https://… lang=en author=… '
        "contact=…",
        "live-stats init --name Notes --address https://notes.example.org --lang en "
        "--author Ada --contact ada@example.org",
        run,
    )
    command.add_argument("--name", help="the name of the site")
    command.add_argument("--address", help="where it will stand: https://…")
    command.add_argument("--lang", help="its language: en, de, pt-BR, …")
    command.add_argument("--author", help="who writes")
    command.add_argument(
        "--contact", help="an e-mail or web address: platforms want to know who asks"
    )


def _new(commands: "_Commands") -> None:
    def run(options: argparse.Namespace) -> int:
        from ..scaffolding.begin_post import new_command
        from .publish import check_settings_file

        check_settings_file(options.settings)
        return new_command(options)

    command = _add(
        commands,
        "new",
        "begin a post: a dated draft with an example figure",
        "The file is named after the day and the title, and opened in $VISUAL or\n"
        "$EDITOR if there is a terminal. Nothing is written over.\n"
        'With make: make new title="My first post" hashtags=MeToo lang=en',
        "live-stats new --title Numbers --hashtags MeToo",
        run,
    )
    command.add_argument("--title", help="the title of the post")
    command.add_argument("--hashtags", help="its hashtags, with commas between")
    command.add_argument("--lang", help="its language, if it is not the site's")
    command.add_argument(
        "--settings",
        default="pelicanconf.py",
        metavar="FILE",
        help="the settings file (default: pelicanconf.py)",
    )


def _publish(commands: "_Commands") -> None:
    def run(options: argparse.Namespace) -> int:
        from .publish import publish_command

        return publish_command(options)

    command = _add(
        commands,
        "publish",
        "build the site, fetch the numbers, write output/",
        "Only pages whose content, template or numbers have changed are rendered and\n"
        "written. A mistake in a post, a template or the settings is printed with its\n"
        "place, and output/ stays as it was. With make: make publish",
        "live-stats publish --offline",
        run,
        writes=True,
    )
    command.add_argument(
        "--fresh",
        action="store_true",
        help="render every page, as if nothing had been built before",
    )
    _add_build_options(command)


def _refresh(commands: "_Commands") -> None:
    def run(options: argparse.Namespace) -> int:
        from .publish import refresh_command

        return refresh_command(options)

    command = _add(
        commands,
        "refresh",
        "fetch the numbers, write only the pages whose numbers changed",
        "For a scheduler such as cron. It uses the pages of the last publish: where\n"
        "settings, posts, templates or code have changed since, it names them and\n"
        "leaves them to publish. It publishes by itself if a dated post is due, or if\n"
        "the last build is of no use. With make: make refresh",
        "live-stats refresh --all",
        run,
        writes=True,
    )
    command.add_argument(
        "--all", action="store_true", help="fetch numbers that are still fresh, too"
    )
    _add_build_options(command)


def _check(commands: "_Commands") -> None:
    def run(options: argparse.Namespace) -> int:
        from .check.command import check_command

        return check_command(options)

    command = _add(
        commands,
        "check",
        "list all mistakes, and what else is worth a look, without publishing",
        "It finds what publish would stop for, by the same code, and gives advice:\n"
        "images without a text, claims that the latest reading contradicts, and more\n"
        "(docs/reference/check.md). Nothing is fetched, and output/ is not touched.\n"
        "With make: make check format=github",
        "live-stats check --format json",
        run,
    )
    command.add_argument(
        "--settings",
        default="publishconf.py",
        metavar="FILE",
        help="the settings file (default: publishconf.py)",
    )
    command.add_argument(
        "--format",
        default="text",
        choices=("text", "json", "sarif", "github"),
        help="how findings are printed: text, json, sarif or github (default: text)",
    )
    command.add_argument(
        "--strict", action="store_true", help="end with 1 for warnings, too"
    )
    _add_verbose(command)


def _dev(commands: "_Commands") -> None:
    def run(options: argparse.Namespace) -> int:
        from .dev_server import dev_command

        return dev_command(options)

    command = _add(
        commands,
        "dev",
        "serve the site while you write: a save builds it and reloads the browser",
        "Drafts and planned posts are shown and marked. A mistake is shown over the\n"
        "last page that could be built, with its file and line. Nothing is fetched,\n"
        "and output/ is not touched. Ctrl-C ends it. With make: make dev",
        "live-stats dev --port 8001",
        run,
    )
    command.add_argument(
        "--settings",
        default="pelicanconf.py",
        metavar="FILE",
        help="the settings file (default: pelicanconf.py)",
    )
    _add_port(command)


def _serve(commands: "_Commands") -> None:
    def run(options: argparse.Namespace) -> int:
        from .serve import serve_command

        return serve_command(options)

    command = _add(
        commands,
        "serve",
        "serve output/ on this machine",
        "It shows what publish has written, and builds nothing. Ctrl-C ends it.\n"
        "With make: make serve",
        "live-stats serve --port 8001",
        run,
    )
    _add_port(command)


def _explain(commands: "_Commands") -> None:
    def run(options: argparse.Namespace) -> int:
        from .explain import explain_command

        return explain_command(options)

    command = _add(
        commands,
        "explain",
        "why a file of output/ was written, and what will write it again",
        "It names the template and the reason of the last rendering, everything that\n"
        "the page depends on, and the numbers that it shows.\n"
        "With make: make explain file=output/index.html",
        "live-stats explain output/index.html",
        run,
    )
    command.add_argument("file", help="a file or folder of output/")


def _platforms(commands: "_Commands") -> None:
    def run(options: argparse.Namespace) -> int:
        from .platforms import platforms_command

        return platforms_command(options)

    command = _add(
        commands,
        "platforms",
        "what can be counted where, how exactly, and what it needs",
        "For each kind of number: its metrics, its time span, how exact it is, which\n"
        "keys it needs, and an address to copy into a post. With make: make platforms",
        "live-stats platforms mastodon youtube",
        run,
    )
    command.add_argument("names", nargs="*", help="only these platforms")


def _stats(commands: "_Commands") -> None:
    def run(options: argparse.Namespace) -> int:
        from .stats import stats_command

        return stats_command(options)

    _add(
        commands,
        "stats",
        "how the last collections went, and what they spent",
        "For each platform: its condition, its last answer and failure, when numbers\n"
        "are due again, and how much of its budget is spent; and the place of each\n"
        "figure that got no new number. With make: make stats",
        "live-stats stats",
        run,
    )


def _live(commands: "_Commands") -> None:
    def run(options: argparse.Namespace) -> int:
        from .live.command import live_command

        return live_command(options)

    command = _add(
        commands,
        "live",
        "ask the platforms themselves, and check whether they answer as expected",
        "Of every kind of number that can be asked for, it asks for a lasting example\n"
        "in the usual, the shortest and the longest window. Platforms with keys are\n"
        "asked if the keys are set; what costs money only if its platform is named.\n"
        "With --ref it asks for one number, and shows each request and reply. Nothing\n"
        "is stored. The exit code is 1 if an answer has another shape, an example is\n"
        "gone, or a key is refused, and 3 if no platform gave a number.\n"
        "With make: make live name=mastodon, make live ref=stat:mastodon/tag/metoo",
        "live-stats live --seconds 30 mastodon",
        run,
    )
    command.add_argument(
        "--seconds", type=float, default=90.0, help="how long at most (default: 90)"
    )
    command.add_argument(
        "--ref",
        metavar="ADDRESS",
        help="only this number: stat:mastodon/tag/metoo, or a pasted web address",
    )
    command.add_argument("names", nargs="*", help="only these platforms")


def _accept(commands: "_Commands") -> None:
    _add_decision(
        commands,
        "accepted",
        "accept",
        "let a reading pass that was held because it looked implausible",
        "The next collection fetches the number again, and stores it if it is the\n"
        "same. A reading that was rejected may be accepted after all.",
    )


def _reject(commands: "_Commands") -> None:
    _add_decision(
        commands,
        "rejected",
        "reject",
        "leave out a reading that was held because it looked implausible",
        "The number stays as it was. The same reading is left out whenever it comes\n"
        "again, and only make stats tells of it; another one is judged anew.",
    )


def _add_decision(
    commands: "_Commands", kind: str, name: str, summary: str, details: str
) -> None:
    def run(options: argparse.Namespace) -> int:
        from .accept import decide_command

        return decide_command(options)

    command = _add(
        commands,
        name,
        summary,
        f"{details}\n"
        "The decision is written into content/data/journal/: where another machine\n"
        "fetches the numbers, commit it and push.\n"
        f"With make: make {name} ref=stat:mastodon/tag/metoo",
        f"live-stats {name} mastodon/tag/metoo/posts@6d",
        run,
        alone=True,
    )
    command.set_defaults(decision=kind)
    command.add_argument(
        "reference",
        metavar="ADDRESS",
        help="the series that publish or refresh has named, stat:mastodon/tag/metoo, "
        "or a pasted web address",
    )
