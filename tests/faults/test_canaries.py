"""No secret is kept, published or printed, whatever a server does with it.

Each credential of each platform is a canary. The server sends back what it was sent: as
it came, in capitals, turned round, in halves, in the usual codes, in each place that a
reply has. Then all that was written or said is searched for a third of any of them.
"""

import html
import json
import os
import re
from base64 import b64decode, b64encode, urlsafe_b64encode
from contextlib import suppress
from urllib.parse import quote, unquote

import pytest

from pelican.plugins.live_stats.cli.report import _line
from pelican.plugins.live_stats.collection import scheduler
from support.canaries import ENVIRONMENT, SECRET, questions
from support.desk import Desk

SPELLINGS = {
    "as it is": str,
    "capitals": str.upper,
    "small": str.lower,
    "turned round": lambda one: one[::-1],
    "quoted": lambda one: quote(one, ""),
    "quoted twice": lambda one: quote(quote(one, ""), ""),
    "escaped": lambda one: "".join(f"\\u{ord(sign):04x}" for sign in one),
    "entities": lambda one: "".join(f"&#{ord(sign)};" for sign in one),
    "base64": lambda one: b64encode(f"any:{one}".encode()).decode(),
    "base64 for URLs": lambda one: urlsafe_b64encode(one.encode()).decode(),
    "hexadecimal": lambda one: one.encode().hex(),
    "spaced": " ".join,
    "dotted": ".".join,
    "first half": lambda one: one[: len(one) // 2],
    "second half": lambda one: one[len(one) // 2 :],
    "halves": lambda one: f"{one[: len(one) // 2]}-and-{one[len(one) // 2 :]}",
}


def sent(handler):
    """The canaries in a request, and the tokens that came of logins."""
    text = "\n".join([handler.path, *handler.headers.values(), handler.body.decode()])
    for code in re.findall(r"Basic (\S+)", text):
        text += b64decode(code).decode()
    text += unquote(text) + json.dumps(text)
    return [one for one in SECRET.values() if one in text]


class Echo:
    """What the stand-in does to every host: answers with what it was sent.

    `way` gives the way to do so for a host.
    """

    def __init__(self, platforms, way):
        self.platforms, self.way_of, self.seen = platforms, way, set()

    def get(self, host):
        return self

    def __call__(self, handler):
        canaries = sent(handler)
        self.seen.update(canaries)
        said = canaries[0] if canaries else "nothing"
        way = self.way_of(handler.headers.get("X-Original-Host", ""))
        status, headers, body = way(said, self.usual, handler)
        handler.send_response(status, headers.pop("reason", None))
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    def usual(self, handler):
        """The reply that the platform would give."""
        host = handler.headers.get("X-Original-Host", "")
        status, reply, _ = self.platforms.answer(
            handler.command, host, handler.path, handler.headers, handler.body
        )
        return status, json.dumps(reply).encode()


def all_of(said):
    return " | ".join(spell(said) for spell in SPELLINGS.values())


def tagged(spell):
    def way(said, usual, handler):
        status, body = usual(handler)
        return status, {"ETag": f'"{spell(said)}"'}, body

    return way


def refusing(status):
    def way(said, usual, handler):
        message = all_of(said)
        reply = {"error": {"message": message, "code": message}, "message": message,
                 "description": message, "errors": [{"detail": message, "title": said}],
                 message: message}  # fmt: skip
        return status, {"reason": said, "Retry-After": said}, json.dumps(reply).encode()

    return way


def leading(place):
    def way(said, usual, handler):
        names = {"said": re.sub(r"[^a-z0-9]", "", said.lower()), "raw": said}
        return 302, {"Location": place.format(**names)}, b""

    return way


def page(said, usual, handler):
    return 200, {}, f"<!doctype html><title>{html.escape(said)}</title>".encode()


def words(said, usual, handler):
    return 200, {}, all_of(said)[:180].encode()


def home(said, usual, handler):
    name = re.sub(r"[^A-Za-z0-9]", ".", said)
    rule = '{"error": "does_not_respect_follow_constraints", "originUrl": "https://%s"}'
    return 403, {"Set-Cookie": f"key={said}"}, (rule % name).encode()


def everywhere(said, usual, handler):
    """Each text of the usual reply is the secret, and so is each number."""

    def changed(value):
        if isinstance(value, dict):
            return {name: changed(one) for name, one in value.items()} | {said: said}
        if isinstance(value, list):
            return [changed(one) for one in value]
        return said

    status, body = usual(handler)
    return status, {"ETag": said}, json.dumps(changed(json.loads(body))).encode()


def logins(said, usual, handler):
    """Texts are the secret, numbers are right: a login gives back the key itself."""

    def changed(value):
        if isinstance(value, dict):
            return {name: changed(one) for name, one in value.items()}
        if isinstance(value, list):
            return [changed(one) for one in value]
        is_token = isinstance(value, str) and "token" in value.lower()
        return said if is_token else value

    status, body = usual(handler)
    return status, {"ETag": f'"{said}"'}, json.dumps(changed(json.loads(body))).encode()


WAYS = {f"etag, {name}": tagged(spell) for name, spell in SPELLINGS.items()}
WAYS |= {f"refused {status}": refusing(status) for status in (400, 403, 429, 500)}
WAYS |= {
    "led to a host": leading("https://{said}.example/"),
    "led to a path": leading("/{raw}"),
    "led to a login": leading("/login?key={raw}"),
    "page": page,
    "words": words,
    "home": home,
    "everywhere": everywhere,
    "logins": logins,
}


def parts_of(secret):
    """What is searched for: each third of it, forwards and backwards."""
    word = re.sub(r"[\W_]+", "", secret.lower())
    for way in (word, word[::-1]):
        yield from (way[n : n + 11] for n in range(len(way) - 10))


PARTS = {part: name for name, one in SECRET.items() for part in parts_of(one)}


THIRDS = {
    part.encode()
    for one in SECRET.values()
    for form in (one, one[::-1], b64encode(one.encode()).decode())
    for part in (form.lower()[4:14], form.lower()[16:26])
}
"""What is searched for in many files: less, and much faster."""


def traces(text):
    """The canaries of which a third or more stands in a text, in any spelling."""
    readings = [text, unquote(unquote(text)), html.unescape(text)]
    readings.append(re.sub(r"\\u00(..)", lambda m: chr(int(m[1], 16)), text))
    for run in re.findall(r"[A-Za-z0-9+/_-]{12,}", text):
        with suppress(ValueError):
            readings += [bytes.fromhex(run).decode("latin-1")]
        for start in range(4):
            code = run[start:].replace("-", "+").replace("_", "/")
            readings.append(b64decode(code[: len(code) // 4 * 4]).decode("latin-1"))
    plain = "\n".join(re.sub(r"[\W_]+", "", one.lower()) for one in readings)
    return {name for part, name in PARTS.items() if part in plain}


@pytest.mark.parametrize("spell", SPELLINGS.values(), ids=SPELLINGS)
def test_the_search_finds_them(spell):
    """It would see a canary, however it is spelled, among other words."""
    text = f'{{"etag": "{spell(SECRET["X_BEARER_TOKEN"])}", "no": "other words"}}'

    assert traces(text) == {"X_BEARER_TOKEN"}
    assert not traces('{"etag": "W/1234567890abcdef1234567890abcdef"}')


def asked_by(name):
    """For each host the same way."""
    return lambda host: WAYS[name]


def in_turn(start):
    """For each host another way."""
    names, hosts = list(WAYS), {}
    return lambda host: WAYS[
        names[(start + hosts.setdefault(host, len(hosts))) % len(names)]
    ]


RUNS = {f"in turn, {n}": in_turn(n) for n in (0, 11)}
if os.environ.get("WHOLE"):  # every way for every platform: for a minute or two
    RUNS = {name: asked_by(name) for name in WAYS}


@pytest.mark.parametrize("way", RUNS.values(), ids=RUNS)
def test_nothing_that_is_kept_or_said_has_a_secret(
    platforms, tmp_path, monkeypatch, way
):
    """State, history, and the lines of the report: of all platforms."""
    monkeypatch.setattr(scheduler.time, "sleep", lambda seconds: None)
    platforms.trouble = echo = Echo(platforms, way)
    desk = Desk(tmp_path)

    reports = desk.collect(*questions(), env=ENVIRONMENT, deadline=30.0)

    said = [line for one in reports.values() for line in (_line(one), *one.failures)]
    desk.state.save(tmp_path / "state")
    kept = [file.read_text() for file in tmp_path.rglob("*") if file.is_file()]
    assert len(echo.seen) > len(SECRET) - 6 and kept
    assert traces("\n".join([*said, *kept])) == set()
    for line in said:
        assert line.isprintable() and len(line) < 1_000


def test_no_file_and_no_word_of_a_command_has_a_secret(site, platforms, monkeypatch):
    """The whole site: what is published, what is remembered, what is printed."""
    monkeypatch.setattr(scheduler.time, "sleep", lambda seconds: None)
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    platforms.trouble = echo = Echo(platforms, in_turn(5))
    site.post(text="\n".join(f"[over 9](stat:{one})" for one in questions()))

    assert site.publish() == 0, site.out

    assert len(echo.seen) > len(SECRET) - 6
    assert traces(site.out) == set()
    made = (site.folder / name for name in ("output", ".build", "content/data"))
    for file in (one for folder in made for one in folder.rglob("*")):
        if file.is_file() and file.suffix not in (".css", ".js", ".woff2", ".mo"):
            text = file.read_bytes().lower()
            assert not [one for one in THIRDS if one in text], file
