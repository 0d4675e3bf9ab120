"""Whether nothing has changed but the text of some posts; and who can show that.

It is by far the most frequent edit. A page whose template reads no post's text, or not
that of these posts, is then what it was, and needs no fingerprint to say so. Whoever
might know more than we do of what a text decides ends this: then all is asked again.
"""

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from jinja2 import TemplateNotFound
from pelican import contents
from pelican.contents import Article, Content, Page
from pelican.paginator import Page as Part
from pelican.paginator import Paginator
from pelican.urlwrappers import Author, Category, Tag, URLWrapper

from . import signals, strangers
from .inputs import Inputs
from .later import unread
from .reading import Reading
from .speed import may_link
from .usage import EACH, Use

TEXTS = frozenset(
    {"content", "summary", "get_content", "get_summary", "_content", "_summary"}
)
_OWN_CODE = ("pelican.contents", "pelican.utils", "pelican.urlwrappers")
_OTHERS = frozenset({"filename", "tag", "category", "author", "index"})
OWN, DEEP = 1, 2
"""A text is read of the posts of a value themselves; of what these lead to."""


class Texts:
    """The posts that have another text, and the files that may show it.

    Those whose text moves a file count too: it is moved when somebody reads the text.
    """

    def __init__(self, posts: Iterable[Content]) -> None:
        self.posts = {id(post): post for post in posts}
        self._shown: dict[int, list[tuple[str, int]]] = {}
        self._lists: dict[int, tuple[Any, bool]] = {}

    def decide(self, names: dict[str, Use], given: dict[str, Any]) -> bool:
        """Whether a page may show one, by what its template reads of what it is given.

        `names` are the template's uses. What all pages share and read texts of counts
        as shown: then fingerprints decide.
        """
        shown = self._shown.get(id(names))
        if shown is None:
            depths = [(name, depth_of(use)) for name, use in names.items()]
            shown = self._shown[id(names)] = [pair for pair in depths if pair[1]]
        for name, depth in shown:
            if name not in given or depth & DEEP or self.among(given[name]):
                return True
        return False

    def among(self, value: Any) -> bool:
        """Whether one of the posts is this value or in this list."""
        if isinstance(value, Content):
            return id(value) in self.posts
        if isinstance(value, str | int | None):
            return False
        if isinstance(value, Part | Paginator):
            value = value.object_list
        if not isinstance(value, list | tuple):
            return True
        known = self._lists.get(id(value))
        if known is None:
            found = any(
                id(one) in self.posts or not isinstance(one, Content) for one in value
            )
            known = self._lists[id(value)] = (value, found)
        return known[1]


def depth_of(use: Use) -> int:
    """Where a use reads texts: of a value or its items, or further down."""
    depth = 0  # a post as a whole is nobody's: such pages are always rendered
    for step, part in use.parts.items():
        if step[0] in ("attr", "item") and step[1] in TEXTS:
            depth |= OWN
        elif step == EACH or step[0] == "slice" or step == ("attr", "object_list"):
            depth |= depth_of(part)
        elif step[0] == "item" and isinstance(step[1], int):
            depth |= depth_of(part)
        elif depth_of(part):
            depth |= DEEP
    return depth


def changed_alone(
    known: Inputs, reading: Reading, posts: Iterable[Any], now: int
) -> Texts | None:
    """The posts of this build with another text, if that is all that has changed.

    `posts` are all that were read, after all plugins have seen them; all others are
    what they were, as `stand` says.
    """
    edited = dict(reading.new)
    if not edited or not reading.same_posts:
        return None
    if not all(map(reading.is_text_alone, edited)):
        return None
    build = known.build
    if build["next_at"] and build["next_at"] <= now / 1e9:
        return None
    found = []
    for post in posts:
        if attaches(post):
            found.append(post)
        entry = edited.pop(post.source_path, None)
        if entry is not None:
            before = reading.stale[post.source_path].content
            if _files(post, before) != _files(post, entry.content):
                return None
            found.append(post)
    sources = {path for entry in reading.entries.values() for path in entry.sources}
    if edited or any(known.changed(now, apart=sources)):
        return None
    return Texts(found)


def stand(known: Inputs, now: int) -> bool:
    """Whether posts are what the last build made of them, but for those read anew."""
    build = known.build
    if not build["complete"] or not build["built_at"] <= now / 1e9:
        return False
    if strangers.at_work() or not stock_posts():
        return False
    return not any(doubt for _, doubt in signals.doubted.send(known))


def attaches(post: Content) -> bool:
    """Whether a text may move the files that it links to."""
    known = unread(post)
    text = (post._content or "") if known is None else known.raw
    found = "attach" in text if isinstance(text, str) else b"attach" in text
    return found or may_link(post, b"")  # by a pattern of the site's own


def _files(post: Content, text: str) -> list[tuple[str, str]]:
    """The files that a text brings along: where they go follows from that."""
    if not may_link(post, text):
        return []
    links = post._get_intrasite_link_regex().finditer(text)
    found = [(link["what"], link["value"]) for link in links]
    return sorted(link for link in found if link[0] not in _OTHERS)


def stock_posts() -> bool:
    """Whether posts are Pelican's, with no attribute added that others decide on."""
    for kind in (Content, Article, Page, URLWrapper, Author, Category, Tag):
        for name, value in vars(kind).items():
            code = getattr(value, "fget", None) or getattr(value, "__func__", value)
            code = getattr(code, "func", code)  # those of tags are partial ones
            module = getattr(code, "__module__", contents.__name__)
            ours = module.partition(".")[0] == __package__
            ours = ours or getattr(value, "incremental_own", False)
            if not name.startswith("__") and module not in _OWN_CODE and not ours:
                return False
    return True


def told_in_order(settings: Any, generators: Iterable[Any]) -> frozenset[str]:
    """Templates that show what the pages before theirs have said.

    Pelican keeps the summary of a post for each address it is asked for, but makes it
    with the links of the page that asked first. So where each page has addresses of its
    own, `get_summary` tells which page was the first.
    """
    if not settings["RELATIVE_URLS"]:
        return frozenset()
    found = set()
    # Each generator has an environment of its own, mostly of the same folders.
    generators = [one for one in generators if hasattr(one, "env")]
    different = {tuple(one._templates_path): one.env for one in generators}
    for env in different.values():
        for name in env.list_templates():
            with suppress(TemplateNotFound, UnicodeDecodeError):
                if "get_summary" in env.loader.get_source(env, name)[0]:
                    found.add(name)
    return frozenset(found)
