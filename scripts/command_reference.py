"""Write docs/reference/commands.md from the parser of the command.

.venv/bin/python scripts/command_reference.py
"""

import argparse
from pathlib import Path

from pelican.plugins.live_stats.cli.parser import EXIT_CODES, make_parser

PAGE = Path(__file__).parents[1] / "docs/reference/commands.md"
HEAD = """\
# Commands

Written by `scripts/command_reference.py`: change `plugins/live_stats/cli/parser.py`.

`make` runs these with the options that its own list names. Without `make` it is
`.venv/bin/live-stats`, followed by one of these commands.
"""


def reference() -> str:
    """Return the page: a section for each command, and the exit codes."""
    commands = next(
        action
        for action in make_parser()._actions
        if isinstance(action, argparse._SubParsersAction)
    )
    parts = [HEAD]
    for name, command in commands.choices.items():
        parts.append(_section(name, command))
    # A meaning may go on in the next line.
    lines = EXIT_CODES.replace("\n       ", " ").splitlines()[1:]
    codes = [line.split(maxsplit=1) for line in lines]
    rows = [f"| {code} | {meaning} |" for code, meaning in codes]
    parts.append(
        "\n".join(["## Exit codes\n", "| code | meaning |", "|---|---|", *rows])
    )
    return "\n".join(parts) + "\n"


def _section(name: str, command: argparse.ArgumentParser) -> str:
    example = (command.epilog or "").split("\n  ")[1]
    lines = [f"## {name}\n", f"{command.description}\n"]
    rows = [
        f"| {_name_of(action)} | {action.help} |"
        for action in command._actions
        if action.dest != "help"
    ]
    if rows:
        lines += ["| argument | meaning |", "|---|---|", *rows, ""]
    return "\n".join([*lines, "```sh", example, "```\n"])


def _name_of(action: argparse.Action) -> str:
    if not action.option_strings:
        return f"`{action.dest}`" + (" …" if action.nargs == "*" else "")
    value = "" if action.nargs == 0 else f" {action.metavar or action.dest.upper()}"
    return f"`{action.option_strings[0]}{value}`"


if __name__ == "__main__":
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(reference(), encoding="utf-8")
