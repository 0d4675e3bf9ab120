"""What other people's providers may rely on."""

import inspect
import re
from importlib import import_module
from pathlib import Path

import pytest

from pelican.plugins.live_stats.model import errors, values
from pelican.plugins.live_stats.providers import PROVIDERS, Provider

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs/reference/providers.md").read_text()
PACKAGE = "pelican.plugins.live_stats.providers"


def section(title):
    """The text below a heading of the page."""
    return re.search(
        rf"^## {re.escape(title)}$(.*?)(?=^## |\Z)", PAGE, re.M | re.S
    ).group(1)


def listed(title):
    """The names in the first column of the table below a heading."""
    return set(re.findall(r"^\| `(\w+)` \|", section(title), re.M))


@pytest.mark.parametrize("name", ["", ".parsing", ".daily_series"])
def test_what_is_exported_is_what_the_reference_lists(name):
    """A name that is added or removed is a change of the documentation."""
    module = import_module(PACKAGE + name)

    assert set(module.__all__) == listed(f"`{PACKAGE}{name}`")
    for exported in module.__all__:
        assert getattr(module, exported)


def test_the_errors_of_a_provider_are_listed():
    """Each failure that a provider may raise, and no other."""
    kept = {errors.Failure, errors.BudgetSpent}  # the root, and one of the caller
    failures = {
        one.__name__
        for one in vars(errors).values()
        if inspect.isclass(one) and issubclass(one, errors.Failure) and one not in kept
    }

    assert listed("Values and errors") == failures


def test_the_values_of_a_provider_are_there():
    """The sentence about values names what can be imported."""
    first = section("Values and errors").split("\n\n")[1]
    names = re.findall(r"`([A-Z]\w+)`", first)

    assert names and all(hasattr(values, name) for name in names)


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda provider: provider.name)
def test_every_provider_has_the_documented_signature(provider):
    """`fetch(query, session)`, as in the base class."""
    assert inspect.signature(type(provider).fetch) == inspect.signature(Provider.fetch)
