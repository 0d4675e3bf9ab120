"""A stand-in for the platforms: their documented replies, with invented numbers.

Tests start one in the fixture `platforms`; `make demo` publishes a copy of the site
with its numbers (`demo.py`). The days in its replies follow the date that it is given,
or the real one.
"""

import json
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

from pelican.plugins.live_stats.providers import Provider
from support.recorded import recorded

ORIGINAL = "X-Original-Host"
BODIES: dict[object, bytes] = {
    "html": b"<!doctype html><p>Welcome</p>",
    "shape": b'{"renamed": 1}',
    "limit": b"Please limit requests to one every 5 seconds.",
}
"""Replies with status 200 that are none."""


def credentials_for(provider: Provider) -> dict[str, str]:
    """The provider's variables with keys for the stand-in: `s3cret-<variable>`."""
    return {
        # The end of a key of Mailchimp names the place where it is used.
        name: "s3cret-us6" if "MAILCHIMP" in name else f"s3cret-{name.lower()}"
        for name in provider.credentials
    }


class Platforms:
    """The server. `counts` are its numbers; `trouble` maps a host to what it does.

    Troubles: a status (int), "html", "shape", "truncated", "drip", "silent", "busy"
    (429 with Retry-After), "limit" (a plain-text refusal with 200), or a function of
    the handler. `edit` maps a host to a function that changes its replies.
    """

    def __init__(self, today: date | None = None) -> None:
        self._today = today
        self.counts = {
            "uses": 100,
            "accounts": 40,
            "post": 24318,
            "followers": 5000,
            "hits": 700,
            "views": 1000,
            "articles": 12,
            "stories": 35,
            "points": 104,
        }
        self.trouble: dict[str, object] = {}
        self.edit: dict[str, Callable[[object], object]] = {}
        self.asked: list[tuple[str, str]] = []
        self.headers: list[dict[str, str]] = []
        self.release = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def today(self) -> date:
        return self._today or datetime.now(UTC).date()

    def start(self) -> "Platforms":
        serve = self._server.serve_forever
        threading.Thread(target=serve, args=(0.01,), daemon=True).start()
        return self

    def stop(self) -> None:
        self.release.set()
        self._server.shutdown()
        self._server.server_close()

    def hosts(self) -> list[str]:
        return [host for host, _ in self.asked]

    def _handler(platforms) -> type[BaseHTTPRequestHandler]:  # noqa: N805
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:  # noqa: N802
                host = self.headers.get(ORIGINAL, "")
                platforms.asked.append((host, unquote(self.path)))
                platforms.headers.append(dict(self.headers))
                length = int(self.headers.get("Content-Length") or 0)
                self.body = body = self.rfile.read(length)
                trouble = platforms.trouble.get(host)
                if trouble is None:
                    status, reply, headers = platforms.answer(
                        self.command, host, self.path, self.headers, body
                    )
                    if host in platforms.edit:
                        reply = platforms.edit[host](reply)
                    self.send(status, json.dumps(reply).encode(), **headers)
                elif callable(trouble):
                    trouble(self)
                else:
                    platforms.misbehave(self, trouble)

            do_POST = do_GET  # noqa: N815

            def send(self, status: int, body: bytes, **headers: str) -> None:
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name.replace("_", "-"), value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments: object) -> None:
                pass

        return Handler

    def misbehave(self, handler: BaseHTTPRequestHandler, trouble: object) -> None:
        if isinstance(trouble, int):
            handler.send(trouble, b'{"error": "no"}')
        elif trouble in BODIES:
            handler.send(200, BODIES[trouble])
        elif trouble == "busy":
            handler.send(429, b"{}", Retry_After="3600")
        elif trouble == "truncated":
            handler.send_response(200)
            handler.send_header("Content-Length", "1000")
            handler.end_headers()
            handler.wfile.write(b'{"history": [')
        elif trouble == "drip":
            handler.send_response(200)
            handler.end_headers()
            for _ in range(2000):
                if self.release.wait(0.02):
                    return
                handler.wfile.write(b" ")
                handler.wfile.flush()
        elif trouble == "silent":
            self.release.wait(60)

    # --- the documented replies -------------------------------------------------------

    def answer(
        self, method: str, host: str, path: str, headers: object, body: bytes
    ) -> tuple[int, object, dict[str, str]]:
        """The recorded reply to a request, else the one that is made up below."""
        known = recorded(method, host, path, headers, body, self.today)
        return known or (*self.reply(host, path), {})

    def reply(self, host: str, path: str) -> tuple[int, object]:
        parts = urlsplit(path)
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        for prefix, answer in (
            ("/api/v1/tags/", self._mastodon_tag),
            ("/api/v1/statuses/", self._mastodon_post),
            ("/api/v1/accounts/lookup", self._mastodon_account),
            ("/xrpc/", self._bluesky),
            ("/2/", self._x),
            ("/api/rest_v1/metrics/pageviews/", self._wikipedia),
            ("/api/v2/doc/doc", self._gdelt),
            ("/api/v1/search_by_date", self._hackernews),
            ("/api/v1/items/", self._hackernews_item),
        ):
            if parts.path.startswith(prefix):
                return answer(parts.path[len(prefix) :], query)
        return 404, {"error": f"nothing at {host}{parts.path}"}

    def _days(self, count: int) -> list[date]:
        return [self.today - timedelta(days=n) for n in range(count)]

    def _turn(self, first: date, n: int, days: int) -> int:
        """A number for a day, the same however long the span asked for."""
        day = first + timedelta(days=n)
        return (day - self.today).days % days

    def _mastodon_tag(self, name: str, query: dict[str, str]) -> tuple[int, object]:
        uses, accounts = self.counts["uses"], self.counts["accounts"]
        history = [
            {
                "day": str(int(_midnight(day).timestamp())),
                "uses": str(uses + n if "unused" not in name else 0),
                "accounts": str(accounts + n),
            }
            for n, day in enumerate(self._days(7))
        ]
        return 200, {"name": name, "url": "https://x/", "history": history}

    def _mastodon_post(self, post: str, query: dict[str, str]) -> tuple[int, object]:
        if post == "404":
            return 404, {"error": "Record not found"}
        n = self.counts["post"]
        return 200, {
            "id": post,
            "reblogs_count": n,
            "favourites_count": n + 1,
            "replies_count": n + 2,
            "quotes_count": n + 3,
        }

    def _mastodon_account(self, _: str, query: dict[str, str]) -> tuple[int, object]:
        n = self.counts["followers"]
        return 200, {
            "acct": query.get("acct"),
            "followers_count": n,
            "following_count": n + 1,
            "statuses_count": n + 2,
        }

    def _bluesky(self, method: str, query: dict[str, str]) -> tuple[int, object]:
        n = self.counts["post"]
        if method == "com.atproto.identity.resolveHandle":
            return 200, {"did": "did:plc:abc"}
        if method == "com.atproto.server.createSession":
            return 200, {"accessJwt": "jwt", "did": "did:plc:abc", "handle": "a.test"}
        if method == "app.bsky.feed.getPosts":
            counts = {
                "likeCount": n + 1,
                "repostCount": n,
                "replyCount": n + 2,
                "quoteCount": n + 3,
                "bookmarkCount": n + 4,
            }
            return 200, {"posts": [{"uri": query["uris"], **counts}]}
        if method == "app.bsky.actor.getProfile":
            n = self.counts["followers"]
            return 200, {
                "did": "did:plc:abc",
                "followersCount": n,
                "followsCount": n + 1,
                "postsCount": n + 2,
            }
        if method == "app.bsky.feed.searchPosts":
            start = int(query.get("cursor", 0))
            left = self.counts["hits"] - start
            page: dict[str, object] = {
                "posts": [{"uri": f"at://x/{start + n}"} for n in range(min(100, left))]
            }
            if left > 100:
                page["cursor"] = str(start + 100)
            return 200, page
        return 400, {"error": "InvalidRequest"}

    def _x(self, path: str, query: dict[str, str]) -> tuple[int, object]:
        n = self.counts["post"]
        if path.startswith("tweets/counts/"):
            first = date.fromisoformat(query["start_time"][:10])
            end = date.fromisoformat(query["end_time"][:10])
            # It begins 7 x 24 hours ago to the minute, and it is later than 00:00.
            if "recent" in path and (self.today - first).days >= 7:
                return 400, {"title": "Invalid Request", "detail": "'start_time'"}
            span = [first + timedelta(days=d) for d in range((end - first).days)]
            data = [
                {
                    "start": f"{day}T00:00:00.000Z",
                    "end": f"{day + timedelta(days=1)}T00:00:00.000Z",
                    "tweet_count": self.counts["uses"] * 10 + k,
                }
                for k, day in enumerate(span)
            ]
            total = sum(int(str(row["tweet_count"])) for row in data)
            return 200, {"data": data, "meta": {"total_tweet_count": total}}
        if path.startswith("tweets/404"):
            return 200, {"errors": [{"title": "Not Found Error"}]}
        if path.startswith("tweets/"):
            metrics = {
                "retweet_count": n,
                "like_count": n + 1,
                "reply_count": n + 2,
                "quote_count": n + 3,
                "bookmark_count": n + 4,
                "impression_count": n + 5,
            }
            return 200, {"data": {"id": path[7:], "public_metrics": metrics}}
        n = self.counts["followers"]
        metrics = {"followers_count": n, "following_count": n + 1, "tweet_count": n + 2}
        return 200, {"data": {"id": "1", "public_metrics": metrics}}

    def _wikipedia(self, path: str, query: dict[str, str]) -> tuple[int, object]:
        project, access, agent, article, step, start, end = path.split("/")[1:]
        if article == "Nothing":
            return 404, {"type": "about:blank", "title": "Not found."}
        first = datetime.strptime(start[:8], "%Y%m%d").date()
        last = min(
            datetime.strptime(end[:8], "%Y%m%d").date(), self.today - timedelta(days=2)
        )
        items = [
            {
                "project": project,
                "article": unquote(article),
                "timestamp": f"{first + timedelta(days=n):%Y%m%d}00",
                "views": self.counts["views"] + self._turn(first, n, 11),
            }
            for n in range((last - first).days + 1)
        ]
        return 200, {"items": items}

    def _gdelt(self, _: str, query: dict[str, str]) -> tuple[int, object]:
        if "unused" in query["query"]:
            return 200, {}
        first = datetime.strptime(query["startdatetime"][:8], "%Y%m%d").date()
        last = datetime.strptime(query["enddatetime"][:8], "%Y%m%d").date()
        data = [
            {
                "date": f"{first + timedelta(days=n):%Y%m%d}T{hour:02}0000Z",
                "value": self.counts["articles"] + self._turn(first, n, 7),
                "norm": 200_000,
            }
            for n in range((last - first).days + 1)
            for hour in (0, 12)
        ]
        return 200, {"timeline": [{"series": "Article Count", "data": data}]}

    def _hackernews(self, _: str, query: dict[str, str]) -> tuple[int, object]:
        hits = self.counts["stories"] * (1 if "numericFilters" in query else 100)
        return 200, {"hits": [], "nbHits": hits, "exhaustiveNbHits": True}

    def _hackernews_item(self, item: str, query: dict[str, str]) -> tuple[int, object]:
        if item == "404":
            return 404, {"error": "not found"}
        return 200, {
            "id": int(item),
            "points": self.counts["points"],
            "children": [{}, {}, {}],
        }


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
