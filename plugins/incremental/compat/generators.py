"""What one generator of Pelican is given instead of its own methods.

These are attributes of the instance, so they go when the generator goes. Checked with
Pelican 4.11 and 4.12.
"""

import os
from collections.abc import Callable, Iterator
from typing import Any

from jinja2 import Environment, TemplateNotFound
from pelican.generators import Generator, PelicanTemplateNotFound


class SortedPaths(set[str]):
    """A set of paths that is always walked through in the same order.

    Pelican gathers files in a set, whose order differs from process to process: posts
    of the same date would change places.
    """

    _sorted: list[str] | None = None

    def __iter__(self) -> Iterator[str]:
        if self._sorted is None or len(self._sorted) != len(self):
            self._sorted = sorted(set.__iter__(self))
        return iter(self._sorted)

    def __ror__(self, other: Any) -> "SortedPaths":
        return SortedPaths(set(other).union(set.__iter__(self)))


def remember_files(generator: Generator) -> Callable[[], None]:
    """Have a generator find files once and in order; returns what forgets them.

    `Generator.get_files` walks through the folders each time, and a generator of posts
    calls it three times for the same while it gathers them.
    """
    find = generator.get_files
    found: dict[str, SortedPaths] = {}

    def get_files(
        paths: Any, exclude: Any = None, extensions: Any = None
    ) -> SortedPaths:
        key = repr((paths, exclude, extensions))
        if key not in found:
            found[key] = SortedPaths(find(paths, exclude, extensions))
        return found[key]

    generator.get_files = get_files  # type: ignore[method-assign]  # of this one
    return found.clear


def before_reading(
    generator: Any, prepare: Callable[[], None], ended: Callable[[], None]
) -> None:
    """Call `prepare` before a generator reads its sources, and `ended` after that.

    `Generator.generate_context` is where Pelican's generators read; Pelican sends its
    signals only between single posts.
    """
    if not hasattr(generator, "generate_context"):
        return
    usual = generator.generate_context

    def generate_context() -> None:
        prepare()
        usual()
        ended()

    generator.generate_context = generate_context


def keep_static_files(
    generator: Any,
    is_kept: Callable[[str, str], bool],
    ended: Callable[[], None],
) -> None:
    """Have only those static files copied that are not kept; then call `ended`.

    `is_kept(source, save_as)` decides on each, by its absolute path and by its name in
    the output. Pelican compares times only (STATIC_CHECK_IF_MODIFIED), and copies all
    others. Its static generator is always the last to write: nothing comes after it.
    """
    copy, output = generator._link_or_copy_staticfile, generator.generate_output

    def copy_one(static: Any) -> None:
        source = os.path.join(generator.path, static.source_path)
        if not is_kept(os.path.abspath(source), static.save_as):
            copy(static)

    def generate_output(writer: Any) -> None:
        output(writer)
        ended()

    generator._link_or_copy_staticfile = copy_one
    generator.generate_output = generate_output


class LazyTemplate:
    """A template that is loaded when it is rendered, for most are not."""

    def __init__(self, environment: Environment, name: str) -> None:
        self.environment, self.name = environment, name

    def __getattr__(self, name: str) -> Any:
        return getattr(self.environment.get_template(self.name), name)


def load_templates_late(generator: Generator) -> None:
    """Have a generator load templates when they are rendered.

    `Generator.get_template` compiles each at once, and those of all kinds of pages are
    asked for in every build. One that does not exist raises `PelicanTemplateNotFound`
    at once, as Pelican's own.
    """
    known: dict[str, LazyTemplate] = {}

    def get_template(name: str) -> LazyTemplate:
        if name not in known:
            known[name] = LazyTemplate(generator.env, _file_of(generator, name))
        return known[name]

    generator.get_template = get_template  # type: ignore[method-assign]


def _file_of(generator: Any, name: str) -> str:
    """The file name of a template, with the first of the endings that exists."""
    for ending in generator.settings["TEMPLATE_EXTENSIONS"]:
        try:
            generator.env.loader.get_source(generator.env, name + ending)
        except TemplateNotFound:
            continue
        return str(name + ending)
    places = generator._templates_path
    raise PelicanTemplateNotFound(f"no template {name} in {places}")
