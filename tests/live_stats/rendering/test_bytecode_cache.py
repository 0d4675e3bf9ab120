"""The bytecode of our templates, and what a refresh loads at all."""

import subprocess
import sys
from pathlib import Path

import pytest
from jinja2 import Environment

from pelican.plugins.live_stats.rendering import environment
from pelican.plugins.live_stats.rendering.environment import (
    TEMPLATES,
    FragmentEnvironment,
    PackagedBytecodeCache,
)
from support.site_folder import Site


@pytest.fixture
def compiled(tmp_path, monkeypatch):
    """Templates whose bytecode lies below `tmp_path`; which of them were compiled."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (tmp_path / "kept").mkdir()
    monkeypatch.setattr(
        environment, "cache_from_source", lambda source: str(tmp_path / "kept/x.pyc")
    )
    names = []
    compile = Environment.compile

    def compiling(self, source, name=None, *others, **more):
        names.append(name)
        return compile(self, source, name, *others, **more)

    monkeypatch.setattr(Environment, "compile", compiling)
    return names


def load(name, *themes):
    return FragmentEnvironment(list(themes)).get_template(name)


def test_our_templates_are_compiled_once(compiled):
    """The next run finds their bytecode, and gets the same template."""
    first = load("live_stats/figure.html").filename
    assert compiled == ["live_stats/figure.html"]

    assert load("live_stats/figure.html").filename == first
    assert compiled == ["live_stats/figure.html"]


def test_bytecode_is_no_input_of_a_build(compiled, tmp_path):
    """That a first refresh keeps some says nothing about the site."""
    load("live_stats/number.html")
    (file,) = (tmp_path / "kept").iterdir()
    assert file.suffix == ".pyc"  # as Python's own, which is no input of a build


def test_a_template_that_was_changed_is_compiled_again(compiled, tmp_path):
    """Bytecode is of one source, not of one name."""
    own = tmp_path / "own"
    own.mkdir()
    texts = Environment(bytecode_cache=PackagedBytecodeCache(own, "x.py"))
    for number, text in enumerate(("one", "two")):
        bucket = texts.bytecode_cache.get_bucket(texts, "a", str(own / "a"), text)
        assert bucket.code is None, number
        bucket.code = compile(text, "a", "eval")
        texts.bytecode_cache.set_bucket(bucket)
        found = texts.bytecode_cache.get_bucket(texts, "a", str(own / "a"), text)
        assert found.code is not None


def test_nothing_of_a_theme_is_kept(compiled, tmp_path):
    """A theme's own fragment is compiled each time, and leaves no file."""
    theme = tmp_path / "theme"
    (theme / "live_stats").mkdir(parents=True)
    (theme / "live_stats/number.html").write_text("{{ 1 + 1 }}")
    for _ in range(2):
        assert load("live_stats/number.html", theme).render() == "2"

    assert compiled == ["live_stats/number.html"] * 2
    assert list((tmp_path / "kept").iterdir()) == []


@pytest.mark.parametrize("damage", [b"", b"no bytecode", None])
def test_damaged_bytecode_counts_as_none(compiled, tmp_path, damage):
    """Cut off anywhere or foreign: it is made again."""
    load("live_stats/number.html")
    (file,) = (tmp_path / "kept").iterdir()
    whole = file.read_bytes()
    cuts = range(0, len(whole), 7)
    for text in [whole[:cut] for cut in cuts] if damage is None else [damage]:
        file.write_bytes(text)
        compiled.clear()
        load("live_stats/number.html")
        assert compiled == ["live_stats/number.html"]
        assert file.read_bytes() == whole


def test_where_python_writes_no_bytecode_we_write_none(compiled, tmp_path, monkeypatch):
    """Because somebody said so, or because the folder is not there."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    load("live_stats/number.html")
    assert list((tmp_path / "kept").iterdir()) == []

    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (tmp_path / "kept").rmdir()
    load("live_stats/number.html")
    assert not (tmp_path / "kept").exists()


def test_our_templates_are_meant(compiled, tmp_path):
    """The folder that bytecode is kept of is the one that ours lie in."""
    assert Path(load("live_stats/number.html").filename).is_relative_to(TEMPLATES)


IMPORTED = """
import sys
from live_stats_command import defer
defer("pelican")
from pelican.plugins.live_stats.cli.parser import main
code = main(["refresh", "--offline", "--settings", "conf.py"])
print("written" if code == 0 else code, *sys.modules)
"""
SELDOM = (
    "pelican",
    "requests",
    "logging",
    "dotenv",
    "difflib",
    "live_stats.collection.collector",
)
SELDOM += ("live_stats.rendering.charts.line_chart", "live_stats.rendering.comparison")


def test_one_number_waits_for_little_to_be_loaded(tmp_path, monkeypatch, capsys):
    """What few runs need is not loaded by one that puts a number into a page.

    That takes longer than all else such a run does.
    """
    monkeypatch.chdir(tmp_path)
    site = Site(tmp_path, capsys)
    site.post("a")
    assert site.publish("--offline") == 0, site.out
    line = (
        '{"exactness":"exact","from":null,"observed_at":"2020-11-24T12:00:00Z",'
        '"series":"x/post/1/reposts","source":"https://example.org/","to":null,'
        '"value":24711}\n'
    )
    site.write("content/data/observations/2026-11.jsonl", line)

    ran = subprocess.run(
        [sys.executable, "-c", IMPORTED],
        capture_output=True,
        text=True,
    )

    assert "written" in ran.stdout, ran.stdout + ran.stderr
    assert "24,711" in site.read("posts/a/index.html")
    loaded = {name.removeprefix("pelican.plugins.") for name in ran.stdout.split()}
    loaded.discard("pelican")
    assert "live_stats.rendering.fragments" in loaded
    assert loaded.intersection(SELDOM) == set()
