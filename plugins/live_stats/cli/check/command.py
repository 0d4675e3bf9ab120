"""`check`: all that publish would stop for, and all that is worth a look.

It builds as publish does, with the same code, up to the last check of the pages, in
`.build/check`: so the next check builds only what has changed. It fetches and fills
nothing.
"""

import argparse
import sys
from contextlib import redirect_stdout
from pathlib import Path

from ...model.errors import Advice, Finding, Mistake, Mistakes, Severity
from ...pelican_plugin.checks.error_report import mistakes_behind, settings_mistake
from ...pelican_plugin.runner import check
from ...providers.environment import check_environment
from ...storage import atomic_write
from ...storage.paths import BUILD_FOLDER
from ..publish import check_settings_file
from .formats import FORMATS

WARNINGS = 4
"""The exit code where there are warnings, and no mistakes."""


def check_command(options: argparse.Namespace) -> int:
    """Print all findings; the exit code is that of the worst."""
    home = Path(BUILD_FOLDER).absolute() / "check"
    with atomic_write.single_instance(home) as alone:
        if not alone:
            raise Mistakes(
                [
                    Mistake(
                        path=str(home),
                        what="another check is running here",
                        mend="let it end, then try again",
                    )
                ]
            )
        # What Pelican and its plugins print is no part of a document.
        with redirect_stdout(sys.stderr):
            findings = _findings(options.settings, home / "output")
    print(FORMATS[options.format](findings), end="")
    severities = {one.severity for one in findings}
    if Severity.ERROR in severities:
        return 1
    if Severity.WARNING in severities:
        return 1 if options.strict else WARNINGS
    return 0


def _findings(settings_file: str, output: Path) -> list[Mistake | Advice]:
    """All findings, sorted by place; mistakes before advice."""
    mistakes: list[Mistake] = []
    advice: list[Advice] = []
    try:
        check_settings_file(settings_file)
        check_environment()
        check(settings_file, output, advice)
    except Mistakes as error:
        mistakes = error.mistakes
    except Exception as error:
        mistakes = mistakes_behind(error)
        if not mistakes and (mistake := settings_mistake(error, settings_file)):
            mistakes = [mistake]
        if not mistakes:
            raise
    return sorted([*mistakes, *advice], key=_place)


def _place(one: Finding) -> tuple[str, int]:
    return one.path, one.line
