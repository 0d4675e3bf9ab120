"""The rooms of the plugins: who may know of whom."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

PLUGINS = Path(__file__).parent.parent / "plugins"
PLUGIN = PLUGINS / "live_stats"

# From the bottom up; each room may import from the rows above its own, and from
# neighbours in its row.
ROOMS = [
    {"errors"},
    {"model", "files"},
    {"manifest"},
    {
        "settings",
        "settings_checks",
        "freshness",
        "locales",
        "around",
        "numerals",
        "digits",
        "claims",
        "remaking",
        "wording",
        "slots",
        "characters",
        "charts",
        "marks",
        "typeface",
        "painting",
        "drawable",
        "milestones",
        "pace",
    },
    {"bodies", "troubles", "web", "providers"},
    {"addresses", "hosts"},
    {"pasted"},
    {"catalogue", "declared"},
    {"history", "budgets", "credentials", "sums", "times_said"},
    {"state", "asking"},
    {"planning", "plausible", "overdue", "status"},
    {"collect", "snapshot", "about"},
    {"index_files"},
    {"asides", "graphs", "index", "links", "share", "exports", "badges", "comparing"},
    {"standing"},
    {"movements", "pace_said", "milestones_said", "milestones_feed"},
    {"derived", "fragment_templates", "bytecode"},
    {"fragments"},
    {"skeletons"},
    {"fill"},
    {"publish", "searching"},
    {"sources"},
    {"markdown_figures", "authoring", "registry", "rows", "hashtags"},
    {"tagging", "on_demand", "authored_links", "unpublished", "content_files"},
    {"template_stats", "judging", "own_pages", "site_errors", "accept", "report"},
    {"blame", "checking", "collisions", "entries"},
    {"build"},
    {"pelican_plugin", "listing", "serving", "explaining", "dev_pages"},
    {"building", "live"},
    {"dev"},
    {"cli"},
    {"__init__", "__main__"},
]
INCREMENTAL = [
    {
        "stamps",
        "later",
        "plain",
        "disk",
        "tracing",
        "listening",
        "notes",
        "signals",
        "usage",
        "progress",
    },
    {"strangers", "speed", "inlining", "scopes", "builtins", "containers"},
    {"own", "posts", "spares", "addresses", "settled", "translating"},
    {"site_settings", "store", "workers", "expressions", "values", "beside"},
    {"inputs", "reading", "calls", "ahead"},
    {"tree", "inner"},
    {"explain", "prefetch", "whole", "templates", "queue", "texts", "paging"},
    {"fingerprints"},
    {"replaying", "lists"},
    {"paged", "remembering"},
    {"writer"},
    {"session"},
    {"held"},
    {"plugin"},
    {"__init__"},
]
FRAME = [
    {"errors", "model"},
    {"checks", "policy", "languages", "neighbours"},
    {"services", "newsletter", "headers"},
    {"analytics"},
    {"settings"},
    {"files"},
    {"plugin"},
    {"__init__"},
]
PURE = {"errors", "model", "settings", "freshness", "slots", "charts", "links"}
PURE |= {"settings_checks", "addresses", "pasted", "catalogue", "declared", "status"}
PURE |= {"locales", "around", "numerals", "digits", "claims", "remaking"}
PURE |= {"wording", "hosts"}
PURE |= {"graphs", "authoring", "registry", "rows", "hashtags"}
PURE |= {"exports", "badges", "derived", "comparing", "times_said"}
PURE |= {"milestones", "pace", "movements", "pace_said", "milestones_said"}
PURE |= {"milestones_feed", "characters", "authored_links"}
CLOCK_NET_DISK = {"requests", "socket", "time", "threading", "os", "pathlib", "random"}


def room(path):
    return path.relative_to(PLUGINS).parts[1].removesuffix(".py")


def imports(path):
    """The rooms of ours, and the packages of others, that a file imports."""
    ours, others = set(), set()
    depth = len(path.relative_to(PLUGINS).parts) - 1
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            others |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            others.add(node.module.split(".")[0])
        elif isinstance(node, ast.ImportFrom) and node.level == depth:
            names = [node.module] if node.module else [n.name for n in node.names]
            ours |= {name.split(".")[0] for name in names}
    return ours, others


FILES = sorted(PLUGIN.rglob("*.py"))
OTHERS = sorted((PLUGINS / "incremental").rglob("*.py"))
AROUND = sorted((PLUGINS / "frame").rglob("*.py"))
ORDERS = {"live_stats": ROOMS, "incremental": INCREMENTAL, "frame": FRAME}


@pytest.mark.parametrize(
    "path", [*FILES, *OTHERS, *AROUND], ids=lambda path: room(path)
)
def test_imports_point_one_way(path):
    """No file knows of a room below its own in the list."""
    rooms = ORDERS[path.relative_to(PLUGINS).parts[0]]
    row = {name: n for n, names in enumerate(rooms) for name in names}
    ours, _ = imports(path)

    too_low = {name for name in ours if row[name] > row[room(path)]}

    assert not too_low


def test_two_plugins_know_nothing_of_numbers():
    """They could serve any Pelican site: nothing of ours is imported or named there."""
    for path in [*OTHERS, *AROUND]:
        assert "live_stats" not in path.read_text()


@pytest.mark.parametrize("name", sorted(PURE))
def test_values_in_values_out(name):
    """These rooms have no clock, no network, no disk, no chance."""
    for path in FILES:
        if room(path) == name:
            assert not imports(path)[1] & CLOCK_NET_DISK


def test_refresh_starts_without_pelican():
    """What a refresh runs loads neither Pelican nor Markdown."""
    code = "import sys, live_stats.cli, live_stats.building; print(*sys.modules)"

    loaded = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(PLUGINS)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()

    assert "live_stats.publish" in loaded
    assert not {"pelican", "markdown", "docutils"} & set(loaded)
