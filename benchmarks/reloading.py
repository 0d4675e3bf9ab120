"""How long from saving a post to the browser's reload, in the author's server.

    .venv/bin/python -m benchmarks.reloading --posts 10000

A browser's part is played by a WebSocket that waits for the message "reload".
"""

import argparse
import asyncio
import json
import os
import socket
import statistics
import subprocess
import sys
import time
from pathlib import Path

from tornado.websocket import websocket_connect

from . import corpus
from .ours import Ours

FOLDER = Path(__file__).parent.parent / ".build" / "benchmarks" / "reloading"
SAVES = 5


async def saves(port: int, post: Path) -> list[float]:
    """Seconds from each save to the message that the browser gets."""
    browser = await websocket_connect(f"ws://127.0.0.1:{port}/livereload")
    await browser.write_message(json.dumps({"command": "hello"}))
    await browser.read_message()
    await browser.write_message(json.dumps({"command": "info", "url": "/"}))
    found = []
    for number in range(SAVES):
        text = post.read_text() + f"\nWord number {number}.\n"
        started = time.perf_counter()
        post.write_text(text)
        await browser.read_message()
        found.append(time.perf_counter() - started)
    browser.close()
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
        found = asyncio.run(saves(port, post))
    finally:
        server.terminate()
        server.wait()
    print(
        f"dev: save to reload at {options.posts:,} posts: "
        f"{statistics.median(found):.2f} s (median of {SAVES})"
    )


if __name__ == "__main__":
    main()
