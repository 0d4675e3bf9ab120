"""`python -m benchmarks`: measure, and print the table."""

import argparse
import sys
from pathlib import Path

from . import history
from .contest import Contest, chosen, provided, say
from .jobs import JOBS
from .machine import machine
from .ours import Ours
from .peers import PEERS
from .plot import chart
from .results import Results
from .shipped import HugoPagefind, Shipped
from .table import report
from .tool import Tool

FOLDER = Path(__file__).parent.parent / ".build" / "benchmarks"
HISTORY = "history"
FEWEST = 100  # posts; below it, some lists and edits have nothing to work on
FULL = ([1_000, 10_000], 5)
USUAL = ([1_000], 3)


def main(arguments: list[str]) -> int:
    options = _options(arguments)
    if options.only == [HISTORY]:
        return history.main(full=options.full, runs=options.runs or 3)
    if options.load:
        all_results = [Results.load(path) for path in options.load]
    else:
        all_results = [_measure(options, name) for name in options.profile]
    text = "\n".join(map(report, all_results))
    print(text, end="")
    if options.results:
        options.results.write_text(text, encoding="utf-8")
    if options.plot:
        drawn = chart(all_results[-1], options.plot_job)
        options.plot.write_text(drawn, encoding="utf-8")
    return 0


def _measure(options: argparse.Namespace, profile: str) -> Results:
    sizes, runs = FULL if options.full else USUAL
    sizes, runs = options.posts or sizes, options.runs or runs
    results = Results(profile=profile, machine=machine(), tools={})
    ready = provided(PROFILES[profile](options), results.remarks.append)
    results.tools = {tool.name: f"{tool.label} {tool.version()}" for tool in ready}
    kept = FOLDER / f"{profile}.json"
    for posts in sizes:
        rich = profile == "shipped"
        contest = Contest(posts, list(ready), results, FOLDER, rich=rich)
        contest.run(options.only, runs)
        # After each size: a run of hours is not lost with its last hour.
        results.save(kept)
    say(f"samples: {kept.relative_to(FOLDER.parent.parent)} (--load prints them again)")
    return results


def _plain(options: argparse.Namespace) -> list[Tool]:
    """A site of four templates, the same in every tool."""
    tools: list[Tool] = [
        Ours(FOLDER / "sites/ours", FOLDER, options.plugins.split(","))
    ]
    names = options.peers
    return tools + [PEERS[name](FOLDER / "sites" / name, FOLDER) for name in names]


def _shipped(options: argparse.Namespace) -> list[Tool]:
    """Only Hugo among the peers has a site for this profile."""
    tools: list[Tool] = [Shipped(FOLDER / "sites/shipped", FOLDER)]
    if HugoPagefind.name in options.peers:
        tools.append(HugoPagefind(FOLDER / "sites/hugo-shipped", FOLDER))
    return tools


PROFILES = {"shipped": _shipped, "plain": _plain}


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="How long publishing takes, beside peers that build the same blog.",
        epilog=f"Jobs: {', '.join(job.name for job in JOBS)}; or {HISTORY} alone: a "
        "refresh on a history of a million lines.",
    )
    parser.add_argument(
        "--profile",
        type=_profiles,
        default=list(PROFILES),
        help="shipped: the site as a clone publishes it; plain: four small templates",
    )
    parser.add_argument(
        "--posts", type=_sizes, help="sizes of the blog, such as 1000,10000"
    )
    parser.add_argument(
        "--full", action="store_true", help="1,000 and 10,000 posts, 5 runs: hours"
    )
    parser.add_argument("--runs", type=int, help="how often each job is measured")
    parser.add_argument(
        "--peers",
        type=_peers,
        default=list(PEERS),
        help=f"which of {','.join(PEERS)}; empty: none",
    )
    parser.add_argument(
        "--only", type=_jobs, default=list(JOBS), help="only these jobs"
    )
    parser.add_argument(
        "--plugins",
        default="incremental,live_stats",
        help="which of ours the plain site uses, as far as they are here",
    )
    parser.add_argument("--results", type=Path, help="write the table here too")
    parser.add_argument(
        "--load", type=Path, nargs="+", help="measure nothing, read past runs"
    )
    parser.add_argument("--plot", type=Path, help="write an SVG chart here")
    parser.add_argument(
        "--plot-job",
        default="body",
        choices=[job.name for job in JOBS],
        metavar="JOB",
        help="the job that it shows",
    )
    return parser.parse_args(arguments)


def _sizes(text: str) -> list[int]:
    sizes = [int(part) for part in text.split(",")]
    if min(sizes) < FEWEST:
        raise argparse.ArgumentTypeError(f"at least {FEWEST} posts")
    return sizes


def _profiles(text: str) -> list[str]:
    names = text.split(",")
    if unknown := [name for name in names if name not in PROFILES]:
        known = ", ".join(PROFILES)
        raise argparse.ArgumentTypeError(f"no profile {unknown[0]}: {known}")
    return names


def _peers(text: str) -> list[str]:
    names = [name for name in text.split(",") if name]
    unknown = [name for name in names if name not in PEERS]
    if unknown:
        raise argparse.ArgumentTypeError(f"no peer {unknown[0]}: {', '.join(PEERS)}")
    return names


def _jobs(text: str) -> list[object]:
    if text == HISTORY:
        return [HISTORY]
    try:
        return list(chosen(text))
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        sys.exit(130)
