"""What Pelican only logs becomes a mistake, so that no post is lost in silence."""

import logging
import re
import sys
import traceback
from pathlib import Path

from jinja2 import TemplateSyntaxError

from ...model.errors import Mistake

_QUOTED = re.compile(r"""['"“]([^'"“”]+)['"”]""")
_MENDS = {
    "could not find information about 'title'": "add a first line Title: …",
    "could not find information about 'date'": "add a line Date: 2026-11-24",
    "is not a valid date": "write it as 2026-11-24",
}
_SAID_BETTER = (
    "Unable to find",
    "Other resources were not found",
    "Replacement Indicator",
    "Unable to generate valid slug",
    "Other invalid slugs",
)
_ONE_SLUG = ("There are %s items", "There are %s original")
"""What Pelican warns of, and `checking` or `collisions` refuses, with a line."""


class TemplateErrorRecorder(logging.Handler):
    """Keeps every error that Pelican logs, with the file that it is about."""

    def __init__(self, content: Path, mistakes: list[Mistake]) -> None:
        super().__init__(logging.ERROR)
        self.content, self.mistakes = content, mistakes

    def emit(self, record: logging.LogRecord) -> None:
        arguments = record.args if isinstance(record.args, tuple) else ()
        about = [self.content / str(argument) for argument in arguments]
        file = next((path for path in about if path.is_file()), None)
        message = " ".join(record.getMessage().split())
        reason = sys.exc_info()[1]  # Pelican logs inside `except`, without the reason
        if reason:
            message = f"{message}: {' '.join(str(reason).split())}"
        if file is None:
            self.mistakes.append(Mistake(path="pelican", what=message))
            return
        text = message
        for name in sorted((str(a) for a in arguments), key=len, reverse=True):
            if (self.content / name) == file:
                text = text.replace(f"file {name}", "this post")
                text = text.replace(name, "this post")
        mend = next((m for words, m in _MENDS.items() if words in text), "")
        self.mistakes.append(
            Mistake(
                path=shown(file, self.content),
                line=_line(file, text),
                what=f"Pelican: {text[:1].lower()}{text[1:]}",
                mend=mend,
            )
        )


class LogFilter(logging.Filter):
    """Which log lines are printed: what no mistake of ours says better.

    That posts have one slug is `held` until the build has ended well: if they have one
    address too, that is a mistake with a line.
    """

    def __init__(self) -> None:
        super().__init__()
        self.held: list[logging.LogRecord] = []

    def filter(self, record: logging.LogRecord) -> bool:
        if not record.name.startswith("pelican"):
            return True
        message = str(record.msg)
        if message.startswith(_ONE_SLUG):
            self.held.append(record)
            return False
        said_better = message.startswith(_SAID_BETTER)
        return record.levelno < logging.ERROR and not said_better

    def say_held(self) -> None:
        for record in self.held:
            print(record.getMessage(), file=sys.stderr)


def shown(file: Path, content: Path) -> str:
    """A content file as an author names it: from the folder that holds `content`."""
    try:
        return file.absolute().relative_to(content.parent).as_posix()
    except ValueError:
        return str(file)


def _line(file: Path, message: str) -> int:
    """The first line that holds what the message quotes; 1 where none does."""
    lines = file.read_text(encoding="utf-8", errors="replace").split("\n")
    for quoted in _QUOTED.findall(message):
        for number, line in enumerate(lines, 1):
            if quoted in line:
                return number
    return 1


def template_mistake(error: Exception) -> Mistake | None:
    """The place in a template where an exception came from; None if from elsewhere."""
    if isinstance(error, TemplateSyntaxError):
        path = error.filename or error.name or "a template"
        return Mistake(path=_near(path), line=error.lineno, what=error.message or "")
    place = None
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename.endswith((".html", ".xml", ".txt")):
            place = frame
    if place is None:
        return None
    what = f"{type(error).__name__}: {error}"
    return Mistake(path=_near(place.filename), line=place.lineno or 0, what=what)


def _near(path: str) -> str:
    """A path as a person names it: from here, where that is possible."""
    file = Path(path)
    return (
        str(file.relative_to(Path.cwd())) if file.is_relative_to(Path.cwd()) else path
    )


def of_other_plugins(error: Exception) -> list[Mistake]:
    """The mistakes that another plugin of the site has found: its `errors`.

    Each has `path`, `what` and `mend`.
    """
    found = getattr(error, "errors", ())
    if not isinstance(found, tuple) or not all(hasattr(e, "mend") for e in found):
        return []
    return [Mistake(path=e.path, what=e.what, mend=e.mend) for e in found]
