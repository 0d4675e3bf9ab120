"""Gone, hidden, refused, moved, a login wanted: each told apart from another shape."""

import json

import pytest

from pelican.plugins.live_stats.collection.http_errors import failure_for_status
from pelican.plugins.live_stats.model.errors import (
    ChangedShape,
    Gone,
    Hidden,
    Moved,
    NoCount,
    NotFound,
    NotOffered,
    RateLimited,
    Refused,
    Unreachable,
    WantsLogin,
)

POST = "bluesky/post/did%3Aplc%3Aabc%2F3k/likes"
COMMUNITY = "reddit/community/metoo/subscribers"
X_ERROR = {"type": "https://api.x.com/2/problems/not-authorized-for-resource"}
LEMMY = {"community": {"deleted": True, "subscribers": 3}, "counts": {"subscribers": 3}}
GITHUB = "github/tag/a"
LIMIT = RateLimited
UNSEEN = {"impression_count": 0, "like_count": 3}
NO_LIKES = {"like_count": None}
LOGIN_WORDS = "This method requires an authenticated user"
NO_SUCH_KEY = "`key` doesn't match a known application"
CLICKY_DAY = {"date": "2020-01-01", "items": [{"value": "3"}]}
CLICKY = [{"type": "visitors", "dates": [CLICKY_DAY]}]
MATOMO = {"result": "error", "message": "Too many requests, try again later"}
OFTEN = {"ok": False, "error": "You ask too often"}
TELEGRAM = {"ok": False, "error_code": 400, "description": "CHAT_ADMIN_REQUIRED"}


def meta(code, subcode=None):
    """An error of Meta's, by its numbers."""
    known = {"error_subcode": subcode} if subcode else {}
    return {"error": {"code": code, "fbtrace_id": "A", **known}}


@pytest.mark.parametrize(
    ("address", "status", "reply", "failure"),
    [
        (POST, 200, {"posts": []}, NotFound),
        (
            POST,
            400,
            {"error": "InvalidRequest", "message": "Profile not found"},
            NotFound,
        ),
        ("bluesky/account/a.test/followers", 400, {"error": "AccountTakedown"}, Gone),
        (
            "bluesky/account/a.test/followers",
            400,
            {"error": "AccountDeactivated"},
            Gone,
        ),
        ("x/post/1/likes", 200, {"errors": [X_ERROR]}, Hidden),
        (
            "x/post/1/likes",
            200,
            {"errors": [{"detail": "User has been suspended"}]},
            Gone,
        ),
        ("x/account/a/followers", 200, {"errors": [{"title": "Not Found"}]}, NotFound),
        ("mastodon/account/a/followers", 200, {"followers_count": -1}, Hidden),
        ("mastodon/account/a/followers", 200, {"suspended": True}, Gone),
        ("mastodon/account/a/followers", 410, {"error": "Gone"}, Gone),
        ("mastodon/post/1/quotes", 200, {"reblogs_count": 1}, NotOffered),
        ("mastodon/tag/metoo", 200, {"history": []}, NotOffered),
        ("pixelfed/tag/metoo", 200, {"history": []}, NotOffered),
        (
            "lemmy/community/a/subscribers",
            400,
            {"error": "instance_is_private"},
            WantsLogin,
        ),
        ("lemmy/post/1/points", 404, {"error": "couldnt_find_post"}, NotFound),
        ("lemmy/community/a/subscribers", 200, {"community_view": LEMMY}, Gone),
        ("misskey/post/a/likes", 400, {"error": {"code": "NO_SUCH_NOTE"}}, NotFound),
        ("misskey/tag/a", 400, {"error": {"code": "CREDENTIAL_REQUIRED"}}, WantsLogin),
        (
            "peertube@a.example/video/a/views",
            403,
            {"code": "video_requires_password"},
            Hidden,
        ),
        (COMMUNITY, 404, {"reason": "banned", "error": 404}, Gone),
        (COMMUNITY, 403, {"reason": "private", "error": 403}, Hidden),
        (COMMUNITY, 403, {"error": 403}, Refused),
        (COMMUNITY, 200, {"kind": "Listing", "data": {"children": []}}, NotFound),
        ("tumblr/post/a%2F1/notes", 200, {"response": {"posts": []}}, NotFound),
        ("flickr/tag/a", 200, {"stat": "fail", "code": 105}, Unreachable),
        ("matomo@a.example/site/1/visits", 200, {"result": "error"}, Refused),
        ("github/repository/a%2Fb/stars", 451, {}, Gone),
        (
            "github/repository/a%2Fb/stars",
            403,
            {"message": "Repository access blocked"},
            Gone,
        ),
        (
            "stackexchange/tag/a",
            400,
            {"error_message": "No site found for name `a`"},
            NotFound,
        ),
        ("stackexchange/tag/a", 200, {"error_id": 502}, RateLimited),
        (
            "youtube/tag/a",
            403,
            {"error": {"errors": [{"reason": "accountClosed"}]}},
            Gone,
        ),
        ("telegram/channel/a", 400, {"ok": False, "error_code": 400}, NotFound),
        ("fathom/site/A/views@1d", 200, [{"pageviews": None}], NoCount),
        ("facebook/page/a/likes", 400, meta(2), Unreachable),
        ("facebook/page/a/likes", 400, meta(104), Refused),
        ("facebook/page/a/likes", 400, meta(368), Refused),
        ("facebook/post/1_2/shares", 200, {"reactions": {}}, NoCount),
        ("instagram/tag/a/recent", 400, meta(18, 2207034), RateLimited),
        ("threads/tag/a/posts", 500, meta(10), Refused),
        ("threads/post/1/views", 200, {"data": []}, NoCount),
        ("x/post/1/likes", 200, {"data": {"public_metrics": NO_LIKES}}, NoCount),
        ("x/post/1/views", 200, {"data": {"public_metrics": UNSEEN}}, NoCount),
        ("bluesky/account/a.test/followers", 200, {"followersCount": None}, NoCount),
        (POST, 400, {"message": "Could not find repo: did:plc:abc"}, NotFound),
        (GITHUB, 403, {"message": "You have exceeded a secondary rate limit."}, LIMIT),
        (GITHUB, 403, {"message": "triggered an abuse detection mechanism"}, LIMIT),
        ("lemmy/post/1/points", 400, {"error": "rate_limit_error"}, RateLimited),
        ("lemmy/post/1/points", 200, {"post_view": {"post": {"score": -4}}}, NoCount),
        ("mastodon/tag/a", 422, {"error": LOGIN_WORDS}, WantsLogin),
        ("misskey/tag/a", 400, {"error": {"code": "RATE_LIMIT_EXCEEDED"}}, RateLimited),
        ("stackexchange/tag/a", 400, {"error_message": NO_SUCH_KEY}, Refused),
        ("stackexchange/tag/a", 400, {"error_name": "internal_error"}, Unreachable),
        ("youtube/tag/a", 403, {"reason": "dailyLimitExceeded"}, RateLimited),
        ("clicky/site/1/visitors", 200, [{"error": "Rate limit exceeded"}], LIMIT),
        ("clicky/site/1/visitors", 200, CLICKY, ChangedShape),
        ("matomo@a.example/site/1/visits", 200, [], NoCount),
        ("matomo@a.example/site/1/visits", 200, MATOMO, RateLimited),
        ("simpleanalytics/site/a.example/views", 200, OFTEN, RateLimited),
        ("flickr/tag/a", 200, {"stat": "fail", "code": "100"}, Refused),
        ("flickr/tag/a", 200, {"stat": "fail", "code": 18}, NoCount),
        ("peertube@a.example/video/a/comments", 200, {"views": 1}, NotOffered),
        ("telegram/channel/a", 400, TELEGRAM, Refused),
        (
            "facebook/page/a/likes",
            400,
            {"error": {"code": 21, "message": "Page ID 1 was migrated to page ID 23"}},
            Moved,
        ),
    ],
)
def test_what_a_platform_says_has_its_name(
    ask, platforms, address, status, reply, failure
):
    """Never "another shape", and never just any refusal."""
    body = json.dumps(reply).encode()

    class Everywhere(dict):
        def get(self, host, default=None):
            login = "www.reddit.com", "bsky.social"
            return None if host in login else lambda h: h.send(status, body)

    platforms.trouble = Everywhere()

    with pytest.raises(failure) as caught:
        ask(address)

    assert type(caught.value) is failure


def test_who_sent_no_key_is_not_told_that_it_is_wrong():
    """401 without a key: the server wants a login."""
    for with_key, kind in ((True, Refused), (False, WantsLogin)):
        told = failure_for_status(401, {}, "a.example", "", with_key=with_key)
        assert type(told) is kind


def test_a_pause_in_words_is_kept():
    """Stack Exchange and Telegram write the seconds into a sentence."""
    words = '{"error_name": "throttle_violation", "error_message": "more requests \
available in 90 seconds"}'
    told = failure_for_status(400, {}, "a.example", words)

    assert isinstance(told, RateLimited) and told.retry_after == 90


def moment(day, hour=12):
    return f"{day}T{hour:02}:00:00Z"


def test_bluesky_counts_no_post_outside_the_window(value, platforms, today):
    """Some servers ignore since and until: each post has its own time."""
    times = ["2026-11-24", "2026-11-23", "2026-11-18", "2026-11-17"]
    posts = [
        {"uri": f"at://a/{n}", "record": {"createdAt": moment(time)}}
        for n, time in enumerate(times)
    ]
    known = platforms.reply
    platforms.reply = lambda host, path: (
        (200, {"posts": posts, "hitsTotal": 99, "cursor": "next"})
        if "search" in path
        else known(host, path)
    )

    assert value("bluesky/tag/metoo/posts@6d").value == 2
    searches = [path for _, path in platforms.asked if "searchPosts" in path]
    assert len(searches) == 1  # the last one is older: no further page is wanted


def test_threads_counts_no_post_outside_the_window(value, platforms):
    """A post is counted once, and only on the days asked for."""
    days = ["2026-11-24", "2026-11-23", "2026-11-23", "2026-11-20"]
    data = [
        {"id": str(n), "timestamp": f"{day}T12:00:00+0000"}
        for n, day in enumerate(days)
    ]
    platforms.edit["graph.threads.net"] = lambda reply: {"data": [*data, data[1]]}

    assert value("threads/tag/metoo/posts@1d").value == 2


def test_a_total_with_posts_of_other_days_is_none(ask, platforms):
    """YouTube's first video is one of those counted: it lies in the window."""
    video = {"snippet": {"publishedAt": "2019-01-01T00:00:00Z"}}
    platforms.edit["www.googleapis.com"] = lambda reply: reply | {"items": [video]}

    with pytest.raises(ChangedShape, match="other days"):
        ask("youtube/tag/metoo/videos@7d")


def test_a_community_that_reddit_searches_for_is_not_there(ask, platforms):
    """Though the key has "reddit" in it, so that no message names where it leads."""
    search = "https://www.reddit.com/subreddits/search?q=a"
    platforms.trouble["oauth.reddit.com"] = lambda h: h.send(302, b"", Location=search)

    with pytest.raises(NotFound, match="Reddit has no community a"):
        ask("reddit/community/a/subscribers")
