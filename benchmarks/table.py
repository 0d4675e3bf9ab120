"""The results as Markdown: seconds of each tool, ours as a share, the goal."""

from .jobs import COLD, COLD_MEGABYTES, JOBS, Job
from .results import Results

MEGABYTE = 10**6
GOALS_AT = 10_000
TITLES = {"shipped": "The site as it ships", "plain": "A plain site"}


def report(results: Results) -> str:
    tools, title = ", ".join(results.tools.values()), TITLES[results.profile]
    parts = [f"Measured: {tools}.", f"On: {results.machine}."]
    for posts in results.sizes():
        parts += [
            f"## {title}, {posts:,} posts",
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
    if _has_goals(results) and posts != GOALS_AT:
        about += f" The goals are meant for {GOALS_AT:,} posts."
    return about


def _seconds(results: Results, posts: int) -> str:
    peers = [name for name in results.tools if name != "ours"]
    heads = ["job", *(f"{name}, s" for name in results.tools)]
    heads += [f"ours / {name}" for name in peers]
    goals = _has_goals(results)
    heads += ["goal", "met"] if goals else []
    rows = []
    for job in JOBS:
        if results.seconds(posts, job.name, "ours") is None:
            continue
        row = [f"{job.name}: {job.title}"]
        for tool in results.tools:
            row.append(_number(results.seconds(posts, job.name, tool)))
        row += [_number(results.ratio(posts, job.name, peer)) for peer in peers]
        row += [_goal(job), _met(results, posts, job)] if goals else []
        rows.append(row)
    return _table(heads, rows, words=2 if goals else 0)


def _has_goals(results: Results) -> bool:
    return results.profile == "plain"


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
    goals = _has_goals(results)
    rows = []
    for job in JOBS:
        peaks = [results.peak(posts, job.name, tool) for tool in results.tools]
        if any(peaks):
            sizes = [f"{peak / MEGABYTE:.0f}" if peak else "–" for peak in peaks]
            goal = _memory_goal(results, posts, job) if goals else ()
            rows.append([job.name, *sizes, *goal])
    heads += ["goal", "met"] if goals else []
    return _table(heads, rows, words=2 if goals else 0)


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


def _table(heads: list[str], rows: list[list[str]], *, words: int) -> str:
    """The first column and the last `words` columns are text, all others numbers."""
    rule = ["---"] + ["---:"] * (len(heads) - 1 - words) + ["---"] * words
    return "\n".join(f"| {' | '.join(row)} |" for row in (heads, rule, *rows))
