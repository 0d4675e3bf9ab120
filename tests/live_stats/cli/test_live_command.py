"""`live` asks the platforms themselves: here, stand-ins on this machine."""

import json
from base64 import b64encode
from datetime import UTC, datetime

import pytest
from requests.adapters import HTTPAdapter
from requests.exceptions import ConnectionError as NoConnection

from pelican.plugins.live_stats.cli import parser
from pelican.plugins.live_stats.providers import PROVIDERS
from support.platforms import credentials_for


@pytest.fixture
def today():
    """The real day, as the command has it."""
    return datetime.now(UTC).date()


@pytest.fixture
def live(tmp_path, monkeypatch, capsys):
    """`live("mastodon")`: exit code and output. No key is set, and no pause is made."""
    for provider in PROVIDERS:
        for name, aliases in provider.credentials.items():
            for variable in (name, *aliases):
                monkeypatch.delenv(variable, raising=False)
        monkeypatch.setattr(type(provider), "pause", 0.0)
    monkeypatch.chdir(tmp_path)

    def live(*arguments):
        code = parser.main(["live", *arguments])
        out, err = capsys.readouterr()
        return code, out + err

    yield live
    assert list(tmp_path.iterdir()) == []  # neither history nor state


def test_an_address_is_no_name_of_a_platform(live):
    """Whoever gives one wants to ask for one number."""
    code, told = live("stat:mastodon/tag/metoo")

    assert code == 1
    assert "name platforms only" in told and "ref=" in told


def body(text, status=200, **headers):
    """A trouble of the stand-in: it replies this."""
    raw = text if isinstance(text, bytes) else json.dumps(text).encode()
    return lambda handler: handler.send(status, raw, **headers)


@pytest.fixture
def keys(monkeypatch):
    """Every key that the stand-in wants, and every option."""
    for provider in PROVIDERS:
        options = {name: usual or "yes" for name, usual in provider.options.items()}
        for name, value in (credentials_for(provider) | options).items():
            monkeypatch.setenv(name, value)


def test_every_platform_answers_as_documented(live, platforms, keys):
    """With keys, all are asked but those that cost money, and what only owners may.
    Of a number with windows the usual, the shortest and the longest are asked."""
    _, out = live()
    lines = [line.split() for line in out.splitlines()[:-1] if "/" in line]
    # The stand-in has these for one window only.
    partial = ("threads/tag", "tumblr/tag")
    words = {word for word, what, *_ in lines if not what.startswith(partial)}

    assert words == {"-", "ok"}, out
    assert "ok       vimeo/tag/metoo/videos" in out
    assert "ok       peertube@framatube.org/video/" in out
    assert "ok       hackernews/tag/metoo/posts@365d" in out
    assert "-        x/post: costs money: make live name=x asks" in out
    assert "api.x.com" not in platforms.hosts()
    assert "-        goatcounter/site: only its owner may ask" in out


def test_what_costs_money_is_asked_by_name_only(live, platforms, keys):
    """The cost is said before."""
    code, out = live("x")

    assert "which cost about $" in out.splitlines()[0]
    assert "ok       x/post/20/reposts" in out and code == 0


def test_without_keys_it_says_which_are_missing(live, platforms):
    """Nothing is sent that the platform would refuse."""
    code, out = live("vimeo")

    assert "-        vimeo/tag: needs VIMEO_ACCESS_TOKEN" in out
    assert code == 3 and platforms.asked == []


@pytest.mark.parametrize(
    ("trouble", "word", "code"),
    [
        (404, "gone", 1),
        (410, "gone", 1),
        (401, "refused", 1),
        (403, "refused", 1),
        (429, "limited", 3),
        ("busy", "limited", 3),
        (500, "trouble", 3),
        ("html", "changed", 1),
        ("shape", "changed", 1),
    ],
)
def test_verdicts_are_told_apart(live, platforms, trouble, word, code):
    """A post that is gone is no silence; a limit says nothing about the shape."""
    platforms.trouble["dev.to"] = trouble

    found, out = live("devto")
    words = {line.split()[0] for line in out.splitlines()[1:-1]}

    assert (words, found) == ({word}, code), out


def test_a_number_that_an_owner_hides_is_no_fault(live, platforms):
    """The others of the same reply are read."""
    platforms.edit["mastodon.social"] = lambda reply: (
        {**reply, "quotes_count": None} if "quotes_count" in reply else reply
    )

    _, out = live("mastodon")
    hidden = [line for line in out.splitlines() if "/quotes" in line]

    assert "ok       mastodon/post/1/likes" in out
    assert len(hidden) == 1 and not hidden[0].startswith("ok")


def test_what_there_was_no_time_for_was_not_asked(live, platforms):
    """It is not called offline."""
    code, out = live("--seconds", "0", "devto")

    assert code == 3 and "3 unasked" in out and "offline" not in out


def test_without_a_connection_one_sentence_is_enough(live, monkeypatch):
    """It stands at the end, and no platform is blamed."""

    def send(self, request, **options):
        raise NoConnection("Failed to resolve: NameResolutionError")

    monkeypatch.setattr(HTTPAdapter, "send", send)

    code, out = live("mastodon", "github", "wikipedia", "devto")

    assert code == 3
    assert out.count("name not found") == 1
    assert "no platform can be reached: is this machine offline?" in out
    assert len(out.splitlines()) == 3, out


def test_a_host_with_trouble_is_not_this_machine(live, platforms):
    """It answered, though not to the end."""
    platforms.trouble["dev.to"] = "truncated"

    _, out = live("devto", "wikipedia")

    assert "ok       wikipedia/article" in out
    assert "trouble  devto/article" in out and "offline" not in out


def test_a_reference_shows_request_reply_and_reading(live, platforms):
    """The address may be pasted, with stat: or without."""
    code, out = live("--ref", "stat:https://mastodon.social/@Gargron/1/likes")

    assert code == 0
    assert "asked      GET https://mastodon.social/api/v1/statuses/1" not in out
    assert "/api/v1/statuses/1\n" in out
    assert "status     200 OK" in out
    assert '"favourites_count": 24319' in out
    assert "reading    24,319 likes\nexactness  exact\nwindow     all time" in out


def test_every_request_of_a_reference_is_shown_without_secrets(
    live, platforms, monkeypatch
):
    """Neither the key in a URL, nor a password in a form, nor a token in a reply."""
    monkeypatch.setenv("BLUESKY_HANDLE", "ada.example")
    monkeypatch.setenv("BLUESKY_APP_PASSWORD", "pass word/1")
    monkeypatch.setenv("YOUTUBE_API_KEY", "s3cret-youtube_api_key")
    platforms.edit["bsky.social"] = lambda reply: (
        reply | {"accessJwt": "t0ken-of-the-login"} if "accessJwt" in reply else reply
    )

    _, bluesky = live("--ref", "bluesky/tag/metoo")
    _, youtube = live("--ref", "youtube/video/jNQXAC9IVRw/views")

    assert bluesky.count("asked      ") > 1 and "POST" in bluesky
    assert "pass word" not in bluesky and "t0ken" not in bluesky
    assert "key=…" in youtube and "s3cret" not in youtube
    assert "reading    7,654,301 views" in youtube


def test_a_reply_cannot_command_the_terminal(live, platforms):
    """Control characters are escaped, and long replies are cut."""
    platforms.trouble["dev.to"] = body(b"\x1b[2J \xe2\x80\xae" + b"x" * 9_000)

    code, out = live("--ref", "devto/article/150589/comments")

    assert code == 1
    assert "\x1b" not in out and "\u202e" not in out and r"\x1b[2J" in out
    assert len(out) < 2_500 and "(9,008 bytes in all)" in out
    assert "failure    changed (ChangedShape)" in out and "to do      " in out


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["--ref", "stat:mastdon/tag/metoo"], 'did you mean "mastodon"'),
        (["--ref", ""], "stat:<platform>/<kind>/<subject>"),
        (["--ref", "vimeo/tag/metoo"], "set VIMEO_ACCESS_TOKEN in .env"),
        (["--ref", "mastodon/tag/metoo", "mastodon"], "name one of them"),
        (["mastdon"], "mastodon"),
    ],
)
def test_a_wrong_question_is_a_mistake(live, arguments, what):
    """With what to write instead, and without a request."""
    code, out = live(*arguments)

    assert code == 1 and what in out and "Traceback" not in out


def test_a_sum_is_asked_part_by_part(live, platforms):
    """Parts that need a key say so; the others answer."""
    code, out = live("--ref", "all/tag/metoo")

    assert code == 0
    assert "reference  stat:mastodon/tag/metoo/posts" in out
    assert "set X_BEARER_TOKEN" in out


@pytest.mark.parametrize(
    "spell",
    [
        str,
        str.upper,
        lambda key: key[::-1],
        "-".join,
        lambda key: key.encode().hex(),
        lambda key: b64encode(f"any:{key}".encode()).decode(),
        lambda key: key[:15],
    ],
)
@pytest.mark.parametrize("place", ["body", "Location"])
def test_no_spelling_of_a_key_is_shown(live, platforms, monkeypatch, spell, place):
    """What `--ref` shows is pasted into issues, and servers send back what they got."""
    key = "q7Xw2Lr9Tz4Bn8Vk3Mp6Hs1"
    monkeypatch.setenv("VIMEO_ACCESS_TOKEN", key)
    said = spell(key)

    def answer(handler):
        if place == "Location":
            return handler.send(302, b"", Location=f"/{said}")
        return handler.send(400, json.dumps({"a": said, "b": "words"}).encode())

    platforms.trouble["api.vimeo.com"] = answer

    _, out = live("--ref", "stat:vimeo/tag/metoo/videos")

    assert "status     " in out and said not in out
    assert place == "Location" or "words" in out or "(not shown" in out
