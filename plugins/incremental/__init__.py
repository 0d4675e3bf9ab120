"""incremental: Pelican reads and writes only what changed, on every core.

It knows nothing of what a site is about. Put "incremental" into PLUGINS; README.md says
what it keeps, what makes it build anew, and what plugins see of pages that are kept.

Other plugins import this module, `signals` and `system`, and nothing else. Importing it
loads neither Pelican nor Markdown: what needs them is imported when it is first used.
"""

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from .output.page_notes import note
from .report import BuildReport, BuildTree

if TYPE_CHECKING:
    from .compat.generators import SortedPaths
    from .content_cache.codec import NotSerializable
    from .output.writer import WrittenTwice

__all__ = [
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
]

Function = TypeVar("Function", bound=Callable[..., Any])

_IMPORTED_LATE = {
    "NotSerializable": ".content_cache.codec",
    "SortedPaths": ".compat.generators",
    "WrittenTwice": ".output.writer",
}

if not TYPE_CHECKING:  # or every misspelt name would seem to be there

    def __getattr__(name: str) -> Any:
        if name not in _IMPORTED_LATE:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(_IMPORTED_LATE[name], __name__), name)
        globals()[name] = value
        return value


class Unsure(Exception):
    """More may have changed than was looked at: build with `INCREMENTAL_TEXTS` off.

    Receivers of the signal `before_commit` may raise it, if `tree.partial`.
    """


def adopt_copy(state: Path, site: Path) -> dict[str, str]:
    """Take the files of a copied `site` for those of the last build, by their bytes.

    Returns the stats of these files, as text by name. `state` is the folder with what
    the build has recorded.
    """
    from .state import copied

    return copied.adopt_copy(state, site)


def add_content_attribute(name: str, descriptor: Any) -> None:
    """Give Pelican's class `Content`, of posts and pages, an attribute.

    Again is the same as once. `descriptor` finds the value when a post's is read; one
    with `incremental_own = True` depends on nothing but the post's source.
    """
    from .compat import content_attributes

    content_attributes.add_content_attribute(name, descriptor)


# --- what functions declare of themselves -------------------------------------------


def pure(function: Function) -> Function:
    """Declare that a filter, test or function depends on its arguments alone."""
    function.incremental_pure = True  # type: ignore[attr-defined]  # any callable
    return function


def textless(receiver: Function) -> Function:
    """Declare that nothing a signal's receiver does depends on the text of posts."""
    receiver.incremental_textless = True  # type: ignore[attr-defined]  # any callable
    return receiver


# --- a run of Pelican ---------------------------------------------------------------


def register() -> None:
    """Connect to Pelican's signals; to do so twice is the same as once.

    Pelican calls it for each plugin in PLUGINS. A plugin that cannot do without this
    one may call it too, and `take_over` when Pelican is initialized.
    """
    from . import plugin

    plugin.register()


def take_over(pelican: Any) -> None:
    """Run this `Pelican` incrementally, whatever its PLUGINS say.

    To be called in a receiver of Pelican's signal `initialized`, once the settings are
    final. To do so twice is the same as once.
    """
    from .plugin import the_plugin

    the_plugin().take_over(pelican)


def is_building() -> bool:
    """Whether a site is being built: then another one is built by a plugin of it."""
    from .plugin import the_plugin

    return the_plugin().session is not None


def is_nested() -> bool:
    """Whether the site that is being built is built by a plugin of another one."""
    from .plugin import the_plugin

    session = the_plugin().session
    return session is not None and session.outer is not None


def rebuild(paths: Iterable[str]) -> bool:
    """Build the last site of this process again, which was made with INCREMENTAL_HOLD.

    `paths`, absolute, are all that has changed. False, and nothing is done, if a whole
    build is needed: where anything but the text of posts is different. Raises what a
    build raises, `Unsure` among it.
    """
    from .plugin import the_plugin

    return the_plugin().rebuild(paths)


def last_report() -> BuildReport | None:
    """What the last build of this process did; None if none has ended well."""
    from .plugin import the_plugin

    return the_plugin().report


# --- the state of the last build, without Pelican -----------------------------------


def why_build_again(
    folder: Path,
    settings_file: str,
    final: str,
    now: float | None = None,
    *,
    served: bool = True,
) -> str:
    """Why a build is needed; empty if the last one is still valid, to the last file.

    `folder` holds the state and `final` the built site; `settings_file` is executed,
    unless it is empty. `now` is in seconds since 1970. If the site is not `served`, but
    only what another one is made from, its own files are not looked at. Raises nothing
    of its own: in doubt, a build is needed.
    """
    from .state import inputs

    return inputs.why_build_again(folder, settings_file, final, now, served=served)


def changed_inputs(folder: Path) -> list[str]:
    """The inputs of the last build that are new, changed or gone, by absolute path.

    Code comes first; folders, in which a file came or went, end with a slash. `folder`
    holds the state. Empty if nothing is known; raises nothing of its own.
    """
    from .state import inputs

    return inputs.changed_inputs(folder)


def explain(folder: Path, name: str, final: str) -> Iterator[str]:
    """Why the file `name` was written, or why it was not, line by line.

    `folder` holds the state and `final` the built site. Raises nothing of its own: a
    state that cannot be read is a line too.
    """
    from .state import explain as explaining

    return explaining.explain(folder, name, final)


def digest_settings(settings_file: str) -> dict[str, str]:
    """Execute a settings file, without Pelican, and digest each setting, by name.

    As the setting INCREMENTAL_RAW, it lets `why_build_again` say which have changed.
    Raises what the file raises.
    """
    from .state import settings_digest

    return settings_digest.run(settings_file)


def execute_settings(settings_file: str) -> dict[str, Any]:
    """Execute a settings file, without Pelican; returns all that it sets, by name.

    Raises what the file raises.
    """
    from .state import settings_digest

    return settings_digest.execute(settings_file)
