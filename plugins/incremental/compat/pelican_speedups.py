"""Where Pelican takes quadratic time or asks the same again, the same answer sooner.

Pelican asks "is this post in that list?" for every post and every tag, works out a
post's address each time it is printed, and a tag's slug for each post that has it. The
answers do not change while a site is written, so they are remembered for as long as a
build runs. Nothing here changes an answer: a property test compares whole sites.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from pelican.contents import Content

from pelican import contents, generators, urlwrappers

from .lazy_content import lazy_content_of
from .markdown_speedups import quick

ENOUGH = 200
"""Below this many posts Pelican's own ways are quick."""


class Grouped(dict[Any, list[Any]]):
    """The posts of each tag. Walked through, it shows the generator one tag's dates.

    The generator then looks through those for the tag's posts, not through all.
    """

    generator: Any = None

    def items(self) -> Any:
        return _narrowed(self.generator, list(dict.items(self)))


class Pairs(list[Any]):
    """The same for categories and authors, which Pelican keeps as a list of pairs."""

    generator: Any = None

    def __iter__(self) -> Any:
        return _narrowed(self.generator, list(list.__iter__(self)))


def _narrowed(generator: Any, pairs: list[Any]) -> Iterator[Any]:
    if generator is None or not getattr(generator, "writing", False):
        yield from pairs
        return
    dates = generator.dates
    place = {id(post): number for number, post in enumerate(dates)}
    try:
        for name, posts in pairs:
            own = [post for post in posts if id(post) in place]
            own.sort(key=lambda post: place[id(post)])
            generator.dates = own
            yield name, posts
    finally:
        generator.dates = dates


def speed_up_article_generator(generator: Any) -> None:
    """Give the lists of an articles generator, by tag and so on, their quick form."""
    if len(generator.dates) < ENOUGH:
        return
    tags = Grouped(generator.tags)
    categories, authors = Pairs(generator.categories), Pairs(generator.authors)
    for one in (tags, categories, authors):
        one.generator = generator
    usual = generator.generate_pages

    def generate_pages(writer: Any) -> None:
        generator.writing = True
        try:
            usual(writer)
        finally:
            generator.writing = False

    generator.generate_pages = generate_pages
    generator.tags, generator.categories, generator.authors = tags, categories, authors


@contextmanager
def linear() -> Iterator[None]:
    """Remember answers within the block, and read Markdown sooner."""
    with (
        quick(),
        instead(generators, "process_translations", _by_group),
        instead(urlwrappers, "slugify", _remembered_slug),
        instead(contents, "slugify", _remembered_slug),
        instead(Content, "get_relative_source_path", _remembered_path),
        instead(Content, "get_static_links", _few_links),
    ):
        yield


@contextmanager
def instead(owner: Any, name: str, wrap: Callable[[Any], Any]) -> Iterator[None]:
    usual = vars(owner)[name]
    setattr(owner, name, wrap(usual))
    try:
        yield
    finally:
        setattr(owner, name, usual)


def _remembered_slug(usual: Callable[..., str]) -> Callable[..., str]:
    known: dict[Any, tuple[str, Any]] = {}

    def slugify(value: str, regex_subs: Any = (), *rest: Any, **more: Any) -> str:
        # The settings' own list lives as long as the build, and so does its identity.
        key = (value, id(regex_subs), rest, *more.items())
        found = known.get(key)
        if found is None:
            found = known[key] = (usual(value, regex_subs, *rest, **more), regex_subs)
        return found[0]

    return slugify


_paths: dict[tuple[str, str], Any] = {}


def place(settings: Any, path: str, relative: str) -> None:
    """Tell where a source lies below the content, which is known of earlier."""
    _paths[settings["PATH"], path] = relative


def _remembered_path(usual: Callable[..., Any]) -> Callable[..., Any]:
    known = _paths
    known.clear()

    def get_relative_source_path(self: Any, source_path: str | None = None) -> Any:
        path = source_path or self.source_path
        if path is None:
            return None
        key = (self.settings["PATH"], path)
        if key not in known:
            known[key] = usual(self, path)
        return known[key]

    return get_relative_source_path


def _few_links(usual: Callable[..., set[str]]) -> Callable[..., set[str]]:
    def get_static_links(self: Any) -> set[str]:
        known = lazy_content_of(self)
        text = self._content if known is None else known.raw
        return usual(self) if may_link(self, text) else set()

    return get_static_links


def may_link(post: Any, text: str | bytes | None) -> bool:
    """Whether a text may hold links that Pelican resolves: by far most hold none."""
    if post.settings["INTRASITE_LINK_REGEX"] != "[{|](?P<what>.*?)[|}]":
        return True
    if isinstance(text, bytes):
        return b"{" in text or b"|" in text
    return not text or "{" in text or "|" in text


def _by_group(usual: Callable[..., Any]) -> Callable[..., Any]:
    def process(posts: list[Any], translation_id: Any = None) -> Any:
        """Pelican's own answer, group by group: within a group lists are short."""
        if len(posts) < ENOUGH or not isinstance(translation_id, str):
            return usual(posts, translation_id)
        groups: dict[Any, list[Any]] = {}
        try:
            for post in posts:
                groups.setdefault(getattr(post, translation_id), []).append(post)
            order = sorted(groups)
        except (AttributeError, TypeError):
            return usual(posts, translation_id)
        originals, translations = [], []
        for name in order:
            group = groups[name]
            some, others = (
                usual(group, translation_id) if _matters(group) else (group, [])
            )
            originals += some
            translations += others
        posts[:] = [post for name in order for post in groups[name]]
        return originals, translations

    return process


def _matters(group: list[Any]) -> bool:
    """Whether a group can be anything but one original with no translation."""
    if len(group) > 1 or group[0].metadata.get("translation"):
        return True
    group[0].translations = []
    return False
