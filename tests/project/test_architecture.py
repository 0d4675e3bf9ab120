"""What import-linter cannot say of the structure; its contracts: pyproject.toml."""

import ast
import subprocess
import sys
from fnmatch import fnmatch

import pytest

from support.paths import ROOT

PLUGINS = ROOT / "plugins"
LIVE_STATS = PLUGINS / "live_stats"
LARGEST_FOLDER = 13
PAPERS = {"README.md", "pyproject.toml", "py.typed"}
ONE_FILE_A_PLATFORM = LIVE_STATS / "providers/platforms"

# Values in, values out: these import nothing that has a clock, a network or a disk.
PURE = [
    "model",
    "i18n",
    "references",
    "providers/base.py",
    "providers/facts.py",
    "rendering/slots.py",
    "rendering/specs.py",
    "rendering/chart_data.py",
    "rendering/comparison.py",
    "rendering/derived_files.py",
    "rendering/charts",
    "rendering/trends",
    "rendering/exports/badge.py",
    "rendering/exports/history_tables.py",
    "rendering/exports/history_parts.py",
    "rendering/exports/atom_feed.py",
    "publishing/links.py",
    "collection/health.py",
    "pelican_plugin/content/figures.py",
    "pelican_plugin/template_api/slot_registry.py",
    "pelican_plugin/template_api/rows.py",
    "pelican_plugin/template_api/hashtags.py",
    "pelican_plugin/checks/authored_links.py",
]
CLOCK_NET_DISK = {"requests", "socket", "time", "threading", "os", "pathlib", "random"}


def imported(path):
    """The packages of others that a file imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("name", PURE)
def test_values_in_values_out(name):
    """These have no clock, no network, no disk, no chance."""
    place = LIVE_STATS / name
    files = [place] if place.suffix else sorted(place.rglob("*.py"))

    assert files
    for file in files:
        assert not imported(file) & CLOCK_NET_DISK, file


def test_folders_can_be_looked_over():
    """About ten things in a folder of the plugins, but for one file a platform."""
    for folder in [PLUGINS, *PLUGINS.rglob("*")]:
        if folder.is_dir() and folder.name not in ("__pycache__", "live_stats"):
            things = [
                one
                for one in folder.iterdir()
                if not one.name.startswith(("__", ".")) and one.name not in PAPERS
            ]
            if folder != ONE_FILE_A_PLATFORM:
                assert len(things) <= LARGEST_FOLDER, (folder, len(things))


def test_refresh_starts_without_pelican():
    """What a refresh runs loads neither Pelican nor Markdown."""
    code = (
        "import sys, live_stats_command; live_stats_command.defer('pelican')\n"
        "import pelican.plugins.live_stats.cli.parser\n"
        "import pelican.plugins.live_stats.cli.publish\n"
        "print(*sys.modules)"
    )

    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()

    assert "pelican.plugins.live_stats.publishing.run" in loaded
    assert not {"pelican.generators", "markdown", "docutils"} & set(loaded)


def test_pelican_is_whole_once_it_is_needed():
    """The deferred package becomes the usual one when something of it is read."""
    code = (
        "import live_stats_command; live_stats_command.defer('pelican')\n"
        "import pelican.plugins.live_stats, pelican\n"
        "from pelican import Pelican, signals\n"
        "import pelican.plugins.signals\n"
        "assert signals is pelican.plugins.signals\n"
        "print(pelican.__version__, Pelican.__module__, pelican.__file__)"
    )

    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert " pelican " in ran.stdout and ran.stdout.strip().endswith("__init__.py")


def test_no_test_is_passed_over(request):
    """Pytest looks into no folder called build or dist, and does not mention it."""
    skipped = request.config.getini("norecursedirs")

    for file in (ROOT / "tests").rglob("test_*.py"):
        for part in file.relative_to(ROOT).parts:
            assert not any(fnmatch(part, pattern) for pattern in skipped), file
