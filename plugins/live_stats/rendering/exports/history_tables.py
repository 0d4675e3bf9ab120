"""The history as data for others: CSV, JSON and SQLite, with the same columns.

Made from the observations alone, in their order: the same history gives the same bytes,
and a number reads here as it reads on a page. Each format is written observation by
observation, so that no more than the file is in memory.
"""

import csv
import io
import json
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from ...model.values import Observation
from ...references.catalogue import AddressError, facts, from_series

COLUMNS = (
    "series",
    "platform",
    "server",
    "kind",
    "subject",
    "metric",
    "window_days",
    "value",
    "exactness",
    "from",
    "to",
    "observed_at",
    "source",
)
"""One row is one observation. `from` and `to` are the days that were counted, both
included, in UTC; without them, and without `window_days`, a number is of all time."""

ABOUT = ("label", "scope", "caveat", "page")

FORMULA = ("=", "+", "-", "@", "\t", "\r")

_TABLES = """
create table series (
  series text primary key, platform text, server text, kind text, subject text,
  metric text, window_days integer, label text, scope text, caveat text, page text
);
create table observations (
  id integer primary key, series text not null references series (series),
  value integer not null, exactness text not null, "from" text, "to" text,
  observed_at text not null, source text not null
);
"""

# After the rows: sorted then, its pages are full.
_VIEWS = """
create index observations_by_series on observations (series, observed_at);
create view latest as
  select id, series, value, exactness, "from", "to", observed_at, source from (
    select *, row_number() over (
      partition by series order by
        coalesce("to", substr(observed_at, 1, 10)) desc, observed_at desc, id desc
    ) as place from observations
  ) where place = 1;
"""


def as_csv(observations: Iterable[Observation]) -> bytes:
    """A table with a head, as RFC 4180 has it.

    An apostrophe stands before text that a spreadsheet would take for a formula, such
    as a video called -abc.
    """
    data = io.BytesIO()
    text = io.TextIOWrapper(data, "utf-8", newline="")
    table = csv.writer(text)
    table.writerow(COLUMNS)
    for observation in observations:
        row = _row(observation)
        table.writerow((*_cells(*row[:7]), *row[7:-1], *_cells(row[-1])))
    text.flush()
    return data.getvalue()


def as_json(observations: Iterable[Observation]) -> bytes:
    """An array of objects, one to a line."""
    data, gap = io.BytesIO(), b""
    data.write(b"[\n")
    for observation in observations:
        data.write(gap)
        data.write(as_line(observation))
        gap = b",\n"
    data.write(b"\n]\n" if gap else b"]\n")
    return data.getvalue()


def as_line(observation: Observation) -> bytes:
    """One observation as it stands in `as_json`: an object with the `COLUMNS`."""
    one, span = observation, observation.span
    days = (_day_json(span.start), _day_json(span.end)) if span else ("null", "null")
    # By hand, for a month may have 60,000, and most of each is that of its series.
    return (
        f'{_series_json(one.series)},"value":{one.value},'
        f'"exactness":"{one.exactness}","from":{days[0]},"to":{days[1]},'
        f'"observed_at":"{_moment(one.observed_at)}","source":{_json(one.source)}}}'
    ).encode()


def as_sqlite(observations: Iterable[Observation]) -> bytes:
    """A database with the tables `series` and `observations`, and the view `latest`."""
    database = sqlite3.connect(":memory:")
    database.executescript(_TABLES)
    seen: dict[str, None] = {}

    def rows() -> Iterator[tuple[Any, ...]]:
        for one in observations:
            seen[one.series] = None
            yield (one.series, *_row(one)[len(COLUMNS) - 6 :])

    # Foreign keys are not checked here, so that the series may come last.
    database.executemany("insert into observations values (null,?,?,?,?,?,?,?)", rows())
    for series in sorted(seen):
        known = _known_of(series)
        marks = ",".join("?" * len(known))
        database.execute(f"insert into series values ({marks})", known)
    database.executescript(_VIEWS)
    database.commit()
    data = database.serialize()
    database.close()
    return data


def database_size(observation: Observation) -> int:
    """At most so many bytes of `as_sqlite` are one observation's, its series apart."""
    series, source = len(observation.series), len(observation.source.encode())
    # Twice in the table and in its index: the series, and when it was read.
    return 2 * (series + 20) + source + 70


def series_size(series: str) -> int:
    """At most so many bytes of `as_sqlite` are those of one series."""
    texts = _known_of(series)
    # Its name stands in the index of the primary key too.
    return len(series.encode()) + sum(len(str(one).encode()) for one in texts) + 40


def entries(observations: Iterable[Observation]) -> Iterator[dict[str, Any]]:
    """Observations of one series as plain values, without what all of them share."""
    for one in observations:
        whole = dict(zip(COLUMNS, _row(one), strict=True))
        yield {key: whole[key] for key in COLUMNS[7:]}


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

# Thousands of lines share their days, their moment and their series.

_json = lru_cache(4096)(_encode)


@lru_cache(4096)
def _day_json(day: date) -> str:
    return f'"{day.isoformat()}"'


@lru_cache(4096)
def _series_json(series: str) -> str:
    """The columns that all observations of a series share, as an open object."""
    known = zip(COLUMNS, (series, *_parts(series)), strict=False)
    return _encode(dict(known)).removesuffix("}")


@lru_cache(4096)
def _cells(*values: Any) -> tuple[Any, ...]:
    return tuple(f"'{v}" if str(v).startswith(FORMULA) else v for v in values)


_day = lru_cache(4096)(date.isoformat)


@lru_cache(4096)
def _moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _row(one: Observation) -> tuple[Any, ...]:
    return (
        one.series,
        *_parts(one.series),
        one.value,
        one.exactness.value,
        _day(one.span.start) if one.span else None,
        _day(one.span.end) if one.span else None,
        _moment(one.observed_at),
        one.source,
    )


@lru_cache(4096)
def _parts(series: str) -> tuple[Any, ...]:
    """What a series names; nothing of one that no provider declares any more."""
    try:
        one = from_series(series)
    except AddressError:
        return (None,) * 6
    server = one.server or facts(one).server or None
    days = one.window.days
    return (one.platform, server, one.kind, one.subject, one.metric, days)


def _known_of(series: str) -> tuple[Any, ...]:
    """The row of a series in its own table."""
    return (series, *_parts(series), *_about(series))


def _about(series: str) -> tuple[Any, ...]:
    try:
        about = facts(from_series(series))
    except AddressError:
        return (None,) * len(ABOUT)
    return tuple(getattr(about, name) for name in ABOUT)
