"""Finds the files that a site may be made of: none hidden, none from elsewhere.

Pelican takes every file below the folders that it is given, and follows every symbolic
link, here called a link. A name that starts with a dot, or that an editor leaves
behind, is not meant for readers, and a link out of the content would publish other
files.
"""

import errno
import os
from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from typing import Any

from ...model.errors import Mistake

UNPUBLISHED_NAMES = (".*", "*~", "#*#")
"""Names of files and folders that are published only where the settings name them."""

_REPLACE = "put a copy there in its place, or take the link away"


@dataclass(slots=True, kw_only=True)
class ContentFiles:
    """The files of a site. `content` is their folder, absolute.

    `wrong` gets the mistakes for links that do not lead to content, by their paths.
    """

    content: str
    settings: dict[str, Any]
    wrong: dict[str, Mistake] = field(default_factory=dict)
    _barred: dict[str, set[str]] = field(default_factory=dict)
    _real: dict[str, str] = field(default_factory=dict)

    def of(self, generator: Any) -> Callable[..., set[str]]:
        """A function to replace `get_files` of a generator, with the same arguments."""
        usual = generator.get_files

        def get_files(
            paths: Sequence[str] | str,
            exclude: Sequence[str] | None = None,
            extensions: Any = None,
        ) -> set[str]:
            folders = [paths] if isinstance(paths, str) else list(paths)
            folders = [os.path.normpath(path) if path else path for path in folders]
            if extensions is False:
                folders += self._named_in_settings(folders)
            found: set[str] = set()
            for path in folders:
                found |= self._below(path, list(exclude or ()), extensions, usual)
            return found

        return get_files

    def check(self, paths: Iterable[str]) -> dict[str, str]:
        """Check files that posts name; `wrong` gets the links that lead out.

        Returns the paths that lead out without a link, with their targets; all of them
        absolute.
        """
        out = {}
        for path in map(os.path.normpath, paths):
            real = self._real_path(path)
            if self._is_inside(real):
                continue
            if _is_below(path, self.content):
                self._check_steps(os.path.relpath(path, self.content))
            else:
                out[path] = self._display_path(real)
        return out

    def _below(
        self,
        path: str,
        exclude: list[str],
        extensions: Any,
        usual: Callable[..., set[str]],
    ) -> set[str]:
        """The files of one folder of the content; or one file, if that is one."""
        root = os.path.join(self.content, path) if path else self.content
        if not self._check_steps(path):
            return set()
        ignored = self.settings["IGNORE_FILES"]
        if not os.path.isdir(root):  # a file by its name: it is meant
            return set(usual([path], exclude, extensions))
        barred = self._barred_below(path, root, exclude)
        self.settings["IGNORE_FILES"] = [*ignored, *UNPUBLISHED_NAMES]
        try:
            found = usual([path], [*exclude, *barred], extensions)
        finally:
            self.settings["IGNORE_FILES"] = ignored
        if not barred:
            return set(found)
        taken = {file for file in found if os.path.normpath(file) in barred}
        for file in taken:
            self._check_link(file, {self._real_path(root)})
        return set(found) - taken

    def _named_in_settings(self, paths: Iterable[str]) -> list[str]:
        """The files below `paths` that are published only if the settings name them."""
        return [
            name
            for name in map(os.path.normpath, self.settings["EXTRA_PATH_METADATA"])
            if any(is_unpublished_name(part) for part in name.split(os.sep))
            if any(path in ("", ".") or _is_below(name, path) for path in paths)
        ]

    def _check_steps(self, path: str) -> bool:
        """Whether each link among the folders of a path leads to content."""
        parts = path.split(os.sep)
        steps = [os.sep.join(parts[: n + 1]) for n in range(len(parts))] if path else []
        for step in steps:
            if os.pardir in parts:
                break  # the settings name a folder elsewhere, and not by a link
            if os.path.islink(os.path.join(self.content, step)):
                if not self._check_link(step, set()):
                    return False
        return True

    def _barred_below(self, path: str, root: str, exclude: Iterable[str]) -> set[str]:
        """The links below a folder that do not lead to content.

        Those to files elsewhere are mistakes only if Pelican would take them.
        """
        key = repr((path, sorted(exclude)))
        if key not in self._barred:
            outside = {os.path.normpath(one) for one in exclude}
            found: set[str] = set()
            self._walk(path, root, {self._real_path(root)}, outside, found)
            self._barred[key] = found
        return self._barred[key]

    def _walk(
        self, below: str, folder: str, way: set[str], outside: set[str], found: set[str]
    ) -> None:
        """Add the links below `folder` to `found`; `way` are the folders above it."""
        for name, is_link in _folders_and_links(folder):
            path = os.path.normpath(os.path.join(below, name))
            if path in outside or self._is_ignored(name):
                continue
            place = os.path.join(folder, name)
            is_folder = not is_link or os.path.isdir(place)
            if is_link and self._problem(place, way):
                found.add(path)
                if is_folder or not os.path.exists(place):
                    self._check_link(path, way)
            elif is_folder:
                self._walk(path, place, way | {self._real_path(place)}, outside, found)

    def _is_ignored(self, name: str) -> bool:
        ignored = self.settings["IGNORE_FILES"]
        return is_unpublished_name(name) or any(fnmatch(name, one) for one in ignored)

    def _check_link(self, path: str, way: set[str]) -> bool:
        """Whether a link leads to content; if not, it is a mistake."""
        place = os.path.join(self.content, path)
        problem = self._problem(place, way)
        if problem:
            above, name = os.path.split(place)
            place = os.path.join(os.path.realpath(above), name)
            below = os.path.relpath(place, self._base)
            link = os.path.normpath(f"{os.path.basename(self.content)}/{below}")
            link, (what, mend) = link.replace(os.sep, "/"), problem
            self.wrong.setdefault(link, Mistake(path=link, what=what, mend=mend))
        return not problem

    def _problem(self, link: str, way: set[str]) -> tuple[str, str] | None:
        """What is wrong with a link, and how to correct it; None if nothing is.

        `way` are the folders that led to it, to which it may not lead back.
        """
        try:
            os.stat(link)
        except OSError as error:
            if error.errno == errno.ELOOP:
                return "this link leads back to itself", "take the link away"
            target = os.readlink(link)
            what = f"this link leads to nothing: there is no {target}"
            return what, "mend the link, or take it away"
        real = os.path.realpath(link)
        elsewhere = [one for one in way if not self._is_inside(one)]  # by a setting
        if not any(_is_below(real, one) for one in (*elsewhere, self._base)):
            name = os.path.basename(self.content)
            return (
                f"this link leads out of {name}/, to {self._display_path(real)}",
                _REPLACE,
            )
        if any(_is_below(one, real) for one in way):
            what = f"this link leads back to {self._display_path(real)}, where it lies"
            return what, "take the link away"
        return None

    def _is_inside(self, real: str) -> bool:
        return _is_below(real, self._base)

    @property
    def _base(self) -> str:
        return self._real_path(self.content)

    def _real_path(self, path: str) -> str:
        """The same as `os.path.realpath`, which is slow for many files of a folder."""
        above, name = os.path.split(path)
        if above not in self._real:
            self._real[above] = os.path.realpath(above)
        if os.path.islink(path):
            return os.path.realpath(path)
        return os.path.join(self._real[above], name)

    def _display_path(self, real: str) -> str:
        """A path as messages have it: relative, if it is in the folder of the site."""
        home = os.path.realpath(os.path.dirname(self.content))
        return os.path.relpath(real, home) if _is_below(real, home) else real


def is_unpublished_name(name: str) -> bool:
    """Whether a file of this name is hidden, or one that an editor leaves behind."""
    return any(fnmatch(name, one) for one in UNPUBLISHED_NAMES)


def included(
    sources: Mapping[str, Collection[str]], left_out: Container[str]
) -> set[str]:
    """The files that posts include: those that were opened while they were read.

    `sources` has them by the path of the post. Posts that are `left_out` do not count.
    """
    found: set[str] = set()
    for path, opened in sources.items():
        if len(opened) > 1 and path not in left_out:
            found.update(opened)
    return found


def _folders_and_links(folder: str) -> list[tuple[str, bool]]:
    """The names of folders and links in a folder, and whether each is a link."""
    try:
        with os.scandir(folder) as entries:
            return sorted(
                (entry.name, entry.is_symlink())
                for entry in entries
                if entry.is_symlink() or entry.is_dir()
            )
    except OSError:
        return []


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)
