"""X's counts of a hashtag by day, from its recent counts or its archive."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from ...model.errors import ChangedShape
from ...model.values import Reading, Span
from ..base import Question, Web
from ..daily_series import by_day
from ..parsing import count, either, field, rows

API = "https://api.x.com/2"
# The recent counts begin 7 x 24 hours ago to the minute: of days from 00:00, six.
RECENT_DAYS, PAGES = 6, 15


def by_days(question: Question, web: Web, headers: dict[str, str]) -> Iterator[Reading]:
    span = Span.before(question.today, question.window.days or 1)
    params = {
        "query": f"#{question.subject}", "granularity": "day",
        "start_time": f"{span.start}T00:00:00Z",
        "end_time": f"{question.today}T00:00:00Z",
    }  # fmt: skip
    archive = f"{API}/tweets/counts/all"
    url, otherwise = archive, None
    if span.days <= RECENT_DAYS:  # the archive costs twice as much
        url, otherwise = f"{API}/tweets/counts/recent", (archive, dict(params))
    days: Counter[date] = Counter()
    metas = []
    for _ in range(PAGES):
        reply = web.json(url, params=params, headers=headers, otherwise=otherwise)
        for entry in rows(reply, "data"):
            day = date.fromisoformat(str(field(entry, "start"))[:10])
            if day in span:
                days[day] += count(either(entry, "tweet_count post_count"))
        metas.append(field(reply, "meta"))
        if "next_token" not in metas[-1]:
            break
        params["next_token"] = metas[-1]["next_token"]
    else:
        raise ChangedShape("X gave more pages than the days asked for")
    (metric,) = question.metrics
    if all(day in days for day in span):
        yield from by_day(metric, days, span)
        return
    total = sum(
        count(either(meta, "total_tweet_count total_post_count")) for meta in metas
    )
    yield Reading(
        metric=metric.name, value=total, exactness=metric.exactness, span=span
    )
