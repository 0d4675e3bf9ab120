"""`init` makes the site of the project one's own, and loses nobody's work."""

import hashlib
import os
import pty
import shutil
import subprocess
import sys
from io import StringIO

import pytest

from pelican.plugins.incremental import execute_settings
from pelican.plugins.live_stats.cli import parser
from pelican.plugins.live_stats.scaffolding.samples import SAMPLES
from support.paths import ROOT

ANSWERS = {
    "name": 'Anna\'s "Blog"',
    "address": "https://anna.example.org/blog/",
    "lang": "de",
    "author": "Änna",
    "contact": "anna@example.org",
}
OPTIONS = [text for name, value in ANSWERS.items() for text in (f"--{name}", value)]
FIRST, SECOND = (ROOT / path for path in SAMPLES if "posts" in path)


@pytest.fixture
def clone(tmp_path, monkeypatch):
    """A copy of the site as it is shipped, committed to git."""
    for name in ("pelicanconf.py", "publishconf.py", ".gitignore"):
        shutil.copy(ROOT / name, tmp_path)
    for name in ("content/posts", "content/pages", "theme"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SITE_ADDRESS", raising=False)
    monkeypatch.setattr(sys, "stdin", StringIO())
    sys.modules.pop("pelicanconf", None)  # of the site of another test
    git("init", "-q")
    git("add", "-A")
    git("-c", "user.name=a", "-c", "user.email=a@a.example", "commit", "-qm", "all")
    return tmp_path


def git(*arguments):
    subprocess.run(["git", *arguments], check=True, capture_output=True)


def files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".git" not in path.parts
    }


def test_the_samples_are_those_of_the_project():
    """An edit of a sample changes what is known of it here, or it would stay."""
    for path, digest in SAMPLES.items():
        assert hashlib.sha256((ROOT / path).read_bytes()).hexdigest() == digest, path


def test_the_answers_are_in_the_settings_and_the_samples_are_gone(clone, capsys):
    """As a person would have written them; the site that is left can be published."""
    assert parser.main(["init", *OPTIONS]) == 0
    said = capsys.readouterr().out

    settings = execute_settings("publishconf.py")
    assert settings["SITENAME"] == ANSWERS["name"]
    assert settings["AUTHOR"] == "Änna"
    assert settings["DEFAULT_LANG"] == "de"
    assert settings["LIVE_STATS_CONTACT"] == "anna@example.org"
    assert settings["SITE_ADDRESS"] == "https://anna.example.org/blog"
    assert settings["SITESUBTITLE"] == settings["SUBSCRIBE_TEXT"] == ""
    assert 'LANG = "de"\n' in (clone / "pelicanconf.py").read_text()
    assert 'environ.get("SITE_ADDRESS", "' in (clone / "publishconf.py").read_text()
    assert not list(clone.glob("content/posts/*.md"))
    assert "removed the samples: 2 files\n  git has them" in said
    assert said.endswith('next: make new title="My first post"\n')

    assert parser.main(["publish", "--offline"]) == 0
    pages = [path for path in files(clone / "output") if path.endswith("index.html")]
    assert "how-we-count/index.html" in pages
    home = (clone / "output/index.html").read_text()
    assert "Wie wir zählen" in home and "Anna&#39;s &#34;Blog&#34;" in home
    everywhere = b"".join(files(clone / "output").values())
    assert b"Digital Media" not in everywhere and b"advertising" not in everywhere
    assert b"blog.example" not in everywhere


def test_again_is_the_same_as_once(clone, capsys):
    """The second run changes nothing, and says so; other answers are written."""
    parser.main(["init", *OPTIONS])
    once = files(clone)
    capsys.readouterr()

    assert parser.main(["init", *OPTIONS]) == 0
    assert files(clone) == once
    assert "nothing to do" in capsys.readouterr().out

    assert parser.main(["init", *OPTIONS, "--name", "Another"]) == 0
    assert execute_settings("pelicanconf.py")["SITENAME"] == "Another"


def test_posts_of_the_author_among_the_samples_are_left(clone, capsys):
    """Nothing at all is changed then; taken away by hand, the settings are written."""
    own = clone / "content/posts/own.md"
    own.write_text("Title: Mine\nDate: 2026-01-01\n\nMine.\n")
    edited = clone / "content/posts" / FIRST.name
    edited.write_text(edited.read_text() + "\nMy own words.\n")
    before = files(clone)

    assert parser.main(["init", *OPTIONS]) == 1
    said = capsys.readouterr().err
    assert files(clone) == before
    assert "content/posts/own.md: this is none of the samples" in said
    assert f"content/posts/{FIRST.name}: this is none of the samples" in said
    assert f"rm content/posts/{SECOND.name}, then run this again" in said

    (clone / "content/posts" / SECOND.name).unlink()
    assert parser.main(["init", *OPTIONS]) == 0
    assert execute_settings("pelicanconf.py")["AUTHOR"] == "Änna"
    assert own.exists() and edited.exists()


def test_what_git_does_not_have_is_kept(clone, capsys):
    """Readings that nobody committed cannot be read again: they are moved away."""
    history = clone / "content/data/observations/mastodon.jsonl"
    history.parent.mkdir(parents=True)
    history.write_text("{}\n")

    assert parser.main(["init", *OPTIONS]) == 0
    assert not history.exists()
    kept = clone / ".build/before-init/content/data/observations/mastodon.jsonl"
    assert kept.read_text() == "{}\n"
    assert "see .build/before-init/" in capsys.readouterr().out


def test_readings_of_the_author_s_own_posts_stay(clone):
    """A history without samples is the author's, and so is one with own pages."""
    history = clone / "content/data/observations/mastodon.jsonl"
    history.parent.mkdir(parents=True)
    history.write_text("{}\n")
    (clone / "content/pages/about.md").write_text("Title: About\n\nMe.\n")

    assert parser.main(["init", *OPTIONS]) == 0
    (clone / "content/pages/about.md").unlink()
    assert parser.main(["init", *OPTIONS]) == 0
    assert history.exists()


def test_without_a_terminal_what_is_missing_is_named(clone, capsys):
    """Exit code 2, every wrong and missing answer at once, and nothing is changed."""
    before = files(clone)
    options = ["--name", " ", "--address", "blog.de", "--lang", "deutsch"]

    assert parser.main(["init", *options]) == 2
    said = capsys.readouterr().err
    assert files(clone) == before
    assert "name is empty" in said
    assert (
        'address is "blog.de", which is no web address; write https://blog.de' in said
    )
    assert 'lang is "deutsch"' in said and 'did you mean "de"?' in said
    assert "missing: author, contact; make init author=… contact=…" in said


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("address", "ftp://a.example"),
        ("address", "https://"),
        ("address", "https://a b.example"),
        ("address", "https://a.example/?q"),
        ("lang", "xx"),
        ("lang", "pt_BR"),
        ("contact", "me"),
        ("name", "a\x0b"),
    ],
)
def test_a_wrong_answer_is_refused(clone, capsys, option, value):
    """With the answer, and nothing is written."""
    answers = ANSWERS | {option: value}
    options = [text for name, v in answers.items() for text in (f"--{name}", v)]
    before = files(clone)

    code = parser.main(["init", *options])
    if value == "a\x0b":  # white space, of which a name keeps none
        assert code == 0 and execute_settings("pelicanconf.py")["SITENAME"] == "a"
        return
    assert code == 2 and files(clone) == before
    assert f"init: {option} is " in capsys.readouterr().err


def test_at_a_terminal_it_asks(clone):
    """One question after another, again after a wrong answer; Enter takes the usual."""
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "live_stats_command", "init", "--lang", "en"]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    process = subprocess.Popen(
        command, stdin=follower, stdout=subprocess.PIPE, env=environment
    )
    answers = "My blog\nblog.de\nhttps://blog.de\n\na@blog.de\n"
    os.write(leader, answers.encode())
    said = process.communicate(timeout=60)[0].decode()
    os.close(leader)
    os.close(follower)

    assert process.returncode == 0
    assert "which is no web address; write https://blog.de" in said
    settings = execute_settings("publishconf.py")
    assert settings["SITENAME"] == settings["AUTHOR"] == "My blog"
    assert settings["SITE_ADDRESS"] == "https://blog.de"


def test_a_setting_that_is_worked_out_is_not_touched(clone, capsys):
    """Its line is named, and nothing is changed; a setting that is gone comes anew."""
    conf = clone / "pelicanconf.py"
    text = conf.read_text()
    conf.write_text(text.replace('SITENAME = "Digital', 'SITENAME = "x" + "Digital'))
    before = files(clone)
    assert parser.main(["init", *OPTIONS]) == 1
    assert "pelicanconf.py:5: SITENAME is worked out here" in capsys.readouterr().err
    assert files(clone) == before

    conf.write_text(text.replace('LIVE_STATS_CONTACT = ""', 'OTHER = ""'))
    assert parser.main(["init", *OPTIONS]) == 0
    assert (
        execute_settings("pelicanconf.py")["LIVE_STATS_CONTACT"] == "anna@example.org"
    )


def test_make_hands_on_what_is_written_behind_it(tmp_path):
    """Quotes, spaces and letters arrive as they are; what is not given is no option."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "bootstrap.py").write_text("")
    command = tmp_path / ".venv/bin/live-stats"
    command.parent.mkdir(parents=True)
    command.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    command.chmod(0o755)

    def make(*arguments):
        environment = {"PATH": os.environ["PATH"]}
        done = ["make", "-s", f"PYTHON={sys.executable}", *arguments]
        return subprocess.run(
            done, cwd=tmp_path, capture_output=True, text=True, env=environment
        ).stdout.splitlines()

    title = 'It\'s "quoted": a `title` & more; ü'
    assert make("new", f"title={title}") == ["new", f"--title={title}"]
    assert make("init", "name=My blog", "lang=de") == [
        "init",
        "--name=My blog",
        "--lang=de",
    ]
