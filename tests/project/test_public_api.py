"""What other plugins may use of `incremental`, and that it stays light."""

import ast
import subprocess
import sys

import pytest

from pelican.plugins import incremental
from support.paths import ROOT

PUBLIC = {
    "BuildReport",
    "BuildTree",
    "NotSerializable",
    "SortedPaths",
    "Unsure",
    "WrittenTwice",
    "add_content_attribute",
    "adopt_copy",
    "changed_inputs",
    "digest_settings",
    "execute_settings",
    "explain",
    "is_building",
    "is_nested",
    "last_report",
    "note",
    "pure",
    "rebuild",
    "register",
    "take_over",
    "textless",
    "why_build_again",
}


def test_the_public_names_are_these():
    """A name that comes or goes is a decision, for other plugins depend on them."""
    assert set(incremental.__all__) == PUBLIC
    assert list(incremental.__all__) == sorted(incremental.__all__)


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_every_public_name_is_there_and_is_documented(name):
    """Those that are imported late too; a docstring says what each is for."""
    assert getattr(incremental, name).__doc__


@pytest.mark.parametrize("folder", ["live_stats", "theme_support"])
def test_other_plugins_are_tested_through_it_too(folder):
    """What their tests reach into could not change without them."""
    for file in (ROOT / "tests" / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module:
                below = node.module.removeprefix(f"{incremental.__name__}.")
                used = below if below != node.module else "system"
                assert used.split(".")[0] in ("signals", "system"), file


def test_a_name_that_is_not_there_is_an_error():
    """Names that are imported late do not make every other name valid."""
    with pytest.raises(AttributeError, match="no attribute 'unknown'"):
        _ = incremental.unknown


def test_it_is_imported_without_pelican():
    """A command that only looks whether anything changed need not load Pelican."""
    code = (
        "import sys, live_stats_command; live_stats_command.defer('pelican')\n"
        "from pathlib import Path\n"
        "from pelican.plugins import incremental\n"
        "assert incremental.why_build_again(Path('nowhere'), '', 'output')\n"
        "assert list(incremental.explain(Path('nowhere'), 'index.html', 'output'))\n"
        "print(*sys.modules)"
    )

    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()

    assert "pelican.plugins.incremental.state.inputs" in loaded
    assert not {"pelican.generators", "pelican.contents", "markdown"} & set(loaded)
