"""Recorded replies in `fixtures/<platform>.json`: the smallest of each shape.

A file is a list of entries:

    ask       method, host and path: "GET api.github.com/search/repositories"
    query     parameters that the request must have (others may be there too)
    headers   headers that it must have
    body      what a POST must hold: a form's fields, or the keys of a JSON object
    status    of the reply; 200 without it
    reply     the JSON of the reply; `reply_headers` are its headers

Days are written as {day-1} (2026-11-23), {stamp-1} (20261123) or {epoch-1} (the
seconds since 1970 at its midnight; {int:epoch-1} where a number belongs), counted from
the day of the request. Counts begin with 7654, so that tests can spoil them.
"""

import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

FIXTURES = Path(__file__).parents[1] / "fixtures"
_DAY = re.compile(r"\{(int:)?(day|stamp|epoch)([+-]\d+)\}")


def recorded(
    method: str, host: str, path: str, headers: Any, body: bytes, today: date
) -> tuple[int, Any, dict[str, str]] | None:
    """Status, JSON and headers of the reply to a request; None if no file has one."""
    parts = urlsplit(path)
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    ask = f"{method} {host}{unquote(parts.path)}"
    for entry in _ENTRIES.get(host, ()):
        entry = dated(entry, today)
        if (
            entry["ask"] == ask
            and entry.get("query", {}).items() <= query.items()
            and all(headers.get(k) == v for k, v in entry.get("headers", {}).items())
            and entry.get("body", {}).items() <= _fields(body).items()
        ):
            return (
                entry.get("status", 200),
                entry["reply"],
                entry.get("reply_headers", {}),
            )
    return None


def _fields(body: bytes) -> dict[str, Any]:
    text = body.decode()
    if text.startswith("{"):
        return json.loads(text)
    return {name: values[-1] for name, values in parse_qs(text).items()}


def dated(value: Any, today: date) -> Any:
    """The value with its days filled in."""
    if isinstance(value, dict):
        return {dated(k, today): dated(v, today) for k, v in value.items()}
    if isinstance(value, list):
        return [dated(item, today) for item in value]
    if not isinstance(value, str):
        return value
    whole = _DAY.fullmatch(value)
    text = _DAY.sub(lambda match: _spelled(match, today), value)
    return int(text) if whole and whole[1] else text


def _spelled(match: re.Match[str], today: date) -> str:
    day = today + timedelta(days=int(match[3]))
    if match[2] == "epoch":
        return str(int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()))
    return f"{day:%Y-%m-%d}" if match[2] == "day" else f"{day:%Y%m%d}"


_ENTRIES: dict[str, list[dict[str, Any]]] = {}
for _file in sorted(FIXTURES.glob("*.json")):
    for _entry in json.loads(_file.read_text(encoding="utf-8")):
        _host = _entry["ask"].split(" ", 1)[1].partition("/")[0]
        _ENTRIES.setdefault(_host, []).append(_entry)
