"""Whether nothing has changed but the text of some posts; and who can show that.

It is by far the most frequent edit. A page whose template reads no post's text, or not
that of these posts, is then what it was, and needs no fingerprint to say so. Whoever
might know more than we do of what a text decides ends this: then all is asked again.
"""

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
from .container_digests import UnknownValue
from .post_digests import follows, same_summary

_SUMMARY = frozenset({"summary", "get_summary", "_summary"})
_CONTENT = frozenset({"content", "get_content", "_content"})
_OWN_CODE = ("pelican.contents", "pelican.utils", "pelican.urlwrappers")
_OTHERS = frozenset({"filename", "tag", "category", "author", "index"})
_NO_POSTS = (str, bytes, int, float, type(None))
_Posts = dict[int, Content]
_Led = tuple[Step, AccessTree, _Posts | None]
"""A part of a use, and by identity the posts it is a text of; None if it leads on."""


class TextEdits:
    """The posts that have another text, and the files that may show it.

    Those whose text moves a file count too: it is moved when somebody reads the text.
    `brief` are those of the posts whose summary may be another one as well.
    """

    def __init__(self, posts: Iterable[Content], brief: Iterable[Content]) -> None:
        self.posts = {id(post): post for post in posts}
        self.brief = {id(post): post for post in brief}
        self._leading: dict[int, list[_Led]] = {}
        self._known: dict[tuple[int, int], tuple[Any, bool]] = {}

    def decide(
        self, reads: TemplateReads, context: Mapping[str, Any], given: Mapping[str, Any]
    ) -> bool:
        """Whether a page may show one, by what its template reads of what there is.

        That is what the page is given, and else the context that all pages share.
        """
        for name, use in reads.names.items():
            if not self._leads(use):
                continue
            if name in given:
                value = given[name]
            elif name in context:
                value = context[name]
            else:
                return True
            if self._shown(value, use):
                return True
        return any(map(self._leads, reads.bare.values()))

    def among(self, posts: Iterable[Content]) -> bool:
        """Whether one of the posts is one of these."""
        return any(id(post) in self.posts for post in posts)

    def _leads(self, use: AccessTree) -> list[_Led]:
        """The parts of a use that may be texts or lead to some, by the names."""
        known = self._leading.get(use.number)
        if known is None:
            known = self._leading[use.number] = []
            for step, part in use.parts.items():
                if _of_text(step):
                    whose = self.brief if step[1] in _SUMMARY else self.posts
                    known.append((step, part, whose))
                elif self._leads(part):
                    known.append((step, part, None))
        return known

    def _shown(self, value: Any, use: AccessTree) -> bool:
        """Whether one of these texts is read of a value.

        Names alone do not tell: `summary` of the metadata is no text.
        """
        if isinstance(value, _NO_POSTS):
            return False
        key = (id(value), use.number)
        known = self._known.get(key)
        if known is None:
            found = any(self._led(value, *one) for one in self._leads(use))
            known = self._known[key] = (value, found)  # the identity stays its own
        return known[1]

    def _led(
        self, value: Any, step: Step, use: AccessTree, whose: _Posts | None
    ) -> bool:
        if whose is not None and isinstance(value, Content):
            return id(value) in whose
        if not self._leads(use):
            return False
        try:
            return any(self._shown(one, use) for one in _followed(value, step))
        except Exception:  # then digests decide, or rendering
            return True


def _of_text(step: Step) -> bool:
    """Whether a step reads a text if it is a post's: what plugins make of it too."""
    if step[0] not in ("attr", "item"):
        return False
    name = step[1]
    added = any(follows(vars(kind).get(name)) for kind in (Content, Article, Page))
    return added or name in _CONTENT or name in _SUMMARY


def _followed(value: Any, step: Step) -> Iterable[Any]:
    """The values that a step leads to. Raises whatever, if these cannot be known."""
    kind, *rest = step
    if hasattr(type(value), "__incremental__") or hasattr(value, "__next__"):
        raise UnknownValue("what it leads to is its own business")
    if kind == "each":
        return value
    if kind == "slice":
        return (value[slice(*rest)],)
    if step in (ITEMS, VALUES):
        found = {} if isinstance(value, list | tuple) else dict(value)  # as it is read
        return (list(found.items() if step == ITEMS else found.values()),)
    if kind not in ("attr", "item"):
        raise UnknownValue(f"{kind} is not followed")
    return _part(value, rest[0], first=getattr if kind == "attr" else getitem)


def _part(value: Any, name: Any, first: Callable[[Any, Any], Any]) -> tuple[Any, ...]:
    """An attribute or an item, whichever there is, as templates look for it."""
    for get in (first, getitem, getattr):
        with suppress(AttributeError, LookupError, TypeError):
            return (get(value, name),)
    return ()


def only_texts_changed(
    known: BuildInputs, reading: SourceCache, posts: Iterable[Any], now: int
) -> TextEdits | None:
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
    found, brief = [], []
    for post in posts:
        if attaches(post):
            found.append(post)
            brief.append(post)
        entry = edited.pop(post.source_path, None)
        if entry is not None:
            before = reading.stale[post.source_path].content
            if _files(post, before) != _files(post, entry.content):
                return None
            found.append(post)
            if not same_summary(post, before, entry.content):
                brief.append(post)
    sources = {path for entry in reading.entries.values() for path in entry.sources}
    if edited or any(known.changed(now, apart=sources)):
        return None
    return TextEdits(found, brief)


def can_trust_previous(known: BuildInputs, now: int) -> bool:
    """Whether posts are what the last build made of them, but for those read anew."""
    build = known.build
    if not build["complete"] or not build["built_at"] <= now / 1e9:
        return False
    if listeners.any_unaware_listener() or not stock_posts():
        return False
    return not any(doubt for _, doubt in signals.trust_check.send(known))


def attaches(post: Content) -> bool:
    """Whether a text may move the files that it links to."""
    known = lazy_content_of(post)
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
            ours = listeners.is_ours(module)
            ours = ours or follows(value)
            if not name.startswith("__") and module not in _OWN_CODE and not ours:
                return False
    return True


def shows_shared_summaries(settings: Any, generators: Iterable[Any]) -> frozenset[str]:
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
