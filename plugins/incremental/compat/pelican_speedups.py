"""The same results as Pelican's own functions give, without its repeated work.

Pelican looks whether a post is in a list for every post and every tag, and makes a
tag's slug for each post that has it. The results do not change while a site is written,
so they are remembered for as long as a build runs. Checked with Pelican 4.11 and 4.12;
nothing here changes a result: a property test compares whole sites.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from pelican.contents import Content

from pelican import contents, generators, urlwrappers

from .lazy_content import lazy_content_of
from .markdown_speedups import inline_patterns_filtered

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


class SourcePaths:
    """Where the sources of one build lie below the content, by their paths."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], str | None] = {}

    def put(self, settings: Mapping[str, Any], path: str, relative: str | None) -> None:
        """Remember what is known of the last build."""
        self._known[str(settings["PATH"]), path] = relative

    def remembered(self, usual: Callable[..., str | None]) -> Callable[..., str | None]:
        """`Content.get_relative_source_path`, which is called for the same paths again
        and again: for each post when it is made, and for each link to it."""
        known = self._known

        def get_relative_source_path(
            post: Content, source_path: str | None = None
        ) -> str | None:
            path = source_path or post.source_path
            if path is None:
                return None
            key = (str(post.settings["PATH"]), str(path))
            if key not in known:
                known[key] = usual(post, path)
            return known[key]

        return get_relative_source_path


@contextmanager
def sped_up(paths: SourcePaths) -> Iterator[None]:
    """Within the block Pelican and Markdown do nothing twice.

    Each patch says at its function what it changes, and the old functions are restored
    at the end of the block. `paths` are those of the build that runs.
    """
    with (
        inline_patterns_filtered(),
        replaced(generators, "process_translations", _by_group),
        replaced(urlwrappers, "slugify", _remembered_slug),
        replaced(contents, "slugify", _remembered_slug),
        replaced(Content, "get_relative_source_path", paths.remembered),
        replaced(Content, "get_static_links", _few_links),
    ):
        yield


@contextmanager
def replaced(owner: Any, name: str, wrap: Callable[[Any], Any]) -> Iterator[None]:
    """Within the block the attribute `name` is what `wrap` makes of the usual one."""
    usual = vars(owner)[name]
    setattr(owner, name, wrap(usual))
    try:
        yield
    finally:
        setattr(owner, name, usual)


def _remembered_slug(usual: Callable[..., str]) -> Callable[..., str]:
    """`pelican.utils.slugify`, which is called for a tag by each post that has it."""
    known: dict[Any, tuple[str, Any]] = {}

    def slugify(value: str, regex_subs: Any = (), *rest: Any, **more: Any) -> str:
        # The settings' own list lives as long as the build, and so does its identity.
        key = (value, id(regex_subs), rest, *more.items())
        found = known.get(key)
        if found is None:
            found = known[key] = (usual(value, regex_subs, *rest, **more), regex_subs)
        return found[0]

    return slugify


def _few_links(usual: Callable[..., set[str]]) -> Callable[..., set[str]]:
    """`Content.get_static_links`, which searches each text by a regular expression:
    called only for texts that may hold such a link."""

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
    """`generators.process_translations`, which takes quadratic time in the number of
    posts: called for the posts of one slug at a time."""

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
