"""How long a refresh takes on a long history, and how much memory it needs.

    .venv/bin/python -m benchmarks --only history          # 1,000,000 lines
    .venv/bin/python -m benchmarks --only history --full   # 5,000,000 besides

The site as it ships, with some 2,000 series in 100 posts, and one reading of each a
day. The command runs as its users run it, in a process of its own; what it asks is
answered by a server on loopback.
"""

import json
import multiprocessing
import shutil
import statistics
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from .contest import say
from .measure import Measured, measure
from .ours import PLUGINS, SOURCE
from .shipped import PARTS, ROOT

FOLDER = ROOT / ".build/benchmarks/history"
REDIRECTED = Path(__file__).with_name("redirected.py")
POSTS, COUNTED, HASHTAGS = 100, 4, 10
"""Posts of the site, posts of others that each of them counts, and hashtags."""

METRICS = ("likes", "reposts", "replies", "quotes", "bookmarks")
LINES, MANY_LINES = 1_000_000, 5_000_000
MEGABYTE = 1_000_000

SETTINGS = f"""
LIVE_STATS_PLATFORMS = ["mastodon"]
LIVE_STATS_REQUESTS = {{"bluesky": {2 * POSTS * COUNTED}, "mastodon": {2 * HASHTAGS}}}
LIVE_STATS_DEADLINE = 120
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """What a run may take: seconds, and bytes of memory at its peak."""

    seconds: float
    memory: int


NOTHING_NEW = Bound(seconds=1, memory=120 * MEGABYTE)
ALL_MOVED = Bound(seconds=8, memory=250 * MEGABYTE)
MANY = Bound(seconds=3, memory=150 * MEGABYTE)


# --- the answers ----------------------------------------------------------------------


def _serve(ready: Any, level: Any) -> None:
    """Answer as Bluesky and Mastodon do; all numbers move with `level`."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # else each reply waits 40 ms for the client

        def do_GET(self) -> None:  # noqa: N802
            asked = urlsplit(self.path)
            data = json.dumps(_answer(asked.path, asked.query, level.value)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    ready.put(server.server_port)
    server.serve_forever()


def _answer(path: str, query: str, level: int) -> dict[str, Any]:
    if path.endswith("getPosts"):
        (uri,) = parse_qs(query)["uris"]
        counts = {f"{name.removesuffix('s')}Count": 10**6 + level for name in METRICS}
        counts["replyCount"] = 10**6 + level
        return {"posts": [{"uri": uri, **counts}]}
    today = date.fromtimestamp(datetime.now(UTC).timestamp())
    days = [datetime(*d.timetuple()[:3], tzinfo=UTC) for d in _days_before(today, 8)]
    history = [
        {"day": str(int(day.timestamp())), "uses": str(500 + level), "accounts": "40"}
        for day in days
    ]
    return {"name": path.rpartition("/")[2], "history": history}


def _days_before(end: date, count: int) -> list[date]:
    return [end - timedelta(days=n) for n in range(count)]


@contextmanager
def answering() -> Iterator[tuple[str, Any]]:
    """A server on loopback: its address, and the level of its numbers."""
    # In a process of its own: its work is not the collection's.
    context = multiprocessing.get_context("fork")
    ready, level = context.Queue(), context.Value("i", 0)
    process = context.Process(target=_serve, args=(ready, level), daemon=True)
    process.start()
    try:
        yield f"127.0.0.1:{ready.get(timeout=10)}", level
    finally:
        process.terminate()
        process.join()


# --- the site -------------------------------------------------------------------------


class Site:
    """The site as it ships, in a folder of its own, and the commands that run in it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.log = folder, folder.with_suffix(".log")

    def lay_out(self) -> None:
        """Begin with its posts, and nothing that was ever read."""
        shutil.rmtree(self.folder, ignore_errors=True)
        (self.folder / "content/posts").mkdir(parents=True)
        for name in PARTS:
            source, target = ROOT / name, self.folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            (shutil.copytree if source.is_dir() else shutil.copy)(source, target)
        with open(self.folder / "publishconf.py", "a", encoding="utf-8") as file:
            file.write(SETTINGS)
        # A copy, so that a long run measures one version.
        ignore = shutil.ignore_patterns("__pycache__")
        target = self.folder / "src/pelican/plugins"
        shutil.copytree(PLUGINS, target, ignore=ignore)
        for path in (SOURCE / "live_stats_command.py", REDIRECTED):
            shutil.copy(path, self.folder / "src")
        for number in range(POSTS):
            path = self.folder / f"content/posts/post-{number:03}.md"
            path.write_text(_post(number), encoding="utf-8")

    def run(self, *arguments: str, address: str = "") -> Measured:
        """One command; with an `address`, what it asks goes there."""
        module = [REDIRECTED.stem, address] if address else ["live_stats_command"]
        command = [sys.executable, "-m", *module, *arguments]
        return measure(command, self.folder, {"PYTHONPATH": "src"}, self.log)

    def series(self) -> list[str]:
        """All that it collects, and the single days behind it."""
        from pelican.plugins.live_stats.publishing.index import SiteIndex
        from pelican.plugins.live_stats.rendering.series_view import read_series

        index = SiteIndex.load(self.folder / ".build")
        assert index is not None and index.about is not None
        found = read_series(index.about.series)
        index.close()
        return found

    def read_daily(self, series: list[str], lines: int) -> int:
        """Put so many lines into the history: one a day of each series.

        Returns how many days there are.
        """
        folder = self.folder / "content/data/observations"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        days = -(-lines // len(series))
        last = datetime.now(UTC).date() - timedelta(days=1)
        for place, day in enumerate(reversed(_days_before(last, days))):
            with open(folder / f"{day:%Y-%m}.jsonl", "a", encoding="utf-8") as file:
                file.writelines(_line(name, day, 1_000 + place) for name in series)
        return days

    def read_today(self, series: Iterable[str], value: int) -> None:
        """What another builder has read today, as it comes with `git pull`."""
        day = datetime.now(UTC).date()
        path = self.folder / f"content/data/observations/{day:%Y-%m}.jsonl"
        with open(path, "a", encoding="utf-8") as file:
            file.writelines(_line(name, day, value) for name in series)

    def sizes(self) -> str:
        """The history, and what is given away of it."""
        lines = sorted((self.folder / "content/data/observations").glob("*.jsonl"))
        files = sorted((self.folder / "output/data").glob("observations*"))
        largest = max(one.stat().st_size for one in files)
        return (
            f"{_size(lines)} in {len(lines)} months; data/ has {len(files)} files with "
            f"{_size(files)}, the largest {largest / MEGABYTE:.1f} MB"
        )


def _size(files: list[Path]) -> str:
    return f"{sum(one.stat().st_size for one in files) / MEGABYTE:,.0f} MB"


def _post(number: int) -> str:
    who = "bluesky/post/did%3Aplc%3Aabcdefghijklmnop%2F3l6o"
    figures = " ".join(
        f"[over 1,000](stat:{who}{number:06}{other:03}/{name})"
        for other in range(COUNTED)
        for name in METRICS
    )
    day = date(2024, 1, 1) + timedelta(days=number)
    return (
        f"Title: Post {number}\nDate: {day}\nSlug: post-{number}\nCategory: News\n"
        f"Hashtags: Topic{number % HASHTAGS}\nSummary: Words.\n\nCounted: {figures}.\n"
    )


def _line(series: str, day: date, value: int) -> str:
    window = series.rpartition("@")[2] if "@" in series.rpartition("/")[2] else ""
    days = int(window[:-1]) if window else 0
    return (
        json.dumps(
            {
                "exactness": "exact",
                "from": f"{day - timedelta(days=days)}" if days else None,
                "observed_at": f"{day}T06:00:00Z",
                "series": series,
                "source": "https://example.org/what/was/read",
                "to": f"{day - timedelta(days=1)}" if days else None,
                "value": value,
            },
            sort_keys=True,
            separators=(",", ":"),
        )
        + "\n"
    )


# --- what is measured -----------------------------------------------------------------


def main(*, full: bool = False, runs: int = 3, lines: int = LINES) -> int:
    """Measure and print. With `full` a history five times as long, too: once."""
    site = Site(FOLDER)
    site.log.parent.mkdir(parents=True, exist_ok=True)
    with suppress(KeyboardInterrupt):
        try:
            _measure(site, lines, runs)
            if full:
                _measure_many(site, lines * MANY_LINES // LINES)
            return 0
        finally:
            shutil.rmtree(FOLDER, ignore_errors=True)
    return 130


def _measure(site: Site, lines: int, runs: int) -> None:
    say(f"laying out {POSTS} posts")
    site.lay_out()
    site.run("publish", "--offline")
    series = site.series()
    say(f"putting {lines:,} lines of {len(series):,} series into the history")
    days = site.read_daily(series, lines)
    made = site.run("publish", "--offline")
    _say_what(site, lines, series, days)
    _print("first publish with it", [made])
    with answering() as (address, level):
        quiet = [site.run("refresh", "--offline") for _ in range(runs)]
        _print("nothing new, offline", quiet, NOTHING_NEW)
        site.run("refresh", "--all", address=address)
        fresh = [site.run("refresh", address=address) for _ in range(runs)]
        _print("nothing new, none is due", fresh, NOTHING_NEW)
        asked = [site.run("refresh", "--all", address=address) for _ in range(runs)]
        _print("all asked, none moved", asked)
        moved = []
        for _ in range(runs):
            level.value += 1
            moved.append(site.run("refresh", "--all", address=address))
        _print("all asked, all moved", moved, ALL_MOVED)
    pulled = []
    for turn in range(runs):
        site.read_today(series, 2_000_000 + turn)
        pulled.append(site.run("refresh", "--offline"))
    _print("all moved, by git pull", pulled, ALL_MOVED)


def _measure_many(site: Site, lines: int) -> None:
    series = site.series()
    say(f"putting {lines:,} lines of {len(series):,} series into the history")
    days = site.read_daily(series, lines)
    made = site.run("refresh", "--offline")
    _say_what(site, lines, series, days)
    _print("first refresh with it", [made])
    _print("nothing new, offline", [site.run("refresh", "--offline")], MANY)


def _say_what(site: Site, lines: int, series: list[str], days: int) -> None:
    what = f"{lines:,} lines, {len(series):,} series, {days:,} days"
    print(f"{what}: {site.sizes()}", flush=True)


def _print(job: str, found: list[Measured], bound: Bound | None = None) -> None:
    seconds = statistics.median(one.seconds for one in found)
    memory = max(one.peak for one in found)
    line = f"{job:<26}{seconds:7.2f} s {memory / MEGABYTE:6.0f} MB"
    if bound is not None:
        met = seconds <= bound.seconds and memory <= bound.memory
        line += f"   bound {bound.seconds:g} s, {bound.memory // MEGABYTE} MB: "
        line += "met" if met else "not met"
    print(line, flush=True)
