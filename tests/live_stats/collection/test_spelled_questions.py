"""What platforms are asked for, and the histories of other spellings."""

import json

OLD = {
    "exactness": "exact",
    "from": "2026-10-20",
    "observed_at": "2026-11-20T12:00:00Z",
    "series": "wikipedia/article/meToo%20movement/views@30d",
    "source": "https://en.wikipedia.org/wiki/MeToo_movement",
    "to": "2026-11-18",
    "value": 7654321,
}
ADDRESSES = (
    "mastodon/tag/Fußball",
    "mastodon/tag/Ολυμπιακός",
    "mastodon/tag/ﾄｷｮｳ",
    "mastodon@bücher.example/tag/MeToo",
    "https://social.example/@anna/statuses/01H8XJ0F4YZQ8K0Z0Z0Z0Z0Z0Z/favourites",
    "mastodon/account/%40Mastodon",
    "mastodon/account/Mastodon",
)


def test_each_platform_is_asked_in_its_own_spelling(site, platforms):
    """Whatever the author wrote, and each subject once."""
    site.post(text="".join(f"[over 5](stat:{one}) times.\n\n" for one in ADDRESSES))

    assert site.publish() == 0, site.out

    ours = ("mastodon.social", "xn--bcher-kva.example", "social.example")
    asked = [
        one for one in platforms.asked if one[0] in ours and "/metoo" not in one[1]
    ]
    assert sorted(asked) == [
        ("mastodon.social", "/api/v1/accounts/lookup?acct=Mastodon"),
        ("mastodon.social", "/api/v1/tags/fußball"),
        ("mastodon.social", "/api/v1/tags/ολυμπιακός"),
        ("mastodon.social", "/api/v1/tags/トキョウ"),
        ("social.example", "/api/v1/statuses/01H8XJ0F4YZQ8K0Z0Z0Z0Z0Z0Z"),
    ]
    assert ("xn--bcher-kva.example", "/api/v1/tags/metoo") in platforms.asked
    assert "bücher.example" in site.read("posts/a/index.html")


def test_a_history_of_another_spelling_goes_on(site, platforms):
    """It was asked for the same article: its readings are shown with those of today."""
    site.write("content/data/observations/2026-11.jsonl", f"{json.dumps(OLD)}\n")
    site.post(text="[over 5](stat:wikipedia/article/meToo_movement) views.\n")

    assert site.publish("--offline") == 0, site.out
    assert "7,654,321" in site.read("posts/a/index.html")

    assert site.publish() == 0, site.out
    assert any("/MeToo_movement/daily/" in path for _, path in platforms.asked)
    history = (site.folder / "content/data/observations/2026-11.jsonl").read_text()
    assert "wikipedia/article/MeToo_movement/views@30d" in history
    assert "7654321" in history
