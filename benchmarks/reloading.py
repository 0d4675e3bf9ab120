"""How long from saving a post to the browser's reload, in the author's server.

    .venv/bin/python -m benchmarks.reloading --posts 10000

A browser's part is played by a client that waits for the next event.
"""

import argparse
import os
import socket
import statistics
import subprocess
import sys
import time
from pathlib import Path

import requests

from pelican.plugins.live_stats.cli.dev_app import EVENTS

from . import corpus
from .ours import Ours

FOLDER = Path(__file__).parent.parent / ".build" / "benchmarks" / "reloading"
SAVES = 5


def saves(port: int, post: Path) -> list[float]:
    """Seconds from each save to the event that the browser gets."""
    found = []
    with requests.get(f"http://127.0.0.1:{port}{EVENTS}", stream=True) as stream:
        events = (line for line in stream.iter_lines(1) if line.startswith(b"data:"))
        seen = next(events)
        for number in range(SAVES):
            text = post.read_text() + f"\nWord number {number}.\n"
            started = time.perf_counter()
            post.write_text(text)
            seen = next(event for event in events if event != seen)
            found.append(time.perf_counter() - started)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=1000)
    options = parser.parse_args()
    site = Ours(FOLDER, FOLDER.parent, ("incremental", "live_stats"))
    site.lay_out(tuple(corpus.posts(options.posts).values()))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "live_stats_command", "dev"]
        + ["--settings", "publishconf.py", "--port", str(port)],
        cwd=site.folder,
        env={**os.environ, **site.environment},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        while "Ctrl-C" not in (line := server.stdout.readline()):
            if not line or "not built" in line:
                raise SystemExit(f"the site could not be built: {line}")
        post = sorted((site.folder / "content/posts").glob("*.md"))[options.posts // 2]
        found = saves(port, post)
    finally:
        server.terminate()
        server.wait()
    print(
        f"dev: save to reload at {options.posts:,} posts: "
        f"{statistics.median(found):.2f} s (median of {SAVES})"
    )


if __name__ == "__main__":
    main()
