"""One collection: asks what is due, stores what came, remembers what did not."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from pelican.plugins.live_stats.collection.health import find_overdue
from pelican.plugins.live_stats.model.settings import Settings
from pelican.plugins.live_stats.model.values import Exactness, Reading, Span
from pelican.plugins.live_stats.providers import BY_NAME
from pelican.plugins.live_stats.references.catalogue import from_series
from pelican.plugins.live_stats.storage.history import History

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
TAG = "mastodon/tag/metoo/posts@6d"


def test_what_is_read_is_stored_with_its_provenance(desk):
    """Value, span, exactness, time of the collection, and where to look."""
    desk.collect(TAG)

    latest = desk.history.latest(TAG)
    assert latest.value == 621
    assert latest.observed_at == NOON
    assert latest.source == "https://mastodon.social/tags/metoo"
    assert History.load(desk.history.folder).latest(TAG) == latest


def test_complete_days_are_kept_once(desk):
    """The days behind a window are stored as days, and never again."""
    desk.collect(TAG)
    desk.collect(TAG, at=NOON + timedelta(hours=2))

    days = desk.history.of("mastodon/tag/metoo/posts@1d")
    assert [one.value for one in days] == [106, 105, 104, 103, 102, 101]


def test_one_question_serves_all_metrics_of_a_post(desk, platforms):
    """Three figures of one post cost one request."""
    desk.collect("x/post/1/reposts", "x/post/1/likes", "x/post/1/replies")

    assert platforms.hosts() == ["api.x.com"]
    assert desk.values("x/post/1/likes") == [24_319]


def test_what_is_fresh_is_not_asked(desk, platforms):
    """Freshness counts from the last confirmation; `everything` asks all the same."""
    desk.collect(TAG)
    desk.collect(TAG, at=NOON + timedelta(minutes=59))
    assert len(platforms.asked) == 1

    desk.collect(TAG, at=NOON + timedelta(minutes=60))
    desk.collect(TAG, at=NOON + timedelta(minutes=61), everything=True)
    assert len(platforms.asked) == 3
    assert desk.state.series[TAG].checked_at == NOON + timedelta(minutes=61)


def test_without_credentials_nothing_is_asked(desk, platforms):
    """The missing variable is named; no request leaves."""
    reports = desk.collect("x/post/1/likes", env={})

    assert reports["x"].missing == ("X_BEARER_TOKEN",)
    assert platforms.asked == []


def test_an_alias_of_a_variable_serves(desk):
    """Names that other tools use for the same key are read too."""
    desk.collect("x/post/1/likes", env={"TWITTER_BEARER_TOKEN": "s3cret"})

    assert desk.values("x/post/1/likes") == [24_319]


@pytest.mark.parametrize("trouble", [401, 404, 429, 500, "html", "shape", "truncated"])
def test_a_failure_keeps_the_last_reading(desk, platforms, trouble):
    """Nothing is stored, nothing is lost, and the words are remembered."""
    desk.collect(TAG)
    platforms.trouble["mastodon.social"] = trouble

    reports = desk.collect(TAG, at=NOON + timedelta(days=1))

    asked = desk.state.series[TAG]
    assert desk.values(TAG) == [621]
    assert asked.checked_at == NOON and asked.failed_at == NOON + timedelta(days=1)
    (told,) = reports["mastodon"].failures
    assert asked.failure and told.startswith(asked.failure)
    assert reports["mastodon"].failed == 1


def test_a_key_for_another_server_is_not_asked_for_again(desk):
    """It is set: what is missing is that it belongs to the server of the figure."""
    series = "umami@other.example/site/b59e9c65-ae32-47f1-8400-119fcf4861c4/visitors@7d"

    reports = desk.collect(series, env={"UMAMI_API_KEY": "s3cret"})

    assert reports["umami"].missing == ("UMAMI_HOST=other.example",)


def test_one_missing_number_costs_no_other(desk, platforms):
    """An older server counts no quotes: the likes of the same post are read."""
    known = platforms.reply

    def older(host, path):
        status, reply = known(host, path)
        return status, {k: v for k, v in reply.items() if k != "quotes_count"}

    platforms.reply = older

    reports = desk.collect("mastodon/post/1/quotes", "mastodon/post/1/likes")

    assert desk.values("mastodon/post/1/likes") == [24_319]
    assert desk.values("mastodon/post/1/quotes") == []
    assert reports["mastodon"].failed == 1
    assert "quotes_count" in desk.state.series["mastodon/post/1/quotes"].failure


def test_a_server_is_named_in_its_failures(desk, platforms):
    """MASTODON_INSTANCE is a name, not a secret."""
    platforms.trouble["example.org"] = 500
    env = {"MASTODON_INSTANCE": "example.org"}

    reports = desk.collect("mastodon@example.org/tag/a", env=env)

    assert reports["mastodon"].failures[0].startswith("example.org reported an error")


def test_one_platform_in_trouble_costs_no_other(desk, platforms):
    """Hosts are asked side by side; each fails for itself."""
    platforms.trouble["mastodon.social"] = "silent"

    desk.collect(TAG, "hackernews/tag/metoo", deadline=0.5)

    assert desk.values(TAG) == []
    assert desk.values("hackernews/tag/metoo/posts@30d") == [35]


def test_a_silent_host_is_not_asked_for_ever(desk, platforms):
    """After two questions without an answer the rest waits for the next time."""
    platforms.trouble["mastodon.social"] = 500

    reports = desk.collect(*(f"mastodon/tag/a{n}" for n in range(6)))

    assert len(platforms.asked) == 2
    assert len(reports["mastodon"].failures) == 6


def test_a_short_pause_is_waited_out(desk, platforms):
    """Retry-After within the deadline: asked once more, and the answer counts."""
    answers = iter([(429, b"{}", {"Retry_After": "2"})])

    def busy_once(handler):
        known = next(answers, None)
        if known:
            handler.send(known[0], known[1], **known[2])
        else:
            del platforms.trouble["mastodon.social"]
            handler.do_GET()

    platforms.trouble["mastodon.social"] = busy_once

    desk.collect(TAG)

    assert desk.waited == [2.0]
    assert desk.values(TAG) == [621]


def test_a_long_pause_is_respected_not_waited(desk, platforms):
    """An hour is more than the deadline: the host is left alone."""
    platforms.trouble["mastodon.social"] = "busy"

    desk.collect(TAG, "mastodon/tag/b", "mastodon/tag/c")

    assert desk.waited == []
    assert len(platforms.asked) == 1


def test_a_platform_gets_the_pause_it_wants(desk, platforms):
    """GDELT wants five seconds between two requests; without the time it waits."""
    desk.collect("gdelt/tag/a", "gdelt/tag/b", deadline=60.0)
    assert desk.waited == [pytest.approx(5.0, abs=1)]

    desk.collect("gdelt/tag/c", "gdelt/tag/d", deadline=4.0)
    assert desk.values("gdelt/tag/d/articles@7d") == []
    assert "pause" in desk.state.series["gdelt/tag/d/articles@7d"].failure


def test_the_budget_of_a_platform_holds(desk, platforms):
    """Not one request more than the operator allows."""
    desk.collect(*(f"x/post/{n}/likes" for n in range(5)), requests={"x": 2})

    assert platforms.hosts() == ["api.x.com"] * 2


def test_an_implausible_reading_is_held_and_said(desk, platforms):
    """It is not stored, the last one stays; the same an hour later is believed."""
    desk.collect("x/post/1/likes")
    platforms.counts["post"] = 10
    day = NOON + timedelta(days=1)

    reports = desk.collect("x/post/1/likes", at=day)
    assert desk.values("x/post/1/likes") == [24_319]
    assert "held" in reports["x"].failures[0]

    desk.collect("x/post/1/likes", at=day + timedelta(hours=1))
    assert desk.values("x/post/1/likes") == [24_319, 11]


def test_a_sum_asks_for_its_parts(desk):
    """`all` is never asked for: the platforms in it are, and it is made of them."""
    desk.collect("all/tag/metoo")

    assert desk.values(TAG) == [621]
    assert desk.values("x/tag/metoo/posts@6d") == [6_015]
    assert desk.values("all/tag/metoo/posts@6d") == []


DAYS = [NOON.date() + timedelta(days=n) for n in (0, 1, 40)]


@pytest.mark.parametrize("day", DAYS)
def test_a_day_that_is_not_over_is_no_reading(desk, monkeypatch, day):
    """Whatever a provider makes of the dates in a reply: what lies ahead is refused."""

    def fetch(self, query, session):
        (metric,) = query.metrics
        yield Reading(
            metric=metric.name,
            value=1,
            exactness=Exactness.EXACT,
            span=Span(start=day - timedelta(days=5), end=day),
        )

    monkeypatch.setattr(type(BY_NAME["mastodon"]), "fetch", fetch)
    reports = desk.collect(TAG)

    assert desk.values(TAG) == []
    assert reports["mastodon"].failures == [
        "mastodon.social gave a number of days not over yet"
    ]


ADDRESSES = ["mastodon/tag/metoo", "wikipedia/article/Metoo", "gdelt/tag/metoo"]
ADDRESSES += ["x/tag/metoo"]


@pytest.mark.parametrize("ahead", [1, 30])
@pytest.mark.parametrize("address", ADDRESSES)
def test_days_ahead_in_a_reply_are_not_stored(desk, platforms, address, ahead):
    """A platform whose clock is wrong: its days to come never reach the history."""
    platforms._today = NOON.date() + timedelta(days=ahead)

    desk.collect(address)

    assert platforms.asked
    for one in desk.history.all_observations():
        assert one.observed_at == NOON
        assert not one.span or one.span.end < NOON.date()


def test_a_sum_and_a_hashtag_share_an_answer(desk, platforms):
    """The usual windows are the same: what is paid for is asked for once."""
    desk.collect("all/tag/metoo", "x/tag/metoo", "mastodon/tag/metoo")

    assert sorted(platforms.hosts()) == ["api.x.com", "mastodon.social"]


def test_no_secret_is_remembered(desk, platforms):
    """Failures go into a file that is published: no key in them."""
    platforms.trouble["api.x.com"] = 401
    desk.collect("x/post/1/likes")
    desk.state.save(desk.folder)

    assert "s3cret" not in (desk.folder / "state.jsonl").read_text()


@pytest.mark.parametrize("etag", ['"s3cret"', '"' + "a" * 60_000 + '"', '"\x1f"'])
def test_an_etag_that_is_none_is_not_kept(desk, platforms, etag):
    """A server may send our key back, or anything of any length."""
    known = platforms.reply

    def answer(handler):
        status, reply = known("api.x.com", handler.path)
        return handler.send(status, json.dumps(reply).encode(), ETag=etag)

    platforms.trouble["api.x.com"] = answer
    desk.collect("x/post/1/likes")
    desk.state.save(desk.folder)

    assert desk.values("x/post/1/likes")
    assert desk.state.series["x/post/1/likes"].etag == ""
    assert (desk.folder / "state.jsonl").stat().st_size < 500


def test_the_text_of_a_failure_is_kept_in_parts(desk, platforms):
    """Some platforms say why, at whatever length."""
    reply = json.dumps({"title": "a" * 5_000, "detail": "b" * 5_000}).encode()
    platforms.trouble["api.x.com"] = lambda handler: handler.send(400, reply)
    desk.collect("x/post/1/likes")

    assert 0 < len(desk.state.series["x/post/1/likes"].failure) <= 300


def test_nothing_due_leaves_the_state_alone(desk, tmp_path):
    """A collection that asks nobody is no collection."""
    desk.collect(TAG)
    before = desk.state.collected_at

    desk.collect(TAG, at=NOON + timedelta(minutes=1))

    assert desk.state.collected_at == before


def test_closed_platforms_are_never_asked(desk, platforms):
    """Facebook and Instagram publish no count of a hashtag."""
    reports = desk.collect("facebook/tag/metoo", "instagram/tag/metoo")

    assert platforms.asked == [] and reports == {}
    assert from_series("facebook/tag/metoo/accounts").platform == "facebook"


def test_a_budget_lasts_over_collections(desk, platforms):
    """What one collection spent, the next one cannot spend again."""
    limits = {"x": {"requests": 2}}
    desk.collect("x/post/1/likes", "x/post/2/likes", budgets=limits)
    later = NOON + timedelta(hours=2)

    reports = desk.collect("x/post/3/likes", at=later, budgets=limits)

    assert platforms.hosts() == ["api.x.com"] * 2
    assert "budget of 2 requests for X is spent" in reports["x"].failures[0]


def test_a_host_that_wants_a_pause_is_left_alone_by_later_runs(desk, platforms):
    """An hour of Retry-After holds for the next collections too."""
    platforms.trouble["mastodon.social"] = "busy"
    desk.collect(TAG)
    del platforms.trouble["mastodon.social"]

    reports = desk.collect(TAG, at=NOON + timedelta(minutes=59), everything=True)
    assert len(platforms.asked) == 1 and reports["mastodon"].until

    desk.collect(TAG, at=NOON + timedelta(minutes=61))
    assert desk.values(TAG) == [621]


@pytest.mark.parametrize(("ahead", "asked"), [(30, 0), (31, 1), (3000, 1)])
def test_a_pause_beyond_a_month_comes_from_a_wrong_clock(desk, platforms, ahead, asked):
    """A clock that was years ahead must not keep us silent for years."""
    desk.state.hosts["mastodon.social"] = NOON + timedelta(days=ahead)

    desk.collect(TAG)

    assert len(platforms.asked) == asked
    assert ("mastodon.social" in desk.state.hosts) != asked


@pytest.mark.parametrize("trouble", ["shape", 500, 429])
def test_what_answered_in_vain_is_asked_a_quarter_of_an_hour_later(
    desk, platforms, trouble
):
    """Anonymous platforms are not asked every minute, whatever they answer."""
    platforms.trouble["mastodon.social"] = trouble
    desk.collect(TAG)

    desk.collect(TAG, at=NOON + timedelta(minutes=14))
    assert len(platforms.asked) == 1

    desk.collect(TAG, at=NOON + timedelta(minutes=15))
    assert len(platforms.asked) == 2


@pytest.mark.parametrize(
    ("trouble", "hours", "mend"),
    [(404, 6, "spelling"), (410, 168, "mode=frozen"), (403, 24, "X_BEARER_TOKEN")],
)
def test_what_no_asking_mends_is_told_once(desk, platforms, trouble, hours, mend):
    """With what to change; it is asked for again after hours or days, not minutes.

    The figure that waits is named each time, as for any failure.
    """
    platforms.trouble["api.x.com"] = trouble
    first = desk.collect("x/post/1/likes")["x"]
    later = desk.collect("x/post/1/likes", at=NOON + timedelta(hours=hours - 1.5))["x"]

    assert mend in first.failures[0]
    assert later.failing and not (later.failures or later.until)
    assert len(platforms.asked) == 1

    desk.collect("x/post/1/likes", at=NOON + timedelta(hours=hours))
    assert len(platforms.asked) == 2


def test_another_key_is_tried_at_once(desk, platforms):
    """Whoever puts a new key in need not wait; and no file holds a key."""
    platforms.trouble["api.x.com"] = 401
    desk.collect("x/post/1/likes")
    del platforms.trouble["api.x.com"]

    env = {"X_BEARER_TOKEN": "an0ther"}
    desk.collect("x/post/1/likes", at=NOON + timedelta(minutes=1), env=env)

    assert desk.values("x/post/1/likes") == [24_319]


def test_a_bug_of_ours_is_raised(desk, monkeypatch):
    """It is never told as the platform's trouble."""

    def fetch(self, query, session):
        raise KeyError("a name that we misspelt")
        yield

    monkeypatch.setattr(type(BY_NAME["mastodon"]), "fetch", fetch)

    with pytest.raises(KeyError, match="misspelt"):
        desk.collect(TAG)


def test_who_could_not_be_reached_may_be_asked_at_once(desk, platforms):
    """A network that was away costs no quarter of an hour."""
    platforms.trouble["mastodon.social"] = lambda handler: handler.connection.close()
    desk.collect(TAG)
    del platforms.trouble["mastodon.social"]

    desk.collect(TAG, at=NOON + timedelta(minutes=1))

    assert desk.values(TAG) == [621]


def test_an_unchanged_answer_confirms_the_reading(desk, platforms):
    """304 after an ETag: nothing new is stored, and the number is fresh again."""
    known = platforms.reply

    def answer(handler):
        if handler.headers.get("If-None-Match"):
            return handler.send(304, b"")
        status, reply = known("api.x.com", handler.path)
        return handler.send(status, json.dumps(reply).encode(), ETag='"1"')

    platforms.trouble["api.x.com"] = answer
    desk.collect("x/post/1/likes")
    later = NOON + timedelta(days=1)

    reports = desk.collect("x/post/1/likes", at=later)

    assert reports["x"].failures == [] and len(platforms.asked) == 2
    assert desk.values("x/post/1/likes") == [24_319]
    assert desk.state.series["x/post/1/likes"].checked_at == later


def test_the_first_collection_brings_the_whole_series(desk, platforms):
    """Every day since the platform began; the next one asks for the window only."""
    desk.collect("wikipedia/article/A")
    days = desk.history.of("wikipedia/article/A/views@1d")
    assert days[0].span.start.isoformat() == "2015-07-01"

    desk.collect("wikipedia/article/A", at=NOON + timedelta(hours=7))

    assert "2026102100/" in platforms.asked[-1][1]
    assert desk.history.of("wikipedia/article/A/views@1d") == days


def test_a_day_is_written_once(desk, platforms):
    """A platform that counts a past day anew does not write it anew."""
    desk.collect(TAG)
    platforms.counts["uses"] = 500
    desk.collect(TAG, at=NOON + timedelta(hours=1))

    days = desk.history.of("mastodon/tag/metoo/posts@1d")
    assert [one.value for one in days] == [106, 105, 104, 103, 102, 101]


def test_a_key_goes_only_to_the_server_that_gave_it(desk, platforms):
    """Another server never sees the token of the usual one."""
    env = {"MASTODON_ACCESS_TOKEN": "t0ken"}
    desk.collect("mastodon/tag/a", "mastodon@b.example/tag/a", env=env)

    sent = {h["X-Original-Host"]: h.get("Authorization") for h in platforms.headers}
    assert sent == {"mastodon.social": "Bearer t0ken", "b.example": None}


def test_old_numbers_are_overdue(desk, platforms):
    """Counted from the last confirmation; what was never asked has no age."""
    desk.collect(TAG)
    settings = Settings(warn_after={"*": 24}, fail_after={"mastodon/tag/posts": 48})

    def ages(hours):
        references = [from_series(TAG), from_series("x/post/1/likes")]
        at = NOON + timedelta(hours=hours)
        found = find_overdue(references, desk.history, desk.state, settings, at)
        return [(one.series, one.fails) for one in found]

    assert ages(24) == []
    assert ages(25) == [(TAG, False)]
    assert ages(49) == [(TAG, True)]


def test_who_is_there_right_now_may_be_any_number(desk, platforms):
    """Visitors of a few minutes rise and fall freely: none of them is held."""
    env = {"FATHOM_API_KEY": "s3cret"}
    numbers = [3, 200, 0]
    for hour, number in enumerate(numbers):
        body = json.dumps({"total": number}).encode()
        platforms.trouble["api.usefathom.com"] = lambda handler, body=body: (
            handler.send(200, body)
        )
        desk.collect("fathom/site/A/online", at=NOON + timedelta(hours=hour), env=env)

    assert desk.state.series["fathom/site/A/online"].held is None
    assert desk.history.latest("fathom/site/A/online").value == 0
