"""GoatCounter: what is read of its replies."""

from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from pelican.plugins.live_stats.model.errors import ChangedShape
from pelican.plugins.live_stats.model.values import Span


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("goatcounter@example.org/site/all", 7654301),
        ("goatcounter@example.org/site/all/visitors@7d", 7654302),
        ("goatcounter@example.org/page/%2Fposts%2Fa%2F", 7654303),
        ("goatcounter@example.org/page/%2Fnever%2F", 0),
    ],
)
def test_the_right_number_is_read(value, address, expected):
    """Each metric from its own field, each window from its own days."""
    assert value(address).value == expected


@pytest.fixture
def counter(platforms, today):
    """A server with so many visitors in each hour, up to noon of today.

    `until` says up to which of its hours a range with this end is counted.
    """

    def counter(hourly, until):
        def reply(host, path):
            query = parse_qs(urlsplit(path).query)
            start, end = (
                datetime.fromisoformat(query[name][0]) for name in ("start", "end")
            )
            noon = datetime(today.year, today.month, today.day, 12)
            last = min(until(end), noon)
            hours = int((last - start) / timedelta(hours=1)) + 1
            said = str(max(hours, 0) * hourly)
            return (200 if said != "0" else 404), {"count": said, "count_unique": said}

        platforms.reply = reply

    return counter


UNTIL = {
    "its first hour": lambda end: end,  # as it is: the hour is not after 00:00
    "its last hour": lambda end: end + timedelta(hours=23),
}


@pytest.mark.parametrize("days", [1, 6, 30])
@pytest.mark.parametrize("until", UNTIL.values(), ids=UNTIL)
def test_a_window_has_every_hour_of_its_days(value, counter, today, until, days):
    """24 hours a day, wherever the server lets a range end: none of today's."""
    counter(hourly=1, until=until)
    reading = value(f"goatcounter@stats.example.org/site/all/visitors@{days}d")

    assert reading.value == 24 * days
    assert reading.span == Span.before(today, days)


def test_nobody_in_a_window_is_zero(value, counter):
    """The server says it with a status of 404, and need not be asked again."""
    counter(hourly=0, until=UNTIL["its first hour"])

    assert value("goatcounter@stats.example.org/page/%2Fa%2F/visitors@6d").value == 0


def test_an_hour_is_never_more_than_its_days(ask, platforms, today):
    """Two answers that contradict each other make no number."""
    alone = f"start={today}&"
    platforms.reply = lambda host, path: (200, {"count": "9" if alone in path else "5"})

    with pytest.raises(ChangedShape, match="hour"):
        ask("goatcounter@stats.example.org/site/all/visitors@6d")


@pytest.mark.parametrize("text", ["1.5k", "", "-3", "many", "12,34"])
def test_only_a_formatted_number_is_read(ask, platforms, text):
    """Digits and what may stand between thousands, nothing else."""
    platforms.edit["example.org"] = lambda reply: {"count": text}

    with pytest.raises(ChangedShape):
        ask("goatcounter@example.org/site/all")
