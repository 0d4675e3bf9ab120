"""What the documentation says is so."""

import re
import subprocess
from dataclasses import fields
from pathlib import Path

import pytest

from pelican.plugins.live_stats.model.settings import Settings
from pelican.plugins.live_stats.providers import PROVIDERS
from pelican.plugins.live_stats.references import coverage
from pelican.plugins.live_stats.references.catalogue import parse

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
PLUGIN = (ROOT / "plugins/live_stats/README.md").read_text()


def test_every_command_of_the_readme_is_a_target():
    """`make x` in the README is a line of the Makefile, and takes the options shown."""
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z]+):.*##", makefile, re.M))
    named = re.findall(r"\bmake ([a-z]+)((?: [a-z]+=\S+)*)", README)

    assert {name for name, _ in named} <= targets | {"make"} and len(named) > 5
    for option in re.findall(r" ([a-z]+)=", " ".join(options for _, options in named)):
        assert f"$({option})" in makefile or f"$(if $({option})" in makefile


@pytest.mark.parametrize("file", ["README.md", "docs/how-to/write-posts.md"])
def test_every_address_in_the_documentation_is_right(file):
    """Examples can be copied: each names something that is counted."""
    text = (ROOT / file).read_text()
    examples = re.findall(r"stat:[a-z][^\s)`\"|…<]*[^\s)`\"|…<.,]", text)
    wrong = "stat:mastdon/tag/metoo:"

    assert len(examples) > 4
    for address in examples:
        if address != wrong:
            parse(address)


def test_every_setting_is_documented():
    """The table of the reference has each setting, and no other."""
    page = (ROOT / "docs/reference/settings.md").read_text()
    documented = set(re.findall(r"`LIVE_STATS_([A-Z_]+)`", page))

    assert documented == {field.name.upper() for field in fields(Settings)}


def test_every_credential_is_in_the_example():
    """`.env.example` has each variable that a provider reads."""
    example = (ROOT / ".env.example").read_text()

    for provider in PROVIDERS:
        names = [*provider.credentials, *provider.options, provider.server_variable]
        for name in filter(None, names):
            assert f"#{name}=" in example, name


def test_what_one_machine_was_told_stays_out_of_the_repository():
    """Another one would show its failures, and merges would meet in its times."""
    ignored = (ROOT / ".gitignore").read_text().splitlines()
    known = subprocess.run(
        ["git", "ls-files", "content/data"], cwd=ROOT, capture_output=True, text=True
    )

    assert "/content/data/state.json*" in ignored
    assert "state.json" not in known.stdout
    for name in ("state.jsonl", "state.jsonl.damaged", "state.jsonl.spending"):
        path = f"content/data/{name}"
        assert (
            subprocess.run(["git", "check-ignore", "-q", path], cwd=ROOT).returncode
            == 0
        )


def test_every_platform_says_how_it_counts():
    """The rows of the page on how we count come from the facts: all of them."""
    shown = {(row.label, row.kind) for row in coverage.coverage_rows()}

    for provider in PROVIDERS:
        for kind in provider.kinds:
            assert (provider.label, kind.name) in shown


def test_files_that_the_readmes_name_exist():
    """The map leads somewhere."""
    for name in re.findall(r"`([a-z_/]+\.py)`", PLUGIN):
        if "<" not in name:
            assert (ROOT / name).exists() or (
                ROOT / "plugins/live_stats" / name
            ).exists()
    for name in re.findall(r"\]\(([^):]+)\)", README):
        if not name.startswith(("stat", "http", "#")):
            assert (ROOT / name.partition("#")[0]).exists(), name
