"""How long a collection takes, beside the time that the busiest host needs alone.

    .venv/bin/python -m benchmarks.collecting

200 references on 12 hosts, each reply 150 ms after its question, all on loopback. A
host is asked one question after another, so the busiest host sets the bound.
"""

import json
import multiprocessing
import tempfile
import time
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from requests.adapters import HTTPAdapter

from pelican.plugins.live_stats.collection.collector import Collector
from pelican.plugins.live_stats.model.settings import Settings
from pelican.plugins.live_stats.references.catalogue import from_series
from pelican.plugins.live_stats.storage.history import History
from pelican.plugins.live_stats.storage.state import CollectionState

REFERENCES, HOSTS, REPLY, GOAL = 200, 12, 0.150, 1.15


class Slow(BaseHTTPRequestHandler):
    """Answers as Mastodon does, after a while."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else each reply waits 40 ms for the client

    def do_GET(self) -> None:
        time.sleep(REPLY)
        today = int(time.time()) // 86_400 * 86_400
        days = [
            {"day": str(today - n * 86_400), "uses": "7", "accounts": "5"}
            for n in range(7)
        ]
        data = json.dumps({"name": "tag", "history": days}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


def collect() -> tuple[float, float]:
    """Seconds that one collection took, and that its busiest host needs at least."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Slow)
    # In a process of its own: its work is not the collection's.
    process = multiprocessing.get_context("fork").Process(
        target=server.serve_forever, daemon=True
    )
    process.start()
    usual = HTTPAdapter.send

    def send(self, request, **options):
        asked = urlsplit(request.url)
        here = f"127.0.0.1:{server.server_port}"
        request.url = urlunsplit(("http", here, asked.path, asked.query, ""))
        return usual(self, request, **options)

    series = [
        f"mastodon@host{n % HOSTS}.example/tag/tag{n}/posts@6d"
        for n in range(REFERENCES)
    ]
    HTTPAdapter.send = send
    try:
        with tempfile.TemporaryDirectory() as folder:
            collector = Collector(
                history=History.load(Path(folder), shown_as="observations"),
                state=CollectionState(),
                settings=Settings(deadline=120, requests={"mastodon": REFERENCES}),
                environment={},
                agent="benchmark",
                now=datetime.now(UTC).replace(microsecond=0),
            )
            started = time.perf_counter()
            reports = collector.run(map(from_series, series))
            seconds = time.perf_counter() - started
    finally:
        HTTPAdapter.send = usual
        process.terminate()
        process.join()
        server.server_close()
    answered = sum(report.asked - report.failed for report in reports.values())
    if answered != REFERENCES:
        raise SystemExit(f"only {answered} of {REFERENCES} questions were answered")
    busiest = -(-REFERENCES // HOSTS)
    return seconds, busiest * REPLY


def main() -> None:
    seconds, bound = collect()
    ratio = seconds / bound
    print(
        f"collect: {REFERENCES} references on {HOSTS} hosts, {REPLY * 1000:.0f} ms a "
        f"reply: {seconds:.2f} s, {ratio:.2f} × what the busiest host needs "
        f"({bound:.2f} s); goal ≤ {GOAL}: {'met' if ratio <= GOAL else 'not met'}"
    )


if __name__ == "__main__":
    main()
