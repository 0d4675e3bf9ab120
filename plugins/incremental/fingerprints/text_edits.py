"""A fast path for edits that change nothing but the text of some posts.

That is by far the most frequent edit. A page whose template reads no post's text, or
not that of these posts, is then what it was, without computing its fingerprint. If some
plugin may know more of what a text decides, all fingerprints are computed.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from operator import getitem
from typing import Any

from jinja2 import TemplateNotFound
from pelican.contents import Article, Content, Page
from pelican.urlwrappers import Author, Category, Tag, URLWrapper

from pelican import contents

from .. import signals
from ..compat import listeners
from ..compat.lazy_content import lazy_content_of
from ..compat.pelican_speedups import may_link
from ..content_cache.source_cache import SourceCache
from ..state.inputs import BuildInputs
from ..template_analysis.access import ITEMS, VALUES, AccessTree, Step
from ..template_analysis.analyzer import TemplateReads
from .post_digests import follows_from_source, same_summary
from .unknown import UnknownValue

log = logging.getLogger(__name__)

_SUMMARY = frozenset({"summary", "get_summary", "_summary"})
_CONTENT = frozenset({"content", "get_content", "_content"})
_OWN_CODE = ("pelican.contents", "pelican.utils", "pelican.urlwrappers")
_OTHERS = frozenset({"filename", "tag", "category", "author", "index"})
_ATOMS = frozenset({str, bytes, int, float, bool, type(None)})
_Posts = dict[int, Content]
_TextPath = tuple[Step, AccessTree, _Posts | None]
"""A part that may be a text, and by identity the edited posts with such a text.

None instead of posts if the part is no text itself, but may lead to one.
"""


class TextEdits:
    """The posts that have another text; decides which files may show it.

    Posts whose text moves a file count too: it is moved when somebody reads the text.
    `summaries` are those of the posts whose summary may be another one as well.
    """

    def __init__(self, posts: Iterable[Content], summaries: Iterable[Content]) -> None:
        self.posts = {id(post): post for post in posts}
        self._summaries = {id(post): post for post in summaries}
        self._paths: dict[bytes, list[_TextPath]] = {}
        self._known: dict[tuple[int, bytes], tuple[Any, bool]] = {}

    def decide(
        self, reads: TemplateReads, context: Mapping[str, Any], given: Mapping[str, Any]
    ) -> bool:
        """Return whether a page may show a changed text, by what its template reads.

        It reads what the page is `given`, and else the context that all pages share.
        """
        for name, tree in reads.names.items():
            if not self._text_paths(tree):
                continue
            if name in given:
                value = given[name]
            elif name in context:
                value = context[name]
            else:
                return True
            if self._is_shown(value, tree):
                return True
        return any(map(self._text_paths, reads.globals.values()))

    def among(self, posts: Iterable[Content]) -> bool:
        """Return whether one of the posts has another text."""
        return any(id(post) in self.posts for post in posts)

    def _text_paths(self, tree: AccessTree) -> list[_TextPath]:
        """Return the parts of a tree that may be texts or lead to some, by name."""
        known = self._paths.get(tree.key)
        if known is None:
            known = self._paths[tree.key] = []
            for step, part in tree.parts.items():
                if _may_be_text(step):
                    summary = step[1] in _SUMMARY
                    posts = self._summaries if summary else self.posts
                    known.append((step, part, posts))
                elif self._text_paths(part):
                    known.append((step, part, None))
        return known

    def _is_shown(self, value: Any, tree: AccessTree) -> bool:
        """Return whether one of the changed texts is read of a value.

        Names alone do not tell: `summary` of the metadata is no text.
        """
        if type(value) in _ATOMS:
            return False
        key = (id(value), tree.key)
        known = self._known.get(key)
        if known is None:
            found = any(self._leads(value, *path) for path in self._text_paths(tree))
            known = self._known[key] = (value, found)  # kept alive with its identity
        return known[1]

    def _leads(
        self, value: Any, step: Step, tree: AccessTree, posts: _Posts | None
    ) -> bool:
        if posts is not None and isinstance(value, Content):
            return id(value) in posts
        if not self._text_paths(tree):
            return False
        try:
            followed = _follow(value, step)
        except UnknownValue:
            return True
        except Exception:  # of a plugin's object: fingerprints decide, or rendering
            log.debug("a %s cannot be followed", type(value).__name__, exc_info=True)
            return True
        return any(self._is_shown(one, tree) for one in followed)


def _may_be_text(step: Step) -> bool:
    """Return whether a step reads a post's text, or what a plugin makes of it."""
    if step[0] not in ("attr", "item"):
        return False
    name = step[1]
    added = any(
        follows_from_source(vars(kind).get(name)) for kind in (Content, Article, Page)
    )
    return added or name in _CONTENT or name in _SUMMARY


def _follow(value: Any, step: Step) -> Iterable[Any]:
    """Return the values that a step leads to; raises if these cannot be known."""
    kind, *rest = step
    if hasattr(type(value), "__incremental__") or hasattr(value, "__next__"):
        raise UnknownValue(f"parts of a {type(value).__name__} are read")
    if kind == "each":
        return list(value)
    if kind == "slice":
        return (value[slice(*rest)],)
    if step in (ITEMS, VALUES):
        found = {} if isinstance(value, list | tuple) else dict(value)  # as it is read
        return (list(found.items() if step == ITEMS else found.values()),)
    if kind not in ("attr", "item"):
        raise UnknownValue(f"{kind} is not followed")
    return _part(value, rest[0], first=getattr if kind == "attr" else getitem)


def _part(value: Any, name: Any, first: Callable[[Any, Any], Any]) -> tuple[Any, ...]:
    """Return an attribute or an item, whichever there is, as templates look it up."""
    for get in (first, getitem, getattr):
        with suppress(AttributeError, LookupError, TypeError):
            return (get(value, name),)
    return ()


def only_texts_changed(
    known: BuildInputs, reading: SourceCache, posts: Iterable[Any], now: int
) -> TextEdits | None:
    """Return the posts with another text, if that is all that has changed; else None.

    `posts` are all that were read, after all plugins have seen them. All others are
    what they were: `can_trust_previous`.
    """
    edited = dict(reading.new)
    if not edited or not reading.same_posts:
        return None
    if not all(map(reading.is_text_alone, edited)):
        return None
    build = known.build
    if build["next_at"] and build["next_at"] <= now / 1e9:
        return None
    found, summaries = [], []
    for post in posts:
        if attaches(post):
            found.append(post)
            summaries.append(post)
        entry = edited.pop(post.source_path, None)
        if entry is not None:
            before = reading.stale[post.source_path].content
            if _files(post, before) != _files(post, entry.content):
                return None
            found.append(post)
            if not same_summary(post, before, entry.content):
                summaries.append(post)
    sources = {path for entry in reading.entries.values() for path in entry.sources}
    if edited or any(known.changed(now, apart=sources)):
        return None
    return TextEdits(found, summaries)


def can_trust_previous(known: BuildInputs, now: int) -> bool:
    """Return whether posts that were not read anew are what the last build made."""
    build = known.build
    if not build["complete"] or not build["built_at"] <= now / 1e9:
        return False
    if listeners.any_unaware_listener() or not stock_posts():
        return False
    return not any(doubt for _, doubt in signals.trust_check.send(known))


def attaches(post: Content) -> bool:
    """Return whether a text may move the files that it links to."""
    known = lazy_content_of(post)
    text = (post._content or "") if known is None else known.raw
    found = "attach" in text if isinstance(text, str) else b"attach" in text
    return found or may_link(post, b"")  # by a pattern of the site's own


def _files(post: Content, text: str) -> list[tuple[str, str]]:
    """Return the files that a text links to, whose place it may decide."""
    if not may_link(post, text):
        return []
    links = post._get_intrasite_link_regex().finditer(text)
    found = [(link["what"], link["value"]) for link in links]
    return sorted(link for link in found if link[0] not in _OTHERS)


def stock_posts() -> bool:
    """Return whether posts are Pelican's, with no attribute that others decide on."""
    for kind in (Content, Article, Page, URLWrapper, Author, Category, Tag):
        for name, value in vars(kind).items():
            code = getattr(value, "fget", None) or getattr(value, "__func__", value)
            code = getattr(code, "func", code)  # those of tags are partial ones
            module = getattr(code, "__module__", contents.__name__)
            ours = listeners.is_ours(module)
            ours = ours or follows_from_source(value)
            if not name.startswith("__") and module not in _OWN_CODE and not ours:
                return False
    return True


def shows_shared_summaries(settings: Any, generators: Iterable[Any]) -> frozenset[str]:
    """Return the templates whose pages depend on which page was made first.

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
