"""After any edits, what the plugin left is what Pelican makes in an empty folder."""

import os
import shutil
import tempfile
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path

import time_machine
from hypothesis import settings as profile
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
)

from support.blog import THEME, Blog, differences
from support.examples import examples
from support.large import large

START = datetime(2026, 3, 1, 12)
words = st.sampled_from(["red", "green & blue", "stone", "river", "“quoted”", "sea"])
tags = st.lists(st.sampled_from(["Tea", "tea time", "C", "Ö"]), max_size=3, unique=True)
bodies = st.lists(
    st.sampled_from(
        [
            "A word and *another* one, and some more words to fill it.",
            "See [that]({filename}/posts/p1.md) and [this]({filename}/posts/p2.md#x).",
            "![A picture]({static}/images/a.txt) stands here.",
            "Here [a file]({attach}/images/b.txt) is attached.",
            "The [tag]({tag}Tea) and the [index]({index}).",
            "    some code { in | braces }",
            "## A heading",
        ]
    ),
    min_size=1,
    max_size=4,
).map("\n\n".join)


class Edits(RuleBasedStateMachine):
    """One rule is one edit; after each, the site is built and compared."""

    posts = Bundle("posts")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.blog = Blog(self.folder)
        self.fields: dict[str, dict[str, str]] = {}
        self.number = 0
        self.now = START
        self.edited = False
        self.stack = ExitStack()
        for name in "ab":
            self.blog.write(f"images/{name}.txt", name)

    def teardown(self) -> None:
        self.stack.close()
        shutil.rmtree(self.folder)

    def _save(self, name: str) -> None:
        fields = dict(self.fields[name])
        body = fields.pop("body")
        head = "".join(f"{key}: {value}\n" for key, value in fields.items() if value)
        self.blog.write(name, f"{head}\n{body}\n")

    @initialize(
        target=posts,
        some=st.lists(st.tuples(words, tags, bodies), max_size=3),
        yes=st.booleans(),
        relative=st.booleans(),
    )
    def begin(self, some, yes, relative):
        self.stack.enter_context(large(yes))
        self.blog.settings["RELATIVE_URLS"] = relative
        return multiple(*(self._add(*one) for one in some))

    def _add(self, title, tags, body, lang="", status=""):
        self.number += 1
        name = f"posts/p{self.number}.md"
        day = START - timedelta(days=40 * self.number % 900, minutes=self.number)
        self.fields[name] = {
            "Title": title,
            "Date": f"{day:%Y-%m-%d %H:%M}",
            "Slug": f"p{self.number}",
            "Category": f"c{self.number % 2}",
            "Tags": ", ".join(tags),
            "Lang": lang,
            "Status": status,
            "body": body,
        }
        self._save(name)
        return name

    @rule(target=posts, title=words, tags=tags, body=bodies)
    def add(self, title, tags, body):
        self.edited = True
        return self._add(title, tags, body)

    @rule(
        post=posts,
        field=st.sampled_from(["Title", "Category", "Author", "Summary", "Modified"]),
        value=words,
    )
    def set_field(self, post, field, value):
        self._set(post, field, "2026-01-05" if field == "Modified" else value)

    @rule(post=posts, tags=tags)
    def set_tags(self, post, tags):
        self._set(post, "Tags", ", ".join(tags))

    @rule(post=posts, status=st.sampled_from(["draft", "hidden", "published", "skip"]))
    def set_status(self, post, status):
        self._set(post, "Status", status)

    @rule(post=posts, days=st.integers(-500, 20))
    def set_date(self, post, days):
        number = int(post.removeprefix("posts/p").removesuffix(".md"))
        day = START + timedelta(days=days, minutes=number)
        self._set(post, "Date", f"{day:%Y-%m-%d %H:%M}")

    @rule(post=posts, place=st.sampled_from(["", "index2.html", "tag/tea/index.html"]))
    def set_place(self, post, place):
        """Or in the place of another page: that is what the field is for."""
        self._set(post, "Save_as", place)

    @rule(post=posts, body=bodies)
    def set_body(self, post, body):
        self._set(post, "body", body)

    @rule(
        post=posts,
        text=st.sampled_from(["Few words.", "Seven words, and five of them shown."]),
    )
    def set_words(self, post, text):
        self._set(post, "body", text)

    @rule(post=posts, other=posts)
    def translate(self, post, other):
        if post != other and post in self.fields and other in self.fields:
            self._set(post, "Slug", self.fields[other]["Slug"])
            self._set(post, "Lang", "de")

    def _set(self, post, field, value):
        self.edited = True
        self.fields[post][field] = value
        self._save(post)

    @rule(post=consumes(posts))
    def delete(self, post):
        self.edited = True
        del self.fields[post]
        (self.folder / "content" / post).unlink()

    @rule(target=posts, post=consumes(posts))
    def rename(self, post):
        self.edited = True
        self.number += 1
        name = f"posts/p{self.number}.md"
        self.fields[name] = self.fields.pop(post)
        os.rename(self.folder / "content" / post, self.folder / "content" / name)
        return name

    @rule(number=st.integers(1, 2), title=words, menu=st.booleans(), body=bodies)
    def page(self, number, title, menu, body):
        self.edited = True
        head = f"Title: {title}\nSlug: page{number}\n" + ("Menu: yes\n" if menu else "")
        self.blog.write(f"pages/page{number}.md", f"{head}\n{body}\n")

    @rule(name=st.sampled_from("abc"), text=words)
    def static(self, name, text):
        self.edited = True
        self.blog.write(f"images/{name}.txt", text)

    @rule(name=st.sampled_from("bc"))
    def remove_static(self, name):
        self.edited = True
        (self.folder / "content" / "images" / f"{name}.txt").unlink(missing_ok=True)

    @rule(
        name=st.sampled_from(["posts", "pages", "images"]),
        to=st.sampled_from(["nothing", "file", "link"]),
    )
    def folder(self, name, to):
        """A whole folder goes, as git takes away an empty one; and comes back."""
        place, kept = self.folder / "content" / name, self.folder / f"{name}.away"
        os.rename(place, kept)
        if to == "file":
            place.write_text("a file")
        if to == "link":
            place.symlink_to(kept)
        self.compare()
        if to != "nothing":
            place.unlink()
        os.rename(kept, place)
        self.edited = True

    @rule(one=st.sampled_from(["posts", "pages"]), other=st.just("images"))
    def exchange(self, one, other):
        """Two folders trade names, files and all; and trade back."""
        content = self.folder / "content"
        for _ in range(2):
            os.rename(content / one, content / "aside")
            os.rename(content / other, content / one)
            os.rename(content / "aside", content / other)
            self.compare()

    @rule(
        setting=st.sampled_from(["ARTICLE_PATHS", "PAGE_PATHS", "STATIC_PATHS"]),
        place=st.sampled_from(["more", "more/deep/er", "pages"]),
        text=words,
        first=st.booleans(),
    )
    def more(self, setting, place, text, first):
        """A path more in the settings, whose folder comes before that, or later."""
        usual, steps = self.blog.settings[setting], ["setting", "folder"]
        for step in steps if first else steps[::-1]:
            if step == "setting":
                self.blog.settings[setting] = [*usual, place]
            else:
                head = f"Title: {text}\nSlug: more\nDate: 2026-01-01\nCategory: c1\n"
                self.blog.write(f"{place}/in/more.md", f"{head}\nA text.\n")
            self.compare()
        shutil.rmtree(self.folder / "content" / place / "in")
        if place != "pages":
            shutil.rmtree(self.folder / "content/more")
        self.compare()
        self.blog.settings[setting] = usual
        self.edited = True

    @rule(name=st.sampled_from(sorted(THEME)), text=words, twice=st.booleans())
    def template(self, name, text, twice):
        self.edited = True
        old = THEME[name]
        (self.blog.templates / name).write_text(
            old.replace("<h1>", f"<h1>{text} ").replace("</li>", f"{text}</li>")
            + (text if twice else "")
        )

    @rule(name=st.sampled_from(["SITENAME", "AUTHOR"]), text=words)
    def setting(self, name, text):
        self.edited = True
        self.blog.settings[name] = text

    @rule(size=st.integers(1, 3))
    def pagination(self, size):
        self.edited = True
        self.blog.settings["DEFAULT_PAGINATION"] = size

    @rule(post=posts)
    def touch(self, post):
        self.edited = True
        os.utime(self.folder / "content" / post)

    @rule(days=st.integers(-3, 30))
    def clock(self, days):
        self.edited = True
        self.now += timedelta(days=days)

    @rule(name=st.sampled_from(["index.html", "posts/p1/index.html", "new.html"]))
    def by_hand(self, name):
        """Someone edits the output: a clean build would not have that."""
        path = self.folder / "output" / name
        if path.exists():
            self.edited = True
            path.write_text("by hand")

    @invariant()
    def equal(self):
        if self.edited:
            self.compare()

    def compare(self):
        self.edited = False
        with time_machine.travel(self.now, tick=False):
            clean, built = made(self.blog.clean), made(self.blog.build)
        if isinstance(clean, dict) and isinstance(built, dict):
            assert differences(built, clean) == []
        else:  # two posts at one address, say
            assert isinstance(built, type(clean))


def made(build):
    try:
        return build()
    except RuntimeError as trouble:
        return trouble


Edits.TestCase.settings = profile(
    max_examples=examples(25, in_ci=16), stateful_step_count=10, deadline=None
)
test_edits = Edits.TestCase
