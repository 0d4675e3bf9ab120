"""The results as Markdown: seconds of each tool, ours as a share, the goal."""

from .jobs import COLD, COLD_MEGABYTES, JOBS, Job
from .results import Results

MEGABYTE = 10**6
GOALS_AT = 10_000


def report(results: Results) -> str:
    tools = ", ".join(results.tools.values())
    parts = [f"Measured: {tools}.", f"On: {results.machine}."]
    for posts in results.sizes():
        parts += [
            f"## {posts:,} posts",
            _about(results, posts),
            _seconds(results, posts),
        ]
        parts.append(_memory(results, posts))
    parts += [f"Note: {remark}." for remark in results.remarks]
    return "\n\n".join(parts) + "\n"


def _about(results: Results, posts: int) -> str:
    counts = {results.runs(posts, job.name) for job in JOBS} - {0}
    runs = " to ".join(str(count) for count in sorted({min(counts), max(counts)}))
    builds = "One build" if counts == {1} else f"Medians of {runs} builds"
    pages = results.pages.get(str(posts), {})
    written = ", ".join(f"{name} {count:,}" for name, count in pages.items())
    about = f"{builds} each, tools in turn. Pages built: {written}."
    if posts != GOALS_AT:
        about += f" The goals are meant for {GOALS_AT:,} posts."
    return about


def _seconds(results: Results, posts: int) -> str:
    peers = [name for name in results.tools if name != "ours"]
    heads = ["job", *(f"{name}, s" for name in results.tools)]
    heads += [f"ours / {name}" for name in peers] + ["goal", "met"]
    rows = []
    for job in JOBS:
        if results.seconds(posts, job.name, "ours") is None:
            continue
        row = [f"{job.name}: {job.title}"]
        for tool in results.tools:
            row.append(_number(results.seconds(posts, job.name, tool)))
        row += [_number(results.ratio(posts, job.name, peer)) for peer in peers]
        rows.append([*row, _goal(job), _met(results, posts, job)])
    return _table(heads, rows)


def _goal(job: Job) -> str:
    return ", ".join(f"≤ {goal.share:g} × {goal.peer}" for goal in job.goals)


def _met(results: Results, posts: int, job: Job) -> str:
    verdicts = []
    for goal in job.goals:
        ratio = results.ratio(posts, job.name, goal.peer)
        known = ratio is not None
        verdicts.append(("no", "yes")[ratio <= goal.share] if known else "not measured")
    return ", ".join(verdicts)


def _memory(results: Results, posts: int) -> str:
    heads = ["peak memory", *(f"{name}, MB" for name in results.tools)]
    rows = []
    for job in JOBS:
        peaks = [results.peak(posts, job.name, tool) for tool in results.tools]
        if any(peaks):
            sizes = [f"{peak / MEGABYTE:.0f}" if peak else "–" for peak in peaks]
            rows.append([job.name, *sizes, *_memory_goal(results, posts, job)])
    return _table([*heads, "goal", "met"], rows)


def _memory_goal(results: Results, posts: int, job: Job) -> tuple[str, str]:
    peak = results.peak(posts, job.name, "ours")
    if job is not COLD or peak is None:
        return "", ""
    met = peak <= COLD_MEGABYTES * MEGABYTE
    return f"≤ {COLD_MEGABYTES} MB", "yes" if met else "no"


def _number(value: float | None) -> str:
    """Three digits that count: no more are to be had from a shared machine."""
    if value is None:
        return "–"
    digits = 3 if value < 0.1 else 2 if value < 10 else 1
    return f"{value:.{digits}f}"


def _table(heads: list[str], rows: list[list[str]]) -> str:
    rule = ["---"] + ["---:"] * (len(heads) - 3) + ["---", "---"]
    return "\n".join(f"| {' | '.join(row)} |" for row in (heads, rule, *rows))
