"""A site with many features that is edited at random, and compared after each step."""

import json
import os
import shutil
from contextlib import chdir, redirect_stderr, redirect_stdout
from copy import deepcopy
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path

from hypothesis import strategies as st

from pelican.plugins.live_stats.model.preview_secret import VARIABLE
from pelican.plugins.live_stats.publishing.index import SiteIndex

from .pictures import picture
from .site_folder import Site

BLOCKS = {
    "plain": "Plain words, and *more* of them.",
    "figure": "Used [over 900](stat:mastodon/tag/metoo/posts@6d) times.",
    "replace": "[nearly 2,000](stat:mastodon/tag/python/posts@6d#mode=replace) here.",
    "number": "A number alone: [](stat:x/post/1/likes).",
    "likes": "Liked [over 5](stat:x/post/1/likes) times.",
    "stars": "With [over 5](stat:github/repository/getpelican%2Fpelican/stars) stars.",
    "small": '![Small]({static}/images/small.png "A caption")',
    "large": "Seen: ![Large]({static}/images/large.png) there.",
    "attached": "[A file]({attach}/images/small.png) is attached.",
    "card": "https://x.com/jack/status/1",
    "toot": "https://mastodon.social/@Gargron/1",
    "player": "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
    "vimeo": "https://vimeo.com/76979871",
    "video": '<video src="{static}/images/film.mp4" controls></video>',
    "to a": "A [link]({filename}/posts/a.md) to a post.",
    "to b": "A [link]({filename}/posts/b.md#part) to a part.",
    "address": "An [address](/posts/first-words/).",
    "part": "## Part {#part}\n\nBelow a heading.",
    "table": "| a | b |\n|:--|--:|\n| 1 | 2 |",
    "code": "    :::python\n    print(1)",
    "tag": "The [tag]({tag}Tea).",
    "note": "Words.[^1]\n\n[^1]: A note.",
    "japanese": "これは東京の猫です。",
    "frame": '<iframe src="https://www.openstreetmap.org/x" title="Map"></iframe>',
    "mistake": "A [wrong](stat:x/post/1/lik) one.",
}
LANGUAGES = ["", "de", "ja"]
FIELDS = {
    "Title": ["First words", "Second words", "Größe & mehr", "Third"],
    "Slug": ["", "", "first-words", "renamed"],
    "Alias": ["", "/old/", "/old/, /older.html", "/posts/first-words/"],
    "Status": ["", "draft", "published", "hidden", "skip"],
    "Date": ["2017-10-17", "2026-11-24 12:30", "2026-12-01", "2016-03-04"],
    "Lang": LANGUAGES,
    "Hashtags": ["", "MeToo", "MeToo, Python"],
    "Tags": ["", "Tea", "Tea, C#, C++"],
    "Category": ["News", "Tea time"],
    "Author": ["", "Jo", "Jo & Al"],
    "Summary": ["", "A summary."],
    "Modified": ["", "2026-11-01"],
    "yaml": ["", "yes"],
}
SETTINGS = {
    "MENUITEMS": [[], [("Shop", "https://shop.example.org")], [("About", "page/")]],
    "ACCENT_COLOR": ["", "#8a1c4a", ("#8a1c4a", "#f0a0c0")],
    "POLICY_SOURCES": [{}, {"frame-src": ["https://www.openstreetmap.org"]}],
    "SITELOGO": ["", "images/small.png"],
    "FAVICON": ["", "images/small.png"],
    "LIVE_STATS_PREVIEWS": [False, True],
    "LIVE_STATS_DATA": [True, False],
    "LIVE_STATS_SHARE_IMAGES": [False, True],
    "LIVE_STATS_PLATFORMS": [["mastodon", "x"], ["mastodon", "bluesky"], ["gdelt"]],
    "DEFAULT_LANG": ["en", "de"],
    "SITENAME": ["A site", "Eine Seite"],
    "SITE_ADDRESS": ["https://blog.example", "https://other.example"],
    "DISPLAY_PAGES_ON_MENU": [True, False],
    "DISPLAY_CATEGORIES_ON_MENU": [False, True],
    "LINKS": [[], [("Pelican", "https://getpelican.com")]],
    "FOLLOW": [
        [],
        [{"label": "F", "page": "https://x.com/y", "stat": "x/account/y/followers"}],
    ],
    "DEFAULT_PAGINATION": [10, 1],
    "SUMMARY_MAX_LENGTH": [45, 3],
    "WITH_FUTURE_DATES": [False],
}
SERIES = [
    "mastodon/tag/metoo/posts@6d",
    "mastodon/tag/python/posts@6d",
    "x/post/1/likes",
    "github/repository/getpelican%2Fpelican/stars",
]
TEMPLATES = {
    "article.html": ("</article>", "<p>More</p></article>"),
    "base.html": ("</main>", "<p>All</p></main>"),
    "how_we_count.html": ("</h1>", "!</h1>"),
}
DECIDES = '{% if stats("x/post/1/likes") > 1000 %}<p>Many</p>{% endif %}</article>'

names = st.sampled_from("abc")
blocks = st.lists(st.sampled_from(list(BLOCKS)), max_size=4)


def _one_of(table):
    return st.sampled_from([(key, value) for key in table for value in table[key]])


edits = st.one_of(
    st.tuples(st.just("blocks"), names, blocks),
    st.tuples(st.just("blocks"), names, blocks),
    st.tuples(st.just("add block"), names, st.sampled_from(list(BLOCKS))),
    st.tuples(st.just("field"), st.sampled_from("abcp"), _one_of(FIELDS)),
    st.tuples(st.just("field"), st.sampled_from("abcp"), _one_of(FIELDS)),
    st.tuples(
        st.just("swap"), names, names, st.sampled_from(["Title", "Slug", "blocks"])
    ),
    st.tuples(st.just("above"), names, st.integers(1, 3)),
    st.tuples(st.just("rename"), names),
    st.tuples(st.just("delete"), names),
    st.tuples(
        st.just("picture"),
        st.sampled_from(["small", "large"]),
        st.sampled_from([(40, 30), (900, 600), (2000, 1000), None]),
    ),
    st.tuples(st.just("setting"), _one_of(SETTINGS)),
    st.tuples(st.just("secret"), st.sampled_from("xy")),
    st.tuples(st.just("clock"), st.sampled_from([5, 60, 24 * 60, 10 * 24 * 60])),
    st.tuples(st.just("reading"), st.sampled_from(SERIES), st.integers(0, 3000)),
    st.tuples(st.just("template"), st.sampled_from([*TEMPLATES, "decides"])),
    st.tuples(st.just("locale"), st.sampled_from(["Alle Wörter", "Alle"])),
    st.tuples(st.just("how"), st.booleans()),
    st.tuples(st.just("folder"), st.sampled_from(["posts", "pages", "images", "data"])),
    st.tuples(
        st.just("loss"),
        st.sampled_from(
            [".build", "output", "addresses", "page", "skeleton", "pictures"]
        ),
    ),
    st.tuples(st.just("keep")),
    st.tuples(st.just("restore")),
)
commands = st.sampled_from(
    ["publish", "publish", "check", "refresh", "check, refresh", "mistake", "nothing"]
)


class Silent:
    """What a test of the command line hears; nobody reads it here."""

    out = err = ""

    def readouterr(self):
        return self


class EditedSite:
    """Posts `a`, `b` and `c`, a page `p`, and whatever they show.

    `step` makes one edit, runs a command, publishes, and compares output, addresses
    and mistakes with those of the same content in a folder that remembers nothing.
    """

    def __init__(self, folder, *, search=False):
        self.folder = folder
        self.home, self.clean = folder / "site", folder / "clean"
        self.home.mkdir()
        self.site = self._site_in(self.home)
        self.now = datetime(2026, 11, 24, 12)
        self.number = 0
        self.texts = {}
        self.files = {}
        self.settings = {"SEARCH": search}
        self.away = {}
        self.failed = False
        for name in "abp":
            self.texts[name] = {"Title": f"{name} title", "Category": "News"}
            self.texts[name]["blocks"] = ["figure", "plain"]
            self.files[name] = name
        self.texts["a"]["Date"] = "2017-10-17"
        self.texts["b"]["Date"] = "2018-10-17"
        self.texts["p"] |= {"Slug": "page", "Date": "2017-10-17"}
        self.site.write("content/images/film.mp4", "no film")
        for name, size in {"small": (40, 30), "large": (900, 600)}.items():
            self._picture(name, size)
        for name in "abp":
            self._write(name)
        self._write_settings()
        assert self._publish_and_compare() == 0, self.site.out
        self._remember()

    def _site_in(self, folder):
        with chdir(folder):
            return Site(folder, Silent())

    # --- edits -----------------------------------------------------------------------

    def step(self, edit, command):
        self.number += 1
        self.now += timedelta(minutes=1)
        getattr(self, f"_{edit[0].replace(' ', '_')}_edit")(*edit[1:])
        if command == "nothing":
            return
        if command == "mistake":
            self._plant_and_mend()
        for one in command.split(", "):
            if one == "check":
                self._check()
            if one == "refresh":
                self._refresh()
        if self._publish_and_compare():
            self._mend()
            assert self._publish_and_compare() == 0, self.site.out
        self._remember()

    def _sources(self):
        """The bytes of everything that a person writes, by path."""
        roots = [self.home / name for name in ("content", "theme")]
        return {
            path: path.read_bytes()
            for root in roots
            for path in root.rglob("*")
            if path.is_file() and path.name != "addresses.txt"
        } | {self.home / "conf.py": (self.home / "conf.py").read_bytes()}

    def _remember(self):
        """What was published: a later mistake is mended by going back to it."""
        self.good = self._sources()
        self.good_model = deepcopy((self.texts, self.files, self.settings))

    def _mend(self):
        for name in ("posts", "pages", "images", "data"):
            if (self.home / f"{name}.away").exists():
                self._folder_edit(name)
        now = self._sources()
        for path in now.keys() - self.good.keys():
            path.unlink()
        for path, data in self.good.items():
            if now.get(path) != data:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
        self.texts, self.files, self.settings = deepcopy(self.good_model)

    def _blocks_edit(self, name, blocks):
        self._text(name)["blocks"] = list(dict.fromkeys(blocks))
        self._write(name)

    def _add_block_edit(self, name, block):
        if block not in (blocks := self._text(name)["blocks"]):
            blocks.append(block)
        self._write(name)

    def _field_edit(self, name, change):
        field, value = change
        self._text(name)[field] = value
        self._write(name)

    def _swap_edit(self, one, other, field):
        first, second = self._text(one), self._text(other)
        first[field], second[field] = second.get(field, ""), first.get(field, "")
        self._write(one)
        self._write(other)

    def _above_edit(self, name, lines):
        self._text(name)["above"] = lines
        self._write(name)

    def _rename_edit(self, name):
        if name in self.texts:
            self._path(name).unlink(missing_ok=True)
            self.files[name] = f"{name}{self.number}"
            self._write(name)

    def _delete_edit(self, name):
        if name in self.texts:
            self._path(name).unlink(missing_ok=True)
            del self.texts[name]

    def _picture_edit(self, name, size):
        self._picture(name, size)

    def _setting_edit(self, change):
        name, value = change
        self.settings[name] = value
        self._write_settings()

    def _secret_edit(self, letter):
        os.environ[VARIABLE] = letter * 20

    def _clock_edit(self, minutes):
        self.now += timedelta(minutes=minutes)

    def _reading_edit(self, series, value):
        observe(self.site, series, value, self.now)

    def _template_edit(self, name):
        path = self.home / "theme/templates" / name
        if name == "decides":
            path = path.with_name("article.html")
            old, new = "</article>", DECIDES
        else:
            old, new = TEMPLATES[name]
        text = path.read_text("utf-8")
        path.write_text(
            text.replace(new, old) if new in text else text.replace(old, new), "utf-8"
        )

    def _locale_edit(self, text):
        path = self.home / "theme/locale/de/LC_MESSAGES/theme.po"
        lines = path.read_text("utf-8").split("\n")
        at = lines.index('msgid "All hashtags"') + 1
        lines[at] = f'msgstr "{text}"'
        path.write_text("\n".join(lines), "utf-8")

    def _how_edit(self, there):
        path = self.home / "content/pages/how.md"
        path.unlink(missing_ok=True)
        if there:
            text = "Title: How\nSlug: how\nTemplate: how_we_count\n\nText.\n"
            self.site.write("content/pages/how.md", text)

    def _folder_edit(self, name):
        place, kept = self.home / "content" / name, self.home / f"{name}.away"
        if kept.exists():
            if place.exists():
                for path in place.rglob("*"):
                    if path.is_file():
                        there = kept / path.relative_to(place)
                        there.parent.mkdir(parents=True, exist_ok=True)
                        path.rename(there)
                shutil.rmtree(place)
            kept.rename(place)
        elif place.exists():
            place.rename(kept)

    def _loss_edit(self, what):
        output, build = self.home / "output", self.home / ".build"
        match what:
            case ".build":
                shutil.rmtree(build, ignore_errors=True)
            case "output":
                shutil.rmtree(output, ignore_errors=True)
            case "addresses":
                (self.home / "content/data/addresses.txt").unlink(missing_ok=True)
            case "page":
                (output / "index.html").unlink(missing_ok=True)
            case "skeleton":
                (build / "site/index.html").unlink(missing_ok=True)
            case "pictures":
                shutil.rmtree(output / "theme/pictures", ignore_errors=True)

    def _keep_edit(self):
        """`.build` is copied away, as into a cache."""
        if (self.home / ".build").exists():
            shutil.rmtree(self.folder / "cache", ignore_errors=True)
            shutil.copytree(self.home / ".build", self.folder / "cache", symlinks=True)

    def _restore_edit(self):
        """An older `.build` comes back, with another output or none."""
        if (self.folder / "cache").exists():
            shutil.rmtree(self.home / ".build", ignore_errors=True)
            shutil.copytree(self.folder / "cache", self.home / ".build", symlinks=True)
            if self.number % 2:
                shutil.rmtree(self.home / "output", ignore_errors=True)

    # --- files -----------------------------------------------------------------------

    def _text(self, name):
        if name not in self.texts:
            self.texts[name] = {"Title": f"{name} title", "blocks": ["plain"]}
            self.texts[name] |= {"Category": "News", "Date": "2019-01-02"}
            self.files.setdefault(name, name)
        return self.texts[name]

    def _path(self, name):
        folder = "pages" if name == "p" else "posts"
        return self.home / f"content/{folder}/{self.files[name]}.md"

    def _write(self, name):
        text = dict(self._text(name))
        blocks, above = text.pop("blocks") or ["plain"], text.pop("above", 0)
        yaml = text.pop("yaml", "")
        fields = {key: value for key, value in text.items() if value}
        if yaml:
            head = "".join(
                f"{key}: {json.dumps(value, ensure_ascii=False)}\n"
                for key, value in fields.items()
            )
            head = f"---\n{head}---\n"
        else:
            head = "".join(f"{key}: {value}\n" for key, value in fields.items())
        body = "Above.\n\n" * above + "\n\n".join(BLOCKS[one] for one in blocks)
        path = self._path(name)
        self.site.write(path.relative_to(self.home), f"{head}\n{body}\n")

    def _picture(self, name, size):
        path = self.home / f"content/images/{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        if size:
            path.write_bytes(picture(*size, noise=True))

    def _write_settings(self):
        text = _SETTINGS
        for name, value in self.settings.items():
            text += f"{name} = {value!r}\n"
        text += "SITEURL = FEED_DOMAIN = SITE_ADDRESS\n"
        self.site.write("conf.py", text)

    # --- commands --------------------------------------------------------------------

    def _run(self, site, *arguments):
        site.now = f"{self.now:%Y-%m-%dT%H:%M:%SZ}"
        said = StringIO()
        with chdir(site.folder), redirect_stdout(said), redirect_stderr(said):
            code = site.run(*arguments)
        site.out = said.getvalue()
        return code

    def _check(self):
        before, book = self.site.files(), self._book(self.home)
        self._run(self.site, "check")
        assert self.site.files() == before
        assert self._book(self.home) == book

    def _refresh(self):
        """May find what is due, or no build of use; then it publishes."""
        self._run(self.site, "refresh", "--offline")

    def _plant_and_mend(self):
        if "a" not in self.texts or (self.home / "posts.away").exists():
            return
        before, book = self.site.files(), self._book(self.home)
        path = self._path("a")
        good = path.read_text("utf-8")
        path.write_text(
            good.replace("\n\n", "\n\n[x](/no/where/) ", 1) + "\n[^9]\n", "utf-8"
        )
        code = self._run(self.site, "publish", "--offline")
        drafts = self.texts["a"].get("Status") in ("draft", "skip")
        assert code == 1 or drafts or self.texts["a"].get("Date", "") > "2026-11-24"
        if code == 1:
            assert self.site.files() == before
            assert self._book(self.home) == book
        path.write_text(good, "utf-8")

    def _book(self, home):
        path = home / "content/data/addresses.txt"
        return path.read_bytes() if path.exists() else b""

    def _publish_and_compare(self):
        shutil.rmtree(self.clean, ignore_errors=True)
        self.clean.mkdir()
        for name in ("content", "theme"):
            shutil.copytree(self.home / name, self.clean / name)
        shutil.copy(self.home / "conf.py", self.clean / "conf.py")
        other = Site.__new__(Site)
        other.folder, other.capsys, other.out = self.clean, Silent(), ""

        before, book = self.site.files(), self._book(self.home)
        code = self._run(self.site, "publish", "--offline")
        expected = self._run(other, "publish", "--offline")
        said, meant = mistakes(self.site.out), mistakes(other.out)
        assert (code, said) == (expected, meant)
        if code:
            assert self.site.files() == before
            assert self._book(self.home) == book
            return code
        assert differences(self.site.bytes(), other.bytes()) == []
        assert self._book(self.home) == self._book(self.clean)
        assert asked(self.home) == asked(self.clean)
        written = self.site.files()
        assert self._run(self.site, "publish", "--offline") == 0
        assert differences(self.site.files(), written) == []
        assert self._run(self.site, "refresh", "--offline") == 0
        assert differences(self.site.files(), written) == []
        return 0


_SETTINGS = f"""
from pathlib import Path
exec(Path({str(Path(__file__).parents[2] / "pelicanconf.py")!r}).read_text("utf-8"))
THEME = "theme"
THEME_TEMPLATES_OVERRIDES = ["theme/css"]
SITE_ADDRESS = "https://blog.example"
LIVE_STATS_DEADLINE = 3
LIVE_STATS_SHARE_IMAGES = False
"""


def mistakes(out):
    """The lines about mistakes that a command has printed, without advice on output."""
    return sorted(line for line in out.split("\n") if ": " in line and ";" in line)


def differences(one, other):
    """The names of the files that are not the same in both."""
    return sorted(
        f"{name}: {'other bytes' if name in one and name in other else 'alone'}"
        for name in one.keys() | other.keys()
        if one.get(name) != other.get(name)
    )


def asked(folder):
    """What a later refresh knows: what is asked for, where it stands, what is due."""
    index = SiteIndex.load(folder / ".build")
    try:
        about = index.about
        known = (about.places, about.decisions, about.scheduled, about.left_out)
        return about.series, about.withheld, *known, dict(index.declared)
    finally:
        index.close()


def observe(site, series, value, now):
    """A line of the history, as a collection appends it."""
    window = "@" in series
    entry = {
        "exactness": "exact",
        "from": f"{now - timedelta(days=7):%Y-%m-%d}" if window else None,
        "observed_at": f"{now:%Y-%m-%dT%H:%M:%SZ}",
        "series": series,
        "source": "https://example.org/",
        "to": f"{now - timedelta(days=1):%Y-%m-%d}" if window else None,
        "value": value,
    }
    path = site.folder / f"content/data/observations/{now:%Y-%m}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "a") as file:
        file.write(json.dumps(entry, sort_keys=True, separators=(",", ":")) + "\n")
