"""Which files of the content are a site's own: no hidden ones, none from elsewhere.

Pelican takes every file below the folders that it is given, and follows every link. A
name with a dot before it, or one that an editor leaves behind, is not meant for
readers, and a link that leads out of the content shows them what nobody put there.
"""

import errno
import os
from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from typing import Any

from ...model.errors import Mistake

NOT_MEANT = (".*", "*~", "#*#")
"""Names of files and folders that are published only where the settings name them."""

_COPY = "put a copy there in its place, or take the link away"


@dataclass(slots=True, kw_only=True)
class ContentFiles:
    """What a site may be made of. `content` is its folder, absolute.

    `wrong` gets, by their paths, the links that lead where no content is.
    """

    content: str
    settings: dict[str, Any]
    wrong: dict[str, Mistake] = field(default_factory=dict)
    _barred: dict[str, set[str]] = field(default_factory=dict)
    _real: dict[str, str] = field(default_factory=dict)

    def of(self, generator: Any) -> Callable[..., set[str]]:
        """What gives a generator its files, in the place of its own `get_files`."""
        usual = generator.get_files

        def get_files(
            paths: Sequence[str] | str,
            exclude: Sequence[str] | None = None,
            extensions: Any = None,
        ) -> set[str]:
            asked = [paths] if isinstance(paths, str) else list(paths)
            asked = [os.path.normpath(path) if path else path for path in asked]
            if extensions is False:
                asked += self._named(asked)
            found: set[str] = set()
            for path in asked:
                found |= self._below(path, list(exclude or ()), extensions, usual)
            return found

        return get_files

    def check(self, paths: Iterable[str]) -> dict[str, str]:
        """Find links that lead out, of files that were asked for by name.

        Gives the paths that lead out with no link, each with where to; all absolute.
        """
        out = {}
        for path in map(os.path.normpath, paths):
            real = self._real_path(path)
            if self._is_inside(real):
                continue
            if _is_below(path, self.content):
                self._check_steps(os.path.relpath(path, self.content))
            else:
                out[path] = self._shown(real)
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
        if not os.path.isdir(root):  # named: no rule of ours has to allow it
            return set(usual([path], exclude, extensions))
        barred = self._barred_below(path, root, exclude)
        self.settings["IGNORE_FILES"] = [*ignored, *NOT_MEANT]
        try:
            found = usual([path], [*exclude, *barred], extensions)
        finally:
            self.settings["IGNORE_FILES"] = ignored
        if not barred:
            return set(found)
        taken = {file for file in found if os.path.normpath(file) in barred}
        for file in taken:
            self._judge(file, {self._real_path(root)})
        return set(found) - taken

    def _named(self, paths: Iterable[str]) -> list[str]:
        """What the settings name below `paths` and would not be taken otherwise."""
        return [
            name
            for name in map(os.path.normpath, self.settings["EXTRA_PATH_METADATA"])
            if any(is_not_meant(part) for part in name.split(os.sep))
            if any(path in ("", ".") or _is_below(name, path) for path in paths)
        ]

    def _check_steps(self, path: str) -> bool:
        """Whether each link on the way to a path leads to content."""
        parts = path.split(os.sep)
        steps = [os.sep.join(parts[: n + 1]) for n in range(len(parts))] if path else []
        for step in steps:
            if os.pardir in parts:
                break  # the settings name a folder elsewhere, and not by a link
            if os.path.islink(os.path.join(self.content, step)):
                if not self._judge(step, set()):
                    return False
        return True

    def _barred_below(self, path: str, root: str, exclude: Iterable[str]) -> set[str]:
        """The links below a folder that lead where no content is.

        Those to files elsewhere are wrong only if Pelican would take them.
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
        """`way` are the folders that led here; `found` gets the links."""
        folders = []
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.is_symlink() or entry.is_dir():
                        folders.append((entry.name, entry.is_symlink()))
        except OSError:
            return
        for name, is_link in sorted(folders):
            path = os.path.normpath(os.path.join(below, name))
            if path in outside or is_not_meant(name):
                continue
            if any(fnmatch(name, one) for one in self.settings["IGNORE_FILES"]):
                continue
            place = os.path.join(folder, name)
            if not is_link:
                self._walk(path, place, way | {self._real_path(place)}, outside, found)
                continue
            is_folder, wrong = os.path.isdir(place), self._why(place, way)
            if wrong:
                found.add(path)
                if is_folder or not os.path.exists(place):
                    self._judge(path, way)
            elif is_folder:
                self._walk(path, place, way | {self._real_path(place)}, outside, found)

    def _judge(self, path: str, way: set[str]) -> bool:
        """Whether a link leads to content; if not, it is a mistake."""
        place = os.path.join(self.content, path)
        why = self._why(place, way)
        if why:
            above, name = os.path.split(place)
            place = os.path.join(os.path.realpath(above), name)
            below = os.path.relpath(place, self._base)
            shown = os.path.normpath(f"{os.path.basename(self.content)}/{below}")
            shown, (what, mend) = shown.replace(os.sep, "/"), why
            self.wrong.setdefault(shown, Mistake(path=shown, what=what, mend=mend))
        return not why

    def _why(self, link: str, way: set[str]) -> tuple[str, str] | None:
        """What is wrong with a link, and how to mend it."""
        try:
            os.stat(link)
        except OSError as error:
            if error.errno == errno.ELOOP:
                return "this link leads back to itself", "take the link away"
            told = "this link leads to nothing: there is no"
            return f"{told} {os.readlink(link)}", "mend the link, or take it away"
        real = os.path.realpath(link)
        elsewhere = [one for one in way if not self._is_inside(one)]  # by a setting
        if not any(_is_below(real, one) for one in (*elsewhere, self._base)):
            name = os.path.basename(self.content)
            return f"this link leads out of {name}/, to {self._shown(real)}", _COPY
        if any(_is_below(one, real) for one in way):
            what = f"this link leads back to {self._shown(real)}, where it lies"
            return what, "take the link away"
        return None

    def _is_inside(self, real: str) -> bool:
        return _is_below(real, self._base)

    @property
    def _base(self) -> str:
        return self._real_path(self.content)

    def _real_path(self, path: str) -> str:
        """As `os.path.realpath`, which is slow where it is asked for many files."""
        above, name = os.path.split(path)
        if above not in self._real:
            self._real[above] = os.path.realpath(above)
        if os.path.islink(path):
            return os.path.realpath(path)
        return os.path.join(self._real[above], name)

    def _shown(self, real: str) -> str:
        """A place as an author names it, if it is near."""
        home = os.path.realpath(os.path.dirname(self.content))
        return os.path.relpath(real, home) if _is_below(real, home) else real


def is_not_meant(name: str) -> bool:
    """Whether a name is a hidden one, or of what an editor leaves behind."""
    return any(fnmatch(name, one) for one in NOT_MEANT)


def included(
    sources: Mapping[str, Collection[str]], left_out: Container[str]
) -> set[str]:
    """What posts include: the files that were opened while they were read.

    `sources` has these by the path of the post. Those `left_out` include nothing.
    """
    found: set[str] = set()
    for path, opened in sources.items():
        if len(opened) > 1 and path not in left_out:
            found.update(opened)
    return found


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)
