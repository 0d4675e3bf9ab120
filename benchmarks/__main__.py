"""`python -m benchmarks`: measure, and print the table."""

import argparse
import sys
from pathlib import Path

from .contest import Contest, chosen, provided, say
from .jobs import JOBS
from .machine import machine
from .ours import Ours
from .peers import PEERS
from .plot import chart
from .results import Results
from .table import report
from .tool import Tool

FOLDER = Path(__file__).parent.parent / ".build" / "benchmarks"
FEWEST = 100  # posts; below it, some lists and edits have nothing to work on
FULL = ([1_000, 10_000], 5)
USUAL = ([1_000], 3)


def main(arguments: list[str]) -> int:
    options = _options(arguments)
    if options.load:
        results = Results.load(options.load)
    else:
        results = _measure(options)
    text = report(results)
    print(text, end="")
    if options.results:
        options.results.write_text(text, encoding="utf-8")
    if options.plot:
        options.plot.write_text(chart(results, options.plot_job), encoding="utf-8")
    return 0


def _measure(options: argparse.Namespace) -> Results:
    sizes, runs = FULL if options.full else USUAL
    sizes, runs = options.posts or sizes, options.runs or runs
    tools: list[Tool] = [
        Ours(FOLDER / "sites/ours", FOLDER, options.plugins.split(","))
    ]
    tools += [PEERS[name](FOLDER / "sites" / name, FOLDER) for name in options.peers]
    results = Results(machine=machine(), tools={})
    ready = provided(tools, results.remarks.append)
    results.tools = {tool.name: f"{tool.label} {tool.version()}" for tool in ready}
    for posts in sizes:
        contest = Contest(posts, list(ready), results, FOLDER)
        contest.run(options.only, runs)
        # After each size: a run of hours is not lost with its last hour.
        results.save(FOLDER / "results.json")
    say("samples: .build/benchmarks/results.json (--load prints them again)")
    return results


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="How long publishing takes, beside peers that build the same blog.",
        epilog=f"Jobs: {', '.join(job.name for job in JOBS)}.",
    )
    parser.add_argument(
        "--posts", type=_sizes, help="sizes of the blog, such as 1000,10000"
    )
    parser.add_argument(
        "--full", action="store_true", help="1,000 and 10,000 posts, 2 runs: an hour"
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
        help="which of ours to use, as far as they are here",
    )
    parser.add_argument("--results", type=Path, help="write the table here too")
    parser.add_argument("--load", type=Path, help="measure nothing, read a past run")
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


def _peers(text: str) -> list[str]:
    names = [name for name in text.split(",") if name]
    unknown = [name for name in names if name not in PEERS]
    if unknown:
        raise argparse.ArgumentTypeError(f"no peer {unknown[0]}: {', '.join(PEERS)}")
    return names


def _jobs(text: str) -> list[object]:
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
