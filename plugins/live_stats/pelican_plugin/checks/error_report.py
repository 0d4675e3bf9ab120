"""Turns errors that Pelican only logs, or raises, into mistakes that stop a build."""

import logging
import os
import re
import sys
import traceback
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from jinja2 import TemplateSyntaxError

from ...model.errors import Mistake
from ...storage.system_errors import mistake_of
from ..content.front_matter.decoding import decoded
from ..content.front_matter.missing import missing
from ..content.sources import display_path

_OUR_CODE = tuple(
    f"{Path(__file__).parents[3] / name}{os.sep}"
    for name in ("live_stats", "incremental", "theme_support")
)
_OF_BUGS = (TypeError, AttributeError, LookupError, NameError, AssertionError)
_QUOTED = re.compile(r"""['"“]([^'"“”]+)['"”]""")
_MENDS = {"is not a valid date": "write it as 2026-11-24"}
_NOT_COPIED = "A problem occurred copying file"
"""What Pelican only warns of: the site would be put in place without that file."""

_CHECKED_BY_US = (
    _NOT_COPIED,
    "Unable to find",
    "Other resources were not found",
    "Replacement Indicator",
    "Unable to generate valid slug",
    "Other invalid slugs",
    "Empty alt attribute",
)
"""What Pelican warns of, and a check here reports with a line: `broken_links`,
`collisions`, or `advice`, which knows that an ornament may have an empty text."""

_SAME_SLUG = ("There are %s items", "There are %s original")


class LoggedErrorRecorder(logging.Handler):
    """Keeps every error that Pelican logs, with the file that it is about.

    An error of our own code, which Pelican only logs too, is raised.
    """

    def __init__(self, content: Path, mistakes: list[Mistake]) -> None:
        super().__init__(logging.WARNING)
        self.content, self.mistakes = content, mistakes

    def emit(self, record: logging.LogRecord) -> None:
        copies = str(record.msg).startswith(_NOT_COPIED)
        if record.levelno < logging.ERROR and not copies:
            return
        logged = sys.exc_info()[1]  # Pelican logs inside `except`
        if trouble := mistake_of(logged):
            self.mistakes.append(trouble)
        elif logged is not None and is_ours(logged) and not hasattr(record, "reported"):
            raise logged
        else:
            self._take(record)

    def _take(self, record: logging.LogRecord) -> None:
        if isinstance(reported := getattr(record, "reported", None), ReportedError):
            if '"stat:' not in reported.what:  # that is no address: it is told better
                self.mistakes.append(_mistake(reported))
            return
        arguments = record.args if isinstance(record.args, tuple) else ()
        about = [self.content / str(argument) for argument in arguments]
        file = next((path for path in about if path.is_file()), None)
        if arguments and "could not find information" in str(record.msg):
            self.mistakes.append(self._missing(arguments[0]))
            return
        message = " ".join(record.getMessage().split())
        reason = sys.exc_info()[1]  # Pelican logs inside `except`, without the reason
        if reason:
            message = f"{message}: {' '.join(str(reason).split())}"
        if file is None:
            self.mistakes.append(Mistake(path="pelican", what=message))
            return
        if isinstance(reason, UnicodeDecodeError):
            self.mistakes.append(self._not_utf8(file))
            return
        text = message
        for name in sorted((str(a) for a in arguments), key=len, reverse=True):
            if (self.content / name) == file:
                text = text.replace(f"file {name}", "this post")
                text = text.replace(name, "this post")
        mend = next((m for words, m in _MENDS.items() if words in text), "")
        if mend and any(quoted in file.name for quoted in _QUOTED.findall(text)):
            mend = "rename the file: its name has that day"
        self.mistakes.append(
            Mistake(
                path=display_path(file, self.content),
                line=_line(file, text),
                what=f"Pelican: {text[:1].lower()}{text[1:]}",
                mend=mend,
            )
        )

    def _not_utf8(self, file: Path) -> Mistake:
        found = decoded(file.read_bytes())
        path = display_path(file, self.content)
        return Mistake(path=path, line=found.line, what=found.problem, mend=found.mend)

    def _missing(self, content: Any) -> Mistake:
        """The mistake of a post that has no title, or no date."""
        file = Path(content.source_path)
        names = [n for n in content.mandatory_properties if not hasattr(content, n)]
        line, what, mend = missing(decoded(file.read_bytes()).text, names)
        path = display_path(file, self.content)
        return Mistake(path=path, line=line, what=what, mend=mend)


class LogFilter(logging.Filter):
    """Lets those log lines be printed that no mistake reports with a line.

    Warnings that posts have the same slug are `held` until the build has succeeded: if
    they have the same address too, that is a mistake.
    """

    def __init__(self) -> None:
        super().__init__()
        self.held: list[logging.LogRecord] = []

    def filter(self, record: logging.LogRecord) -> bool:
        if not record.name.startswith("pelican"):
            return True
        message = str(record.msg)
        if message.startswith(_SAME_SLUG):
            self.held.append(record)
            return False
        checked = message.startswith(_CHECKED_BY_US)
        return record.levelno < logging.ERROR and not checked

    def print_held(self) -> None:
        """Print the warnings that were held, once the build has succeeded."""
        for record in self.held:
            print(record.getMessage(), file=sys.stderr)


def _line(file: Path, message: str) -> int:
    """The first line that holds what the message quotes; 1 where none does."""
    lines = file.read_text(encoding="utf-8", errors="replace").split("\n")
    for quoted in _QUOTED.findall(message):
        for number, line in enumerate(lines, 1):
            if quoted in line:
                return number
    return 1


def is_ours(error: BaseException) -> bool:
    """Whether an exception of the kind that a bug raises came from our plugins' code.

    Others, such as ValueError, are what they raise for what a person wrote.
    """
    frames = traceback.extract_tb(error.__traceback__)
    ours = bool(frames) and frames[-1].filename.startswith(_OUR_CODE)
    return ours and isinstance(error, _OF_BUGS)


def template_mistake(error: Exception) -> Mistake | None:
    """The place in a template where an exception came from; None if from elsewhere."""
    if isinstance(error, TemplateSyntaxError):
        path = error.filename or error.name or "a template"
        return Mistake(
            path=_relative(path),
            line=error.lineno,
            what=error.message or "",
            rule="template",
        )
    place = None
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename.endswith((".html", ".xml", ".txt")):
            place = frame
    if place is None or place.filename.startswith(_OUR_CODE):
        return None  # nobody but us writes the templates of our plugins
    what = f"{type(error).__name__}: {error}{_where_ours(error)}"
    path, line = _relative(place.filename), place.lineno or 0
    return Mistake(path=path, line=line, what=what, rule="template")


def _where_ours(error: Exception) -> str:
    """The place in our code where an error was raised; empty if it was elsewhere.

    A template may have asked for what makes no sense, or it is a bug: whoever reads the
    line can tell, and report it.
    """
    if not is_ours(error):
        return ""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    path = Path(frame.filename).relative_to(Path(__file__).parents[3])
    return f" (raised in {path.as_posix()}:{frame.lineno})"


def mistakes_behind(error: Exception) -> list[Mistake]:
    """The mistakes that an error of a template or of a plugin is; empty if none."""
    if mistakes := of_other_plugins(error):
        return mistakes
    mistake = template_mistake(error)
    return [mistake] if mistake else []


def _relative(path: str) -> str:
    """A path relative to the current folder, where that is possible."""
    file = Path(path)
    return (
        str(file.relative_to(Path.cwd())) if file.is_relative_to(Path.cwd()) else path
    )


def settings_mistake(error: Exception, settings_file: str) -> Mistake | None:
    """The place in the settings files that an exception came from; None if elsewhere.

    They are Python that a person writes: a bracket left open, a name mistyped.
    """
    folder = Path(settings_file).absolute().parent
    if isinstance(error, SyntaxError) and error.filename:
        file, line = Path(error.filename), error.lineno or 0
        if file.absolute().parent != folder:
            return None
        return Mistake(path=_relative(str(file.absolute())), line=line, what=error.msg)
    frames = traceback.extract_tb(error.__traceback__)
    names = {"<module>"} & {f.name for f in frames if _is_in(f.filename, folder)}
    own = [f for f in frames if _is_in(f.filename, folder)]
    if not names or not own:
        return None
    report = traceback.TracebackException.from_exception(error)
    what = " ".join("".join(report.format_exception_only()).split())
    path = _relative(os.path.abspath(own[-1].filename))
    return Mistake(
        path=path, line=own[-1].lineno or 0, what=what, mend="mend this line"
    )


def _is_in(file: str, folder: Path) -> bool:
    return Path(os.path.abspath(file)).parent == folder


@runtime_checkable
class ReportedError(Protocol):
    """What another plugin reports in the same way as a `Mistake`.

    An exception has them as `errors`, a tuple, if it is to be printed as lines and not
    with a traceback: `theme_support` does so for settings. A record of the log has one
    as `reported`: what `theme_support` finds while a file is read. Either may have a
    `line` too.
    """

    path: str
    what: str
    mend: str


def of_other_plugins(error: Exception) -> list[Mistake]:
    """The mistakes that an exception of another plugin reports; empty if none."""
    found = getattr(error, "errors", ())
    if not isinstance(found, tuple):
        return []
    if not all(isinstance(one, ReportedError) for one in found):
        return []
    return [_mistake(one) for one in found]


def _mistake(one: ReportedError) -> Mistake:
    line = getattr(one, "line", 0)
    return Mistake(path=one.path, line=line, what=one.what, mend=one.mend)
