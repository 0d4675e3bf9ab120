"""A history in which every value is another, so that a number says what it is of.

Platforms and servers; a sum one of whose platforms lags; readings that are stale, held,
at least, estimated, rounded, and of a number that is no longer published; a change of
method; series that were never read.
"""

import json
import random
from dataclasses import dataclass
from datetime import date, timedelta

TODAY = date(2026, 11, 28)
NOW = f"{TODAY}T12:00:00Z"
READ = "T03:00:00Z"  # when each day's readings were made
DAYS = 60
POST = "x/post/919659438700670976"


@dataclass(frozen=True, kw_only=True)
class Series:
    """What is true of one series, in words of this test, not of the code's.

    `points` are its values by day: the last that a window covers, else that of the
    reading. `sure` is the exactness as history has it, `state` that of its freshness,
    `as_of` the day of its last reading, `moved` when it was found unchanged later.
    """

    name: str
    place: str
    noun: str
    days: int | None = None
    sure: str = "exact"
    state: str = "fresh"
    as_of: date = TODAY
    points: dict[date, int]

    def __str__(self):
        window = f" in {self.days} days to {self.until}" if self.days else ""
        return (
            f"{self.sure} {self.value:,} {self.noun}, {self.place}{window}, "
            f"{self.state} as of {self.as_of} ({self.name})"
        )

    @property
    def places(self):
        return self.place.split(" and ")

    @property
    def label(self):
        """The platform in the words of an author or of a link, where not the place."""
        return {"mastodon.social": "Mastodon", "chaos.social": "Mastodon"}.get(
            self.place, "Wikipedia" if self.place == "en.wikipedia.org" else ""
        )

    @property
    def until(self):
        return max(self.points)

    @property
    def value(self):
        return self.points[self.until]


MASTODON, CHAOS = "mastodon.social", "chaos.social"
PLAN = [
    # name, place, noun, days of a window, exactness, state, days that it lags
    ("mastodon/tag/metoo/posts", MASTODON, "posts", 6, "exact", "fresh", 0),
    ("mastodon/tag/metoo/posts", MASTODON, "posts", 1, "exact", "fresh", 0),
    ("mastodon@chaos.social/tag/metoo/posts", CHAOS, "posts", 6, "exact", "stale", 5),
    ("bluesky/tag/metoo/posts", "Bluesky", "posts", 6, "at-least", "stale", 3),
    ("x/tag/metoo/posts", "X", "posts", 6, "exact", "fresh", 0),
    ("x/tag/metoo/posts", "X", "posts", 1, "exact", "fresh", 0),
    ("gdelt/tag/metoo/articles", "GDELT", "articles", 7, "estimate", "fresh", 0),
    ("gdelt/tag/metoo/articles", "GDELT", "articles", 1, "estimate", "fresh", 0),
    (
        "hackernews/tag/metoo/mentions",
        "Hacker News",
        "mentions",
        None,
        "rounded",
        "fresh",
        0,
    ),
    ("hackernews/tag/metoo/posts", "Hacker News", "posts", 30, "at-least", "fresh", 0),
    (
        "mastodon/tag/womenboycotttwitter/posts",
        MASTODON,
        "posts",
        6,
        "exact",
        "held",
        2,
    ),
    (
        "gdelt/tag/womenboycotttwitter/articles",
        "GDELT",
        "articles",
        7,
        "exact",
        "fresh",
        0,
    ),
    (
        "hackernews/tag/womenboycotttwitter/mentions",
        "Hacker News",
        "mentions",
        None,
        "exact",
        "fresh",
        0,
    ),
    (f"{POST}/likes", "X", "likes", None, "exact", "fresh", 0),
    (f"{POST}/reposts", "X", "shares", None, "exact", "held", 1),
    (f"{POST}/replies", "X", "replies", None, "exact", "stale", 9),
    (
        "wikipedia/article/MeToo_movement/views",
        "en.wikipedia.org",
        "views",
        30,
        "exact",
        "fresh",
        0,
    ),
    (
        "wikipedia/article/MeToo_movement/views",
        "en.wikipedia.org",
        "views",
        1,
        "exact",
        "fresh",
        0,
    ),
    (
        "facebook/tag/metoo/accounts",
        "Facebook",
        "people",
        None,
        "exact",
        "retired",
        1200,
    ),
]


def planned():
    """The series of `PLAN`, with values that no two of them share."""
    chance, used, found = random.Random(7), set(), {}

    def unused(low, high, step=1):
        while (value := chance.randrange(low, high, step)) in used or value % 1000 < 10:
            pass
        used.add(value)
        return value

    for place, (name, where, noun, days, sure, state, lag) in enumerate(PLAN):
        last = TODAY - timedelta(lag + (days is not None))
        step = 10 if sure == "rounded" else 1
        long = 230 if name.startswith("x/tag") and days == 1 else DAYS
        every = [last - timedelta(n) for n in range(long - 1, -1, -1)]
        every = [*every[:-DAYS:3], *every[-DAYS:]]  # the line of no chart is thinned
        asked = [
            day for day in every if days == 1 or day == last or chance.random() < 0.75
        ]
        if days is None:
            low = 100_000 * (place + 2)
            values = sorted(unused(low, low + 90_000, step) for _ in asked)
        else:
            low = 2_000 if days == 1 else 30_000
            fell = last - timedelta(20)
            values = [
                unused(low, low * 2) if day > fell else unused(low * 3, low * 4)
                for day in asked
            ]
        full = f"{name}@{days}d" if days else name
        found[full] = Series(
            name=full,
            place=where,
            noun=noun,
            days=days,
            sure=sure,
            state=state,
            as_of=last + timedelta(days is not None),
            points=dict(zip(asked, values, strict=True)),
        )
    return found


def sum_of(known, name, parts):
    """The series `name` that adds up the `parts`, of the days that all have."""
    terms = [known[part] for part in parts]
    shared = set(terms[0].points).intersection(*(one.points for one in terms[1:]))
    return Series(
        name=name,
        place=" and ".join(one.place for one in terms),
        noun=terms[0].noun,
        days=terms[0].days,
        points={day: sum(one.points[day] for one in terms) for day in sorted(shared)},
    )


def lines_of(series):
    """Its observations as the history has them."""
    for day, value in series.points.items():
        yield {
            "series": series.name,
            "value": value,
            "exactness": series.sure,
            "observed_at": f"{day + timedelta(series.days is not None)}{READ}",
            "from": series.days and str(day - timedelta(series.days - 1)),
            "to": series.days and str(day),
            "source": "https://example.org/",
        }


def write_history(folder, known):
    """History and state of `known`, below `content/data` of a site."""
    months = {}
    for one in known.values():
        for line in lines_of(one):
            months.setdefault(line["observed_at"][:7], []).append(
                json.dumps(line, sort_keys=True)
            )
    data = folder / "content/data"
    (data / "observations").mkdir(parents=True, exist_ok=True)
    for month, lines in months.items():
        file = data / f"observations/{month}.jsonl"
        file.write_text("\n".join(lines) + "\n")
    now = f"{TODAY}{READ}"
    state = [
        {"kind": "series", "name": one.name, "checked_at": f"{one.as_of}{READ}"}
        for one in known.values()
    ]
    state.append({"kind": "platform", "name": "x", "answered_at": now})
    state.append({"kind": "collection", "at": now})
    held = [
        {"event": "held", "series": one.name, "value": HELD, "at": now}
        for one in known.values()
        if one.state == "held"
    ]
    (data / "journal").mkdir(exist_ok=True)
    for file, lines in (("state", state), (f"journal/{TODAY:%Y-%m}", held)):
        text = "".join(f"{json.dumps(line)}\n" for line in lines)
        (data / f"{file}.jsonl").write_text(text)


HELD = 9_876_543
