"""Servers that mean harm, over real sockets: each is one failure in plain words.

They are asked in one collection, beside one that answers: no other suffers, and none
outlives the deadline.
"""

import gzip
import json
import socket
import subprocess
import sys
import threading
import time
import zlib
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from requests.adapters import HTTPAdapter

from support.desk import Desk
from support.paths import ROOT
from support.redirect.redirect import ORIGINAL, redirect_to

TODAY = int(datetime(2026, 11, 24, tzinfo=UTC).timestamp())
DAYS = [{"day": str(TODAY - 86_400 * n), "uses": "7", "accounts": "3"}
        for n in range(7)]  # fmt: skip


class Raw:
    """A server that sends bytes as they are: `does` says what, by the host asked for.

    Bytes are sent, a number is a wait in seconds, a list is repeated without end. The
    connection stays open until the reader closes it, unless `None` comes last.
    """

    def __init__(self):
        self.does, self.heads, self.ended = {}, {}, threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=200)
        self.address = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.accepting = threading.Thread(target=self._accept, daemon=True)
        self.accepting.start()

    def _accept(self):
        with suppress(OSError):
            while True:
                connection, _ = self.listener.accept()
                work = threading.Thread(target=self._serve, args=(connection,))
                work.daemon = True
                work.start()

    def _serve(self, connection):
        with suppress(OSError), connection:
            head = b""
            while b"\r\n\r\n" not in head:
                head += connection.recv(65_536)
            lines = head.decode("latin-1").split("\r\n")
            fields = dict(line.split(": ", 1) for line in lines[1:] if ": " in line)
            host = fields[ORIGINAL]
            self.heads.setdefault(host, []).append(fields)
            steps = self.does[host]
            if self._send(connection, steps(head) if callable(steps) else steps):
                self.ended.wait(60)

    def _send(self, connection, steps):
        for step in steps:
            if step is None:
                return False
            if isinstance(step, float):
                self.ended.wait(step)
            elif isinstance(step, list):
                while not self.ended.is_set():
                    self._send(connection, step)
            else:
                connection.sendall(step)
            if self.ended.is_set():
                return False
        return True

    def stop(self):
        self.ended.set()
        self.listener.shutdown(socket.SHUT_RDWR)  # to close it wakes nobody
        self.listener.close()
        self.accepting.join()


@pytest.fixture
def raw(monkeypatch):
    server = Raw()
    monkeypatch.setattr(HTTPAdapter, "send", redirect_to(server.address))
    yield server
    server.stop()


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


def reply(body, *headers, status="200 OK"):
    """The bytes of a whole reply."""
    lines = [f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}", "", ""]
    return "\r\n".join(lines).encode("latin-1", "surrogateescape") + body


def head(*lines):
    return "\r\n".join(["HTTP/1.1 200 OK", *lines, "", ""]).encode("latin-1")


GOOD = json.dumps({"history": DAYS}).encode()
ZEROS = b" " * 3_000_000
CHUNKED = head("Transfer-Encoding: chunked")
DRIP = [b" ", 0.05]
ODD = "\x1b[31mred\x1b]0;title\x07 \u202eltr\u2066".encode().decode("latin-1")


def with_uses(value):
    days = [{**day, "uses": value} for day in DAYS]
    return json.dumps({"history": days}).encode()


HARM = {
    # heads
    "silence": (),
    "closed": (None,),
    "slow-head": (b"HTTP/1.1 200 OK\r\n", [b"X", 0.05]),
    "endless-line": (b"HTTP/1.1 200 OK\r\nX: ", [b"y" * 65_536]),
    "endless-heads": (b"HTTP/1.1 200 OK\r\n", [b"X: y\r\n" * 1_000]),
    "hundred": ([b"HTTP/1.1 100 Continue\r\n\r\n" * 1_000],),
    "slow-hundred": ([b"HTTP/1.1 100 Continue\r\n\r\n", 0.05],),
    "early-hints": (b"HTTP/1.1 103 Early Hints\r\n\r\n" * 9,),
    "ssh": (b"SSH-2.0-OpenSSH_9.6\r\n", None),
    "old-http": (b'{"history": []}', None),
    "odd-status": (b"HTTP/1.1 999999999999 OK\r\n\r\n", None),
    "odd-reason": (reply(b"{}", status=f"500 {ODD}"),),
    "long-reason": (reply(b"{}", status="500 " + "no" * 20_000),),
    "odd-header": (reply(b"{}", f"X{ODD}: 1", "no colon", ": no name"),),
    # lengths
    "too-short": (head("Content-Length: 900") + GOOD[:50], None),
    "negative": (head("Content-Length: -1") + b'{"history": [', None),
    "no-length": (head("Content-Length: many") + b'{"history": [', None),
    "two-lengths": (head("Content-Length: 3", "Content-Length: 900") + GOOD, None),
    "huge-length": (head("Content-Length: 999999999999999999999") + GOOD, None),
    "endless-body": (head(), [b" " * 65_536]),
    "slow-body": (head("Content-Length: 90000"), DRIP),
    "chunk-words": (CHUNKED + b"seven\r\n{}\r\n", None),
    "chunk-minus": (CHUNKED + b"-7\r\n{}\r\n", None),
    "chunk-huge": (CHUNKED + b"f" * 60 + b"\r\n{}", None),
    "chunk-line": (CHUNKED, [b"7" * 65_536]),
    "chunk-slow": (CHUNKED, [b"1\r\n \r\n", 0.05]),
    "chunk-trailers": (CHUNKED + b"2\r\n{}\r\n0\r\n", [b"X: y\r\n", 0.05]),
    # codes
    "bomb": (reply(gzip.compress(ZEROS), "Content-Encoding: gzip"),),
    "bomb-deflate": (reply(zlib.compress(ZEROS), "Content-Encoding: deflate"),),
    "bomb-twice": (
        reply(gzip.compress(gzip.compress(ZEROS)), "Content-Encoding: gzip, gzip"),
    ),
    "no-gzip": (reply(GOOD, "Content-Encoding: gzip"),),
    "many-codes": (reply(GOOD, "Content-Encoding: " + "gzip, " * 500 + "gzip"),),
    "brotli": (reply(b"\x0b\x02\x80{}\x03", "Content-Encoding: br"),),
    "zstd": (reply(b"\x28\xb5\x2f\xfd\xff\xff", "Content-Encoding: zstd"),),
    # bodies
    "empties": (reply(b"[" + b"{}," * 160_000 + b"{}]"),),
    "deep": (reply(b"[" * 200_000),),
    "deep-names": (reply(b'{"history":' * 40_000),),
    "long-number": (reply(b'{"history": ' + b"9" * 100_000 + b"}"),),
    "exponent": (reply(b'{"history": [{"day": "1", "uses": 1e999999}]}'),),
    "nan": (reply(b'{"history": NaN}'),),
    "twice": (reply(b'{"history": [], "history": 1}'),),
    "utf-16": (reply('{"history": "\ud800"}'.encode("utf-16", "surrogatepass")),),
    "nuls": (reply(b"\0" * 9_000),),
    "surrogate": (reply(b'{"history": "\\ud800"}'),),
    "nothing": (reply(b""),),
    "minus": (reply(with_uses(-1)),),
    "yes": (reply(with_uses(True)),),
    "infinite": (reply(with_uses(float("inf"))),),
    "digits": (reply(with_uses("٧")),),
    "long-digits": (reply(with_uses("7" * 9_000)),),
    # what is kept
    "long-etag": (reply(b"{}", "ETag: " + '"' + "e" * 60_000 + '"'),),
    "far": (reply(b"{}", "Retry-After: 1e308", status="429 No"),),
    "year-9999": (
        reply(b"{}", "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT", status="503 No"),
    ),
    "no-year": (
        reply(b"{}", "Retry-After: 1 Jan 99999999999999 00:00:00 GMT", status="429 No"),
    ),
    "reset": (
        reply(b"{}", "x-ratelimit-reset: 0001-01-01T00:00:00+23:59", status="429 No"),
    ),
    "odd-place": (
        reply(b"", f"Location: https://{ODD}.example/", status="302 Found"),
    ),
    "long-place": (
        reply(b"", f"Location: https://{'a.' * 20_000}example/", status="302 Found"),
    ),
    "odd-home": (
        reply(
            b'{"code":"does_not_respect_follow_constraints","originUrl":"https://'
            + b"x." * 90 + b'\\u001b"}', status="403 No",
        ),
    ),
}  # fmt: skip
DEADLINE = 2.0
LATE = {
    "silence", "slow-head", "slow-hundred", "slow-body", "chunk-slow", "chunk-trailers",
}  # fmt: skip
"""What would go on for ever, or be an answer when it had ended."""


def test_every_harm_is_one_failure_and_nobody_else_suffers(raw, desk, tmp_path):
    """All at once: no bug of ours, no number, and the one that answers is heard."""
    raw.does = {f"{name}.example": steps for name, steps in HARM.items()}
    raw.does["good.example"] = (reply(GOOD, 'ETag: "1"'),)
    series = {host: f"mastodon@{host}/tag/a/posts@6d" for host in raw.does}
    started = time.monotonic()

    report = desk.collect(*series.values(), deadline=DEADLINE)["mastodon"]

    assert time.monotonic() - started < 20 * DEADLINE  # what harms goes on for 60 s
    assert raw.heads.keys() == raw.does.keys()
    assert desk.values(series.pop("good.example")) == [42]
    for host, one in series.items():
        record = desk.state.record(one)
        assert not desk.values(one) and record.failure.startswith(host), host
        assert record.failure.isprintable() and len(record.failure) < 250, host
        assert len(record.etag) < 250
        if host.removesuffix(".example") in LATE:
            assert "time" in record.failure or "deadline" in record.failure
    assert report.failed == len(series)
    desk.state.save(tmp_path / "state")
    assert (tmp_path / "state").stat().st_size < 1_000 * len(HARM)


def test_what_comes_after_a_reply_answers_nothing(raw, desk):
    """A second reply on the same connection, at once or later, is not another's."""
    false = reply(with_uses("1000000"))
    raw.does = {
        "at-once.example": (reply(GOOD, "Connection: keep-alive") + false,),
        "later.example": (reply(GOOD, "Connection: keep-alive"), 0.05, false),
    }
    series = [f"mastodon@{h}/tag/{tag}/posts@6d" for h in raw.does for tag in "abc"]

    desk.collect(*series)

    assert [desk.values(one) for one in series] == [[42]] * 6


def test_no_cookie_comes_back(raw, desk):
    """What a reply sets is sent with no other question."""
    cookie = "Set-Cookie: who=we; Path=/; Max-Age=9999"
    raw.does = {"jar.example": (reply(GOOD, cookie),)}

    desk.collect("mastodon@jar.example/tag/a", "mastodon@jar.example/tag/b")

    assert len(raw.heads["jar.example"]) == 2
    assert not any("Cookie" in sent for sent in raw.heads["jar.example"])


def test_a_reply_in_other_bytes_is_still_a_reply(raw, desk):
    """A mark at its beginning, and trailers at its end, do no harm."""
    chunks = CHUNKED + f"{len(GOOD):x}\r\n".encode() + GOOD + b"\r\n0\r\nX: y\r\n\r\n"
    raw.does = {"mark.example": (reply(b"\xef\xbb\xbf" + GOOD),),
                "chunks.example": (chunks,)}  # fmt: skip
    series = [f"mastodon@{host}/tag/a/posts@6d" for host in raw.does]

    desk.collect(*series)

    assert [desk.values(one) for one in series] == [[42]] * 2


MEMORY = """
import resource, sys
from pathlib import Path
from requests.adapters import HTTPAdapter
from support.redirect.redirect import redirect_to
from support.desk import Desk

HTTPAdapter.send = redirect_to(sys.argv[1])
desk = Desk(Path(sys.argv[2]))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
report = desk.collect(*sys.argv[3:], deadline=60.0)["mastodon"]
assert report.failed == len(sys.argv[3:]), report
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.skipif(sys.platform == "darwin", reason="it counts in other units there")
def test_replies_are_let_go(raw, tmp_path):
    """Forty hosts send what takes most memory, all at once: a failure holds none."""
    signs = b"{},   ", b'"ab",   '
    bodies = [b"[" + sign * (490_000 // len(sign)) + b"0]" for sign in signs]
    raw.does = {f"s{n}.example": (reply(bodies[n % 2]),) for n in range(40)}
    series = [f"mastodon@{host}/tag/a/posts@6d" for host in raw.does]

    done = subprocess.run(
        [sys.executable, "-c", MEMORY, raw.address, str(tmp_path), *series],
        capture_output=True,
        text=True,
        cwd=ROOT / "tests",
    )

    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 60_000  # KB; held, they would take 140 MB and more
