"""The page on how to add a platform: its example works as it stands there."""

import json
import re
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from pelican.plugins.live_stats.providers import BY_NAME, PROVIDERS
from pelican.plugins.live_stats.references import web_addresses
from pelican.plugins.live_stats.testing import problems
from support import recorded

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs/how-to/add-a-platform.md").read_text()
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.M | re.S)


def block(kind, word):
    """The one code block of a language that has `word` in it."""
    (found,) = [text for name, text in BLOCKS if name == kind and word in text]
    return found


@pytest.fixture
def pebble(monkeypatch):
    """The platform of the page, in the registry while a test runs."""
    package = "pelican.plugins.live_stats.providers.platforms"
    module = {"__package__": package, "__name__": f"{package}.pebble"}
    exec(block("python", "class Pebble"), module)
    provider = module["Pebble"]()
    monkeypatch.setitem(sys.modules, f"{package}.pebble", SimpleNamespace(**module))
    monkeypatch.setitem(BY_NAME, "pebble", provider)
    monkeypatch.setattr(web_addresses, "PROVIDERS", (*PROVIDERS, provider))
    replies = {"api.pebble.example": json.loads(block("json", "api.pebble.example"))}
    monkeypatch.setattr(recorded, "_ENTRIES", recorded._ENTRIES | replies)
    return provider


def cases():
    """The addresses and numbers in the test that the page shows."""
    text = block("python", "def test_the_right_number_is_read")
    return re.findall(r'\("(\S+)", (\d+)\)', text)


def test_the_page_shows_cases():
    """The next test has something to test."""
    assert len(cases()) == 3


@pytest.mark.parametrize(("address", "expected"), cases())
def test_the_example_reads_its_own_replies(pebble, value, address, expected):
    """Module, replies and numbers of the page belong together."""
    assert value(address).value == int(expected)


def test_the_other_tests_of_the_page_pass(pebble):
    """They run as they stand there."""
    page = {}
    exec(block("python", "def test_the_right_number_is_read"), page)
    tests = [one for name, one in page.items() if name.startswith("test_")][1:]

    assert len(tests) == 2
    for test in tests:
        test()


def test_the_example_lacks_only_the_noun_that_the_page_adds(pebble):
    """It is told with the file and the list, which the page names, too."""
    (problem,) = problems(pebble)

    assert '"stones" has no noun' in problem
    for place in ("NOUNS", "plugins/live_stats/i18n/sentences.py", "make messages"):
        assert place in problem and place in PAGE


def test_every_file_that_the_page_names_is_there():
    """Paths in the text, and the platforms to look at."""
    platforms = ROOT / "plugins/live_stats/providers/platforms"
    for path in re.findall(r"`((?:tests|plugins)/[\w/.]+)`", PAGE):
        assert "pebble" in path or (ROOT / path).exists(), path
    elsewhere = {"test_contract.py", "known_hosts.py"}
    for name in set(re.findall(r"`(\w+\.py)`", PAGE)) - elsewhere:
        assert (platforms / name).is_file(), name
