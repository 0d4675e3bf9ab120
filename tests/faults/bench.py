"""Runs commands in forks of one process that has loaded everything, with faults.

One run costs a tenth of a second in place of two. Each point is one fault in one run
over a fresh site; `Bench.try_point` says what does not hold after it.
"""

import errno
import io
import os
import resource
import shutil
import signal
import sys
import time
import traceback
import warnings
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import time_machine
from requests.adapters import HTTPAdapter

import live_stats_command
from faults.layer import KILL, Fault, installed
from pelican.plugins.incremental.system import process_pool
from pelican.plugins.live_stats.cli import parser
from pelican.plugins.live_stats.storage.atomic_write import PARTIAL_SUFFIX
from support.platforms import Platforms
from support.redirect.redirect import redirect_to

SETTINGS = """
SITENAME = AUTHOR = "Faults"
SITE_ADDRESS = SITEURL = FEED_DOMAIN = "https://faults.test"
SITE_PATH = "/"
TIMEZONE, DEFAULT_LANG, PATH, THEME = "UTC", "en", "content", "theme"
ARTICLE_PATHS, PAGE_PATHS, STATIC_PATHS = ["posts"], ["pages"], ["images"]
PLUGINS = ["incremental", "live_stats"]
LIVE_STATS_PLATFORMS = ["mastodon", "x"]
LIVE_STATS_DEADLINE = 3
LIVE_STATS_SHARE_IMAGES = False
LIVE_STATS_DATA = False
DIRECT_TEMPLATES = ["index"]
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
"""
TEMPLATES = {
    "index.html": "{% for one in articles %}<h2>{{ one.title }}</h2>{{ one.summary }}"
    "{% endfor %}{{ SITENAME }}",
    "article.html": "<title>{{ article.title }}</title>{{ article.content }}"
    "{{ SITENAME }}",
    **dict.fromkeys(("category.html", "author.html", "tag.html"), "{{ SITENAME }}"),
}
POST = """Title: {slug}
Date: 2017-10-17
Category: News
Hashtags: MeToo
Slug: {slug}
Summary: A summary.

Used [over 400](stat:mastodon/tag/metoo@6d) times, shared
[over 21,000](stat:x/post/1/reposts) times. {text}
"""
HISTORY = "content/data/observations"
MANY = 10**7
HELD = "mastodon/tag/metoo/posts@6d"
STARTED, LATER = "2026-11-24T12:00:00Z", "2026-11-24T19:00:00Z"


class Ran(NamedTuple):
    """A command that has ended: its exit code, or minus its signal; all it said."""

    code: int
    said: str


def start(folder, arguments, *, now=STARTED, fault=None, before=None, forks=False):
    """Begin one command in a fork, in `folder`; `before` is called there first."""
    here, there = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # our threads hold no lock that matters
        child = os.fork()
    if not child:
        os.close(here)
        os.setsid()
        _become(folder, arguments, there, now, fault, before, forks)
    os.close(there)
    return child, here


def end(child, said):
    """Wait for a command, and for all that it has forked."""
    with os.fdopen(said, "rb") as file:
        text = file.read().decode(errors="replace")
    _, status = os.waitpid(child, 0)
    return Ran(os.waitstatus_to_exitcode(status), text)


def run(folder, arguments, **options):
    """One command from beginning to end; `options` as of `start`."""
    return end(*start(folder, arguments, **options))


def _become(folder, arguments, said, now, fault, before, forks):
    """Be the command, and end this process."""
    try:
        os.dup2(said, 1)
        os.dup2(said, 2)
        os.close(said)
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False, buffering=1)
        warnings.resetwarnings()
        warnings.simplefilter("ignore")
        os.chdir(folder)
        sys.argv = ["live-stats", *arguments]
        process_pool.WORTH_FORKING = 2 if forks else 10**6
        if before is not None:
            before()
        with time_machine.travel(now, tick=True):
            if fault is not None:
                installed(fault)
            live_stats_command.main()
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(70)


# --- the scenarios --------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """A command over a site in some state; `prepare` brings it there.

    `forks`: the work is spread over processes. `copied`: over a copy of the prepared
    site, as from a cache; else each point prepares its own.
    `then` is another command that shows what the first one has done. `counts` is what
    the platforms say. `shared`: other commands at the same time end with the same site.
    """

    name: str
    command: tuple[str, ...]
    prepare: Callable[["Bench"], None] = lambda bench: None
    forks: bool = False
    copied: bool = False
    then: tuple[str, ...] = ()
    counts: int = 130
    shared: bool = False


def _built(bench):
    bench.counts(100)
    assert bench.command("publish").code == 0


def _edited(bench):
    """Every page is another one, one is new and one is gone."""
    _built(bench)
    write(bench.site / "conf.py", SETTINGS.replace("Faults", "Other"))
    write(bench.site / "content/posts/c.md", POST.format(slug="c", text="New."))
    (bench.site / "content/posts/b.md").unlink()


def _held(bench):
    """A reading is held, for it is a thousand times the last one."""
    _built(bench)
    bench.counts(MANY)
    assert bench.command("refresh", now=LATER).code == 0


SCENARIOS = (
    Scenario(name="publish, first", command=("publish",), shared=True),
    Scenario(name="publish, edited", command=("publish",), prepare=_edited),
    Scenario(
        name="publish, workers",
        command=("publish", "--fresh"),
        prepare=_edited,
        forks=True,
        copied=True,
    ),
    Scenario(
        name="publish, copied build",
        command=("publish",),
        prepare=_edited,
        copied=True,
    ),
    Scenario(name="refresh", command=("refresh",), prepare=_built, shared=True),
    Scenario(
        name="accept",
        command=("accept", HELD),
        prepare=_held,
        then=("refresh",),
        counts=MANY,
    ),
)


class Way(NamedTuple):
    """One kind of fault: see `Fault`."""

    name: str
    kind: int | str
    torn: bool = False
    lasting: bool = False


WAYS = (
    Way("disk full", errno.ENOSPC, lasting=True),
    Way("disk full, torn", errno.ENOSPC, torn=True),
    Way("disk error", errno.EIO),
    Way("no permission", errno.EACCES),
    Way("read-only", errno.EROFS, lasting=True),
    Way("too many open files", errno.EMFILE),
    Way("killed", KILL),
    Way("killed, torn", KILL, torn=True),
)


# --- one point ------------------------------------------------------------------------


class Bench:
    """A folder in which sites are made, a stand-in for the platforms, and a clock."""

    def __init__(self, top):
        self.top, self.site = top, top / "site"
        self.platforms = Platforms(date(2026, 11, 24)).start()
        HTTPAdapter.send = redirect_to(self.platforms.address)
        self._references = {}
        os.environ["X_BEARER_TOKEN"] = "s3cret-x"
        os.environ["SITE_ADDRESS"] = "https://faults.test"
        self._warm_up()

    def _warm_up(self):
        """Load in this process what the commands load, by running them."""
        self.new_site()
        here = os.getcwd()
        os.chdir(self.site)
        try:
            with time_machine.travel(STARTED, tick=True), io.StringIO() as said:
                with redirect_stdout(said), redirect_stderr(said):
                    for command in (["publish"], ["refresh", "--all"], ["accept", ""]):
                        parser.main(with_settings(command))
        finally:
            os.chdir(here)

    def stop(self):
        self.platforms.stop()

    def counts(self, number):
        """What the platforms say from now on."""
        self.platforms.counts.update(uses=number, post=number)

    def new_site(self):
        shutil.rmtree(self.site, ignore_errors=True)
        write(self.site / "conf.py", SETTINGS)
        write(self.site / "theme/static/style.css", "p {}")
        for name, text in TEMPLATES.items():
            write(self.site / "theme/templates" / name, text)
        for slug in "ab":
            post = POST.format(slug=slug, text="")
            write(self.site / f"content/posts/{slug}.md", post)

    def command(self, *arguments, **options):
        return run(self.site, with_settings(arguments), **options)

    def prepare(self, scenario):
        """A fresh site in the state in which the scenario begins."""
        kept = self.top / f"kept {scenario.name}"
        if not kept.is_dir():
            self.new_site()
            scenario.prepare(self)
        if scenario.copied:
            if not kept.is_dir():
                shutil.copytree(self.site, kept)
            shutil.rmtree(self.site)
            shutil.copytree(kept, self.site)
        self.counts(scenario.counts)

    def reference(self, scenario):
        """The site before and after an undisturbed run, and the `Fault` that counts."""
        if scenario.name not in self._references:
            self.prepare(scenario)
            before, fault = Shown.of(self.site), Fault()
            assert self._try(scenario, fault=fault).code == 0
            self._then(scenario)
            found = before, Shown.of(self.site), fault
            self._references[scenario.name] = found
        return self._references[scenario.name]

    def points(self, scenario, way, step=1):
        """The operations that can fail in this way, by number."""
        fault = self.reference(scenario)[2]
        return fault.writes[::step] if way.torn else range(1, fault.counted + 1, step)

    def try_point(self, scenario, at, way):
        """What does not hold after operation `at` failed in this way; a list of lines.

        None where that operation never came.
        """
        fault = Fault(at=at, kind=way.kind, torn=way.torn, lasting=way.lasting)
        wrong = self._try_and_look(scenario, way.kind == KILL, fault=fault)
        return wrong if fault.hit else None

    def try_limit(self, scenario, kind, most):
        """The same where the system itself allows a process no more than `most`."""

        def limit():
            resource.setrlimit(kind, (most, most))

        return self._try_and_look(scenario, False, before=limit)

    def try_kill(self, scenario, seconds):
        """The same after a kill at any moment."""
        self.reference(scenario)
        self.prepare(scenario)
        child, said = start(
            self.site, with_settings(scenario.command), now=LATER, forks=scenario.forks
        )
        time.sleep(seconds)
        os.killpg(child, signal.SIGKILL)
        return self._look(scenario, True, end(child, said))

    def try_two(self, scenario, other):
        """The same after another command was begun at the same time."""
        self.reference(scenario)
        self.prepare(scenario)
        both = [
            start(self.site, with_settings(command), now=LATER)
            for command in (scenario.command, other)
        ]
        first, second = (end(*one) for one in both)
        wrong = list(_said_in_words(second, False))
        return wrong + self._look(scenario, False, first)

    def _try_and_look(self, scenario, killed, **options):
        self.reference(scenario)
        self.prepare(scenario)
        return self._look(scenario, killed, self._try(scenario, **options))

    def _look(self, scenario, killed, ran):
        before, after, _ = self.reference(scenario)
        wrong = list(_said_in_words(ran, killed))
        wrong += _is_whole(before, Shown.of(self.site), after)
        again = self._try(scenario)
        if again.code != 0:
            wrong.append(f"the next run ended with {again.code}: {again.said}")
        self._then(scenario)
        return wrong + list(_is_same(Shown.of(self.site), after))

    def _try(self, scenario, **options):
        return self.command(
            *scenario.command, now=LATER, forks=scenario.forks, **options
        )

    def _then(self, scenario):
        if scenario.then:
            assert self.command(*scenario.then, now=LATER).code == 0


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def with_settings(arguments):
    builds = arguments[0] in ("publish", "refresh", "check")
    return [*arguments, *(("--settings", "conf.py") if builds else ())]


class Shown(NamedTuple):
    """What must be whole: by name the bytes of the output, and the lines of history.

    `litter`: names of files that no finished run leaves anywhere in the site.
    """

    output: dict[str, bytes]
    lines: frozenset[bytes]
    litter: list[str]

    @classmethod
    def of(cls, site):
        output = site / "output"
        files = [path for path in site.rglob("*") if path.is_file()]
        return cls(
            {
                path.relative_to(output).as_posix(): path.read_bytes()
                for path in files
                if path.is_relative_to(output) and not _is_litter(path)
            },
            frozenset(
                line
                for path in (site / HISTORY).glob("*.jsonl")
                for line in path.read_bytes().splitlines(keepends=True)
            ),
            sorted(str(path.relative_to(site)) for path in files if _is_litter(path)),
        )


def _is_litter(path):
    return path.name.endswith((PARTIAL_SUFFIX, "-journal", "-wal", ".tmp"))


def _said_in_words(ran, killed):
    """A fault that does not kill ends with an exit code that is known, and one line."""
    if "Traceback" in ran.said:
        yield f"a traceback: {ran.said}"
    elif killed:
        if ran.code not in (-9, 0):
            yield f"exit code {ran.code} after a kill: {ran.said}"
    elif ran.code not in (0, 1, 4):
        yield f"exit code {ran.code}: {ran.said}"
    elif ran.code == 1 and len(_told(ran.said)) != 1:
        yield f"not one line with a path and a mend: {ran.said}"


def _told(said):
    """The lines of the form `path: what; mend`."""
    lines = said.splitlines()
    return [one for one in lines if ": " in one and "; " in one.partition(": ")[2]]


def _is_whole(before, now, after):
    """Each file is the old one or the new one, and no stored line is gone."""
    for name, data in now.output.items():
        if data not in (before.output.get(name), after.output.get(name)):
            yield f"{name} is torn: {data[:80]!r}"
    for name in before.output.keys() & after.output.keys() - now.output.keys():
        yield f"{name} is gone"
    if lost := before.lines - now.lines:
        yield f"history is lost: {lost}"


def _is_same(now, after):
    """The next run ends as if nothing had been."""
    for name in now.output.keys() | after.output.keys():
        if now.output.get(name) != after.output.get(name):
            yield f"after the next run {name} is another one"
    if now.lines != after.lines:
        yield f"after the next run the history differs: {now.lines ^ after.lines}"
    if now.litter:
        yield f"left over: {now.litter}"
