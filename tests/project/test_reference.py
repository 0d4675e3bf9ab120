"""The pages of the reference that are written from the code."""

import runpy

import pytest

from pelican.plugins.live_stats.cli import parser
from support.paths import ROOT

COMMANDS = "init new publish refresh check dev serve explain platforms stats".split()
COMMANDS += ["live", "accept"]


@pytest.mark.parametrize("name", ["command_reference", "settings_reference"])
def test_the_reference_is_up_to_date(name):
    """Whoever changes an option or a setting writes the page again: `make docs`."""
    script = runpy.run_path(str(ROOT / f"scripts/{name}.py"))

    assert script["PAGE"].read_text(encoding="utf-8") == script["reference"]()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_help_has_an_example_that_the_parser_understands(command, capsys):
    """The example can be typed as it stands there."""
    with pytest.raises(SystemExit) as end:
        parser.main([command, "--help"])
    text = capsys.readouterr().out
    example = text.partition("example:\n  ")[2].split()

    assert end.value.code == 0
    assert example[:2] == ["live-stats", command]
    assert parser.make_parser().parse_args(example[1:]).run


def test_the_help_lists_the_exit_codes(capsys):
    """A scheduler has to tell old numbers from a mistake."""
    with pytest.raises(SystemExit):
        parser.main(["--help"])

    assert parser.EXIT_CODES in capsys.readouterr().out
