"""What a build is about to put in place, and what it did: types for other plugins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

Mode = Literal["full", "partial", "resident", "nothing"]
"""How a build was made. `full`: nothing of the last one could be used. `partial`: files
were kept where their fingerprints are the same. `resident`: the site was in memory, and
only posts whose texts had changed were read. `nothing`: no file had to change."""


class BuildTree(Protocol):
    """The files of one build, which the signals `content_ready`, `before_commit` and
    `after_commit` send. Names are paths below the site, with slashes.
    """

    @property
    def names(self) -> Sequence[str]:
        """All files of the site, sorted; empty until `before_commit`."""

    @property
    def changed(self) -> Sequence[str]:
        """The files that differ from those of the last build, sorted."""

    @property
    def partial(self) -> bool:
        """Whether nothing but texts of posts has changed since the last build.

        Then only pages that may show these texts were looked at.
        """

    checking: bool
    """Set it if this build will be stopped: it goes on only to find more errors.

    Then two pages may have one address, and the receivers of `before_commit` must
    raise."""

    @property
    def failed(self) -> set[str]:
        """Pages that could not be rendered, and whose errors a receiver tells of."""

    def path(self, name: str) -> str:
        """Where a file lies until the build is in place."""

    def drop(self, name: str) -> None:
        """Leave a file out of this build. Only while `before_commit` is sent."""

    def is_kept(self, name: str) -> bool:
        """Whether a file of this build is the one that the last build left."""

    def kept_stat(self, name: str) -> str:
        """The stat of a file that is kept, as `system.filesystem.format_stat` has it;
        empty if it is not kept."""

    def page_result(self, name: str) -> Any:
        """What a receiver of `page_rendered` returned for a page of this build.

        None if none did, or if somebody else could have changed the file since.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What one build did. Names are paths below the site, with slashes.

    `why_full` says why nothing of the last build could be used; empty if something
    could. `texts_only`: nothing but texts of posts had changed. `compared` has the
    pages whose fingerprints were made: others were kept together with their list, or
    because they show no text that changed. `rendered` has the files that were rendered,
    in order; `changed` those whose bytes differ from the last build's, sorted; `kept`
    those that were neither rendered nor copied. `why` has the reason for each file that
    was not kept.
    """

    mode: Mode
    why_full: str
    texts_only: bool
    compared: tuple[str, ...]
    rendered: tuple[str, ...]
    changed: tuple[str, ...]
    kept: tuple[str, ...]
    removed: tuple[str, ...]
    why: Mapping[str, str]
