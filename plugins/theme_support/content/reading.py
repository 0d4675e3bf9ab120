"""Completes what a reader has made of a file: tables, code, pictures; and checks it.

It happens while the file is read, so `incremental` keeps the result with the post, and
knows the picture files that it was made from: another picture, and the post is read
again. What is wrong is logged; a post with such a line is read again by every build.
"""

import logging
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import ContentError
from ..i18n import N_, Phrases
from ..security import blocked
from ..security.csp import Policy
from . import tags
from .pictures import METADATA, Pictures
from .source_lines import SourceLines
from .tables import made_fit

logger = logging.getLogger(__name__)

_PRE = tags.pattern(r"<pre(?P<attributes>\b[^>]*)>")
_TASK = re.compile(
    r'(<li class="[^"]*task-list-item[^"]*">\s*(?:<p>)?<input type="checkbox" disabled)'
    r"(?P<done> checked)?/?>"
)
_ADMONITION = re.compile(
    r'(?P<before><div class="admonition (?P<kinds>[^"]+)">\s*'
    r'<p class="admonition-title">)(?P<title>\w+)</p>'
)
TITLES = (
    *(N_("Note"), N_("Hint"), N_("Tip"), N_("Important"), N_("Warning")),
    *(N_("Caution"), N_("Attention"), N_("Danger"), N_("Error")),
)
"""What Python-Markdown writes above a box, by the kind of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finishing:
    """What is done to all texts of a site. `policy` is that of its pages.

    `content` is the folder of its sources, absolute; `site` its address.
    """

    policy: Policy
    phrases: Phrases
    content: str
    lang: str
    site: str

    def attach(self, generator: Any) -> None:
        """Have each reader of a generator give texts that are finished."""
        for name, reader in generator.readers.readers.items():
            if name != "static":
                self._attach(reader)

    def _attach(self, reader: Any) -> None:
        usual = reader.read

        def read(path: str) -> tuple[str | None, dict[str, Any]]:
            text, metadata = usual(path)
            if text is None:
                return text, metadata
            return self.finished(path, text, metadata)

        reader.read = read

    def finished(
        self, path: str, text: str, metadata: dict[str, Any]
    ) -> tuple[str, dict[str, Any]]:
        """The HTML of the file `path`, complete, and its metadata."""
        reports = _Reports(os.path.abspath(path), self.content)
        pictures = Pictures(reports.source, self.content, reports.add)
        text = pictures.dressed(text)
        lang = str(metadata.get("lang") or self.lang)
        text = made_fit(text, lambda number, words: self._label(number, words, lang))
        if "<pre" in text:
            text = tags.replaced(_PRE, text, _reachable)
        if "task-list-item" in text:
            text = _TASK.sub(lambda match: self._task(match, lang), text)
        if "admonition-title" in text:
            text = _ADMONITION.sub(lambda match: self._titled(match, lang), text)
        if pictures.scaled:
            metadata = {**metadata, METADATA: pictures.scaled}
        for one in (str(metadata.get("summary") or ""), text):
            for found in blocked.find(one, self.policy, self.site):
                reports.found(found.needles, found.what, found.mend)
        return text, metadata

    def _label(self, number: int, words: str, lang: str) -> str:
        name = self.phrases.tr(N_("Table {n}"), lang, n=number)
        return f"{name}: {words}" if words else name

    def _task(self, match: re.Match[str], lang: str) -> str:
        """A task that says whether it is done to those who hear it, too."""
        said = self.phrases.tr(N_("done") if match["done"] else N_("to do"), lang)
        return f'{match[1]}{match["done"] or ""} aria-label="{tags.escaped(said)}">'

    def _titled(self, match: re.Match[str], lang: str) -> str:
        """A box whose author gave it no title, titled in the language of the text."""
        name = match["title"]
        if name.lower() not in match["kinds"].split() or name not in TITLES:
            return match[0]
        return f"{match['before']}{tags.escaped(self.phrases.tr(name, lang))}</p>"


def _reachable(match: re.Match[str]) -> str:
    """Code that the keyboard reaches, which scrolls it then."""
    given: Mapping[str, str | None] = tags.attributes(match["attributes"])
    return match[0] if "tabindex" in given else f'{match[0][:-1]} tabindex="0">'


class _Reports:
    """Logs what is wrong with one file, each with its line.

    `source` is its path, absolute. A record has the error as `reported`.
    """

    def __init__(self, source: str, content: str) -> None:
        self.source = source
        base = os.path.dirname(content)
        inside = source.startswith(f"{base}{os.sep}")
        self._name = Path(
            os.path.relpath(source, base) if inside else source
        ).as_posix()
        self._lines: SourceLines | None = None

    def add(self, address: str, what: str, mend: str, advice: bool) -> None:
        """Log what is wrong with a picture that the author wrote as `address`."""
        name = address.rpartition("}")[2].rpartition("/")[2]
        self.found((address, name), what, mend, advice=advice)

    def found(
        self, needles: Sequence[str], what: str, mend: str, *, advice: bool = False
    ) -> None:
        """Log what is wrong at the first place that has one of `needles`."""
        if self._lines is None:
            self._lines = SourceLines(self.source)
        error = ContentError(
            path=self._name, line=self._lines.line_of(needles), what=what, mend=mend
        )
        level = logging.WARNING if advice else logging.ERROR
        logger.log(level, "%s", error, extra={"reported": error})
