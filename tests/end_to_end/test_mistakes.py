"""What authors and operators get wrong: all of it at once, with place and mend."""

import pytest
import time_machine

from pelican.plugins.live_stats.cli import dev_server, parser
from pelican.plugins.live_stats.publishing import skeletons
from support.large import large
from support.site_folder import ROOT

HEAD = "Title: T\nDate: 2017-10-17\nCategory: N\n\n"


@pytest.fixture
def told(site, platforms):
    """`told(text)`: what publishing says of a post, after a site was published."""

    def told(text, path="content/posts/p.md"):
        site.post()
        assert site.publish() == 0, site.out
        before = site.files()
        site.write(path, text)

        assert site.publish() == 1, site.out
        assert site.files() == before
        assert "Traceback" not in site.out
        return site.out

    return told


@pytest.mark.parametrize(
    ("line", "what", "mend"),
    [
        (
            "[over 5](stat:mastdon/tag/a)",
            'unknown platform "mastdon"',
            'mean "mastodon"?',
        ),
        ("[over 5](stat:x/post/1/like)", 'unknown metric "like"', 'mean "likes"?'),
        (
            "[over 5](stat:x/post/1#mode=instead)",
            'unknown mode "instead"',
            "known: beside",
        ),
        ("[many](stat:x/post/1)", "no number in it", "write one figure"),
        ("[5 Mio](stat:x/post/1#mode=frozen)", '"Mio" multiplies', "in digits"),
        ("[21.000](stat:x/post/1#mode=replace)", "read as 21 or", "write 21,000"),
        ("[over 5](stat:x/post/1#as-of=2017-02-30)", 'no day "2017-02-30"', "YYYY"),
        ("[over 5](stat:x/post/1#as-of=2099-01-01)", "lies in the future", "the day"),
        ("[over 5](stat:mastodon/tag/a@7d)", "6 complete days", "write @6d"),
        ("[](stat:x/post/1#mode=frozen)", "needs a claim", "between the brackets"),
        ("[](stat:x/tag/a?mode=replace)", "stand behind #", "write stat:x/tag/a#mode"),
        ("[over 5](stat:all/tag/a#mode=replace)", "cannot replace", "mode=beside"),
        (
            "[](stat:https://www.tiktok.com/@a/followers)",
            "no platform here knows this address of www.tiktok.com: TikTok's",
            "such as stat:tiktok/tag/metoo",
        ),
        ("[over 5][none]", "has no definition", "[none]: stat:"),
        ("![over 5](stat:x/post/1)", "is no live figure", "Markdown link"),
        ('<a href="stat:x/post/1">5</a>', "is no live figure", "Markdown link"),
        ("A \ue003 b", "U+E003 is reserved", "delete it"),
        ("[link]({filename}none.md)", "leads to nothing", "mend the address"),
        ("[link](/none/)", 'link "/none/" leads to nothing', "mend the address"),
    ],
)
def test_a_mistake_in_a_post_has_its_line(told, line, what, mend):
    """`path:line: what; mend`, exit 1, no traceback, and output/ as it was."""
    said = told(f"{HEAD}Text.\n\n{line}\n")

    (message,) = (row for row in said.splitlines() if what in row)
    assert message.startswith("content/posts/p.md:7: ")
    assert mend in message


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        (
            "Title: [5](stat:x/post/1)\nDate: 2017-10-17\n\nT",
            ":1: ",
            "cannot stand in Title",
        ),
        ("Title: [5][r]\nDate: 2017-10-17\n\nT", ":1: ", "cannot stand in Title"),
        (
            "Title: T\nDate: 2017-10-17\nNote: %EE%80%80\n\nT",
            ":3: ",
            "cannot stand in Note",
        ),
        ("Date: 2017-10-17\nCategory: N\n\nT", ":1: ", "'title'"),
        ("Title: T\nDate: soon\n\nT", ":2: ", "'soon' is not a valid date"),
        ("Title: T\nDate: 2017-10-17\nHashtags: Me Too\n\nT", ":3: ", "is no hashtag"),
        (
            f"Title: T\nDate: 2017-10-17\nHashtags: {'私' * 67}\n\nT",
            ":3: ",
            "200 bytes",
        ),
        ("Title: T\nDate: 2017-10-17\nHashtags: a½\n\nT", ":3: ", "is no hashtag"),
        ("Title: T\nDate: 2017-10-17\nFigure: 3\n\nT", ":3: ", "there is no figure"),
        ("Title: T\nDate: 2017-10-17\nStatus: gone\n\nT", ":3: ", "Unknown status"),
    ],
)
def test_a_mistake_in_the_front_matter_has_its_line(told, text, place, what):
    """What Pelican would log and skip stops the build too: no post is lost."""
    said = told(text)

    (message,) = (row for row in said.splitlines() if what.lower() in row.lower())
    assert message.startswith(f"content/posts/p.md{place}")


def test_pages_are_looked_through_where_they_are_made(site, platforms, monkeypatch):
    """On a large site in other processes, and nothing is missed there."""
    site.post()
    assert site.publish() == 0
    here = []
    usual = skeletons.read
    monkeypatch.setattr(
        skeletons, "read", lambda *given: here.append(given[1]) or usual(*given)
    )

    with large():
        site.post(text="[link](/none/)")
        assert site.publish() == 1

    assert 'the link "/none/" leads to nothing' in site.out
    assert not [name for name in here if name.endswith(".html")]


def test_a_broken_link_of_the_theme_is_one_mistake(site, platforms):
    """Many pages have it; it is told of once, and a post's own one beside it."""
    site.post(text="[link](/none/)")
    base = site.folder / "theme/templates/base.html"
    base.write_text(base.read_text().replace("<main", '<a href="/gone/">x</a><main', 1))

    assert site.publish() == 1

    said = [row for row in site.out.splitlines() if "leads to nothing" in row]
    assert len(said) == 2 and site.out.endswith("2 mistakes: nothing was published.\n")
    assert said[0].startswith('content/posts/a.md:8: the link "/none/" leads')
    assert said[1].startswith("theme/templates/base.html:")
    assert '"/gone/" leads to nothing, on output/' in said[1]


def test_both_halves_of_a_figure_are_told_at_once(told):
    """Whoever mends the address need not publish again to hear of the claim."""
    said = told(f"{HEAD}[over 21.000](stat:mastdon/tag/a)\n")

    assert 'p.md:5: stat:mastdon/tag/a: unknown platform "mastdon"' in said
    assert 'p.md:5: cannot read a number in "over 21.000"' in said
    assert "2 mistakes: nothing was published." in said


def test_a_claim_on_a_page_without_a_date_says_when(told):
    """Pages have no date of their own."""
    said = told("Title: P\n\n[over 5](stat:x/post/1)\n", "content/pages/p.md")

    assert "content/pages/p.md:3: " in said
    assert "add #as-of=YYYY-MM-DD" in said


def test_all_mistakes_of_all_posts_are_listed(site, platforms):
    """One run names them all, in order, and counts them."""
    site.write("content/posts/a.md", f"{HEAD}[many](stat:x/post/1)\n\n[1](stat:y/z)\n")
    site.write("content/posts/b.md", "Date: 2017-10-17\n\n[few](stat:x/post/1)\n")

    assert site.publish() == 1
    lines = [row for row in site.out.splitlines() if row.startswith("content/")]

    assert [row.split(": ")[0] for row in lines] == [
        "content/posts/a.md:5",
        "content/posts/a.md:7",
        "content/posts/b.md:1",
        "content/posts/b.md:3",
    ]
    assert "4 mistakes: nothing was published." in site.out
    assert not (site.folder / "output").exists()


def test_a_mistake_in_a_template_has_its_line(site, platforms):
    """An address in a template is judged like one in a post."""
    site.post()
    page = site.folder / "theme/templates/article.html"
    page.write_text("<p>\n{{ stats('x/tagg/a') }}{{ stats.hashtag('none') }}\n")

    assert site.publish() == 1
    assert "article.html:2: stats('x/tagg/a'): unknown kind" in site.out
    assert "stats.hashtag('none'): no post has this hashtag" in site.out


@pytest.mark.parametrize(
    ("template", "what"),
    [
        ("{{ nothing.at.all }}", "article.html:1: UndefinedError"),
        ("{% if %}", "article.html:1: Expected an expression"),
        ("{{ (article.figure ~ '')[:6] }}", "a slot was cut"),
        ("<a href='/none/'>x</a>", 'templates/article.html:1: the link "/none/"'),
    ],
)
def test_a_broken_template_is_named(site, platforms, template, what):
    """Errors of Jinja and torn slots have a place, and stop the build."""
    site.post()
    (site.folder / "theme/templates/article.html").write_text(template)

    assert site.publish() == 1
    assert what in site.out
    assert not (site.folder / "output").exists()


@pytest.mark.parametrize(
    ("setting", "what"),
    [
        ('LIVE_STATS_PLATFORMS = ["mastadon"]', 'names "mastadon", which no provider'),
        (
            'LIVE_STATS_PLATFORMS = ["wikipedia"]',
            'names "wikipedia", which no provider',
        ),
        ('LIVE_STATS_REQUESTS = {"wikipedai": 5}', 'did you mean "wikipedia"?'),
        (
            'LIVE_STATS_PLATFORMS = ["mastodon@tiktok.com"]',
            'names "mastodon@tiktok.com": tiktok.com is no server of Mastodon',
        ),
        ('LIVE_STATS_PLATFORMS = ["mastodon@-"]', '"-" is no name of a server'),
        ("LIVE_STATS_PLATFORMS = []", "name at least one platform"),
        ("LIVE_STATS_DEADLIEN = 5", 'did you mean "LIVE_STATS_DEADLINE"?'),
        ("LIVE_STATS_DEADLINE = 0", "a number of seconds above zero"),
        ("LIVE_STATS_REFRESHED_EVERY = 0.5", "write whole minutes, at least 1"),
        ("LIVE_STATS_REFRESHED_EVERY = -5", "or 0 for never"),
        ("LIVE_STATS_REFRESHED_EVERY = True", "write whole minutes"),
        ('LIVE_STATS_CONTACT = "me"', "e-mail address"),
        ('LIVE_STATS_FRESH_FOR = {"x": "long"}', "write a number"),
        ('OUTPUT_PATH = "."', "OUTPUT_PATH holds the content"),
        (
            f"PLUGIN_PATHS = [{str(ROOT / 'tests/incremental/third_party')!r}]\n"
            'PLUGINS.append("subsites")\nSUBSITE = "posts"',
            "a plugin builds another site within this one",
        ),
    ],
)
def test_a_mistake_in_the_settings_is_named(site, platforms, setting, what):
    """Unknown names and impossible values, with what was probably meant."""
    site.post()
    conf = site.folder / "conf.py"
    conf.write_text(f"{conf.read_text()}\n{setting}\n")

    assert site.publish() == 1
    assert what in site.out


def test_a_usual_server_that_is_none_is_named(site, platforms, monkeypatch):
    """The environment names it, and every hashtag would be asked there."""
    monkeypatch.setenv("MASTODON_INSTANCE", "medium.com")
    site.post()

    assert site.publish() == 1
    assert "set in the environment: medium.com is no server of Mastodon" in site.out


def test_a_spoilt_history_stops_before_anything_is_written(site, platforms):
    """A conflict left in the history is named; its file stays as it is."""
    site.post()
    site.write("content/data/observations/2026-10.jsonl", "<<<<<<< HEAD\n{}\n")

    assert site.publish() == 1
    assert "content/data/observations/2026-10.jsonl:1: " in site.out


STATE, JOURNAL = "content/data/state.jsonl", "content/data/journal/2026-11.jsonl"


def test_what_a_merge_left_in_the_journal_stops_every_command(site, platforms, capsys):
    """Money and decisions stand in it: it is not emptied, and nobody is asked."""
    site.post()
    assert site.publish() == 0, site.out
    before = site.files()
    site.write(JOURNAL, "<<<<<<< HEAD\n=======\n>>>>>>> b\n")
    site.write("content/data/observations/2026-10.jsonl", "<<<<<<< HEAD\n")
    platforms.asked.clear()

    for command in ("publish", "refresh"):
        assert site.run(command) == 1, site.out
        assert f"{JOURNAL}:1: a merge has left both sides in this file; " in site.out
        assert "observations/2026-10.jsonl:1: " in site.out
        assert "2 mistakes: nothing was published." in site.out
    for command in (["stats"], ["accept", "x/post/1/reposts"]):
        assert site.tell(*command) == 1
        assert f"{JOURNAL}:1: " in site.out
    desk = dev_server.DevBuilder(
        "conf.py", dev_server.PreviewApp(site.folder / ".build/dev/output")
    )
    desk.build([])
    assert any(line.startswith(f"{JOURNAL}:1: ") for line in desk.app.mistakes)
    assert site.files() == before and not platforms.asked


def test_a_damaged_state_is_put_aside_with_one_line(site, platforms, capsys):
    """By the first collection; what only reads leaves it where it lies, and says so.
    Conflict markers are lines like any others that cannot be read."""
    site.post()
    assert site.publish() == 0, site.out
    file = site.folder / STATE
    lines = file.read_bytes().splitlines(keepends=True)
    spoilt = [b"<<<<<<< HEAD\n", *lines[:2], b"=======\n", *lines[1:]]
    spoilt += [b">>>>>>> b\n", lines[-1][:50]]
    file.write_bytes(b"".join(spoilt))
    said = f"{STATE}:1: 4 lines are no state of a collection and are passed over; "

    desk = dev_server.DevBuilder(
        "conf.py", dev_server.PreviewApp(site.folder / ".build/dev/output")
    )
    with time_machine.travel(site.now, tick=True):
        desk.build([])
    assert not desk.app.mistakes and said in capsys.readouterr().err
    assert site.tell("stats") == 0 and site.out.count(said) == 1
    assert site.refresh("--offline") == 0 and site.out.count(said) == 1
    assert file.read_bytes() == b"".join(spoilt)
    platforms.asked.clear()

    assert site.refresh() == 0 and site.out.count(said) == 1
    assert not platforms.asked and file.read_bytes() == b"".join(lines)
    aside = [b"<<<<<<< HEAD", b"=======", b">>>>>>> b", lines[-1][:50], b""]
    assert file.with_name("state.jsonl.damaged").read_bytes() == b"\n".join(aside)
    assert site.refresh() == 0 and said not in site.out


def test_a_run_with_nothing_due_writes_nothing_of_what_is_kept(site, platforms):
    """Git has nothing to commit, and a backup nothing to copy."""
    site.post()
    assert site.publish() == 0, site.out
    data = site.folder / "content/data"
    before = {one: one.stat().st_mtime_ns for one in data.rglob("*")}
    site.now = "2026-11-24T12:01:00Z"

    assert site.refresh() == 0 and site.publish() == 0, site.out
    assert {one: one.stat().st_mtime_ns for one in data.rglob("*")} == before


def test_a_line_from_the_future_stops_every_command(site, platforms):
    """Each of its dates counts, and nobody is asked; what was published stays."""
    site.post()
    assert site.publish() == 0, site.out
    before, path = site.files(), "content/data/observations/2026-10.jsonl"
    line = '{{"exactness":"exact","from":{},"observed_at":"{}T12:00:00Z",'
    line += (
        '"series":"x/post/1/reposts","source":"https://a.example/","to":{},"value":5}}'
    )
    lines = [
        line.format("null", "2026-11-25", "null"),
        line.format("null", "2027-11-24", "null"),
        line.format('"2026-11-20"', "2026-11-24", '"2026-12-24"'),
    ]
    site.write(path, "\n".join(lines))
    platforms.asked.clear()

    for command in ("publish", "refresh"):
        assert site.run(command) == 1, site.out
        assert f"{path}:2: this line is dated ahead: observed_at is 2027" in site.out
        assert f"{path}:3: this line is dated ahead: to is 2026-12-24" in site.out
        assert "mend or delete the line, or set the clock of this machine" in site.out
        assert f"{path}:1: " not in site.out and "Traceback" not in site.out
    with time_machine.travel(site.now):
        assert parser.main(["stats"]) == 1
    assert f"{path}:2: " in site.capsys.readouterr().err
    assert site.files() == before and not platforms.asked

    site.now = "2027-11-24T12:00:00Z"
    assert site.refresh() == 0, site.out


def test_a_missing_settings_file_is_named(site):
    """The wrong folder is the commonest mistake."""
    (site.folder / "conf.py").unlink()

    assert site.publish() == 1
    assert "conf.py: there is no such settings file" in site.out
