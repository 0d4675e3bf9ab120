"""The fingerprint of a page or a feed: digests of all that decides its bytes.

It is a line of parts, such as `templates=… context=… article=…`, so that two of them
can be compared part by part and the difference told. What many pages share is one
digest; its own parts are in `shared`.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any

from jinja2 import Environment
from pelican.paginator import Page, Paginator
from pelican.utils import DateFormatter

from ..system.digests import hashed
from ..template_analysis.access import EACH, SHOWN, AccessTree
from ..template_analysis.analyzer import Parsed, TemplateReads, reads_of
from ..template_analysis.constants import FROM_PLACE
from .digest_cache import PostDigestCache
from .values import ValueDigester


def is_pure(declared: frozenset[str], name: str, function: Any) -> bool:
    """Whether a function is known to depend on its arguments alone."""
    if name and name in declared:
        return True
    inner = function.func if isinstance(function, partial) else function
    if isinstance(inner, DateFormatter):
        return True
    module = getattr(inner, "__module__", "") or ""
    if module == "pelican.plugins._utils":  # which plugins are on is a setting
        return True
    marked = getattr(inner, "incremental_pure", False)
    return bool(
        marked or getattr(getattr(inner, "__func__", None), "incremental_pure", 0)
    )


class Fingerprints:
    """Fingerprints of one build, with these settings.

    `texts` has digests of texts that live as long as this, by their identity; `own`
    what is known of posts from build to build.
    """

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self.texts: Mapping[int, bytes] = {}
        self.own = PostDigestCache()
        self._settings, self._apart = settings, set[str]()
        self._pure = partial(is_pure, frozenset(settings.get("INCREMENTAL_PURE", ())))
        self._agreed: dict[tuple[Any, ...], tuple[TemplateReads, Any]] = {}
        self._reads: dict[tuple[Any, ...], TemplateReads] = {}
        self._parsed: dict[int, dict[str, Parsed]] = {}
        self._past: list[TemplateReads] = []  # whose identity others know them by
        self._values: dict[int, ValueDigester] = {}
        self._contexts: dict[tuple[int, int, Any, Any], str] = {}
        self._places: dict[tuple[Any, ...], str] = {}
        self.unknown: dict[str, str] = {}
        self.shared: dict[str, dict[str, str]] = {}

    def templates_of(self, other: "Fingerprints") -> None:
        """Take over what another build knows of the templates, which are the same."""
        self._reads, self.shared = other._reads, dict(other.shared)
        self._parsed = other._parsed
        self._apart, self._agreed = other._apart, other._agreed

    def reads(self, template: Any, context: Any, given: Any) -> TemplateReads:
        """What a template reads that is rendered with a context and names `given`."""
        env, name, true = template.environment, template.name, always_true(given)
        at = id(env), name, true, id(context)
        agreed = self._agreed.get(at)
        if agreed is not None and agreed[0].settled.keys().isdisjoint(given):
            return agreed[0]
        found = self._reads.get(at[:-1])
        if found is None:
            apart = self._apart
            parsed = self._parsed.setdefault(id(env), {})
            more = self._settings, apart, true, parsed
            found = reads_of(env, name, self._pure, *more)
            self._reads[at[:-1]] = found
            self.shared[found.sources.hex()] = {
                f"the template {part}": digest.hex()
                for part, digest in found.templates.items()
            }
        pairs = found.settled.items()
        others = {n for n, one in pairs if n in given or context.get(n) != one}
        if others:  # a plugin says otherwise
            self._apart |= others
            self._past += self._reads.values()
            self._reads.clear()
            self._agreed.clear()
            return self.reads(template, context, given)
        # Kept with it, so that the identity stays its own.
        self._agreed[at] = found, context
        return found

    def values(self, env: Environment) -> ValueDigester:
        found = self._values.get(id(env))
        if found is None:
            found = ValueDigester(env, self._pure, self.texts, self.own)
            self._values[id(env)] = found
        return found

    def forget(self) -> None:
        """What posts show has changed while writing: digest anew."""
        self._contexts.clear()
        self._agreed.clear()
        for values in self._values.values():
            values.forget()

    def of_page(
        self,
        name: str,
        template: Any,
        context: dict[str, Any],
        kwargs: dict[str, Any],
        place: tuple[Any, ...],
    ) -> tuple[str | None, str]:
        """The fingerprint, or None and why there is none."""
        env = template.environment
        reads = self.reads(template, context, kwargs)
        if reads.unknown:
            self.unknown.setdefault(template.name, reads.unknown)
            return None, reads.unknown
        values = self.values(env)
        values.at(place[2])
        try:
            shared = self.context(reads, env, context, kwargs, place[2], values)
            parts = [
                f"templates={reads.sources.hex()}",
                f"context={shared}",
                self._place(place),
            ]
            for key, use in reads.names.items():
                if key in kwargs:
                    parts.append(f"{key}={short(values.digest(kwargs[key], use))}")
        except Exception as why:
            # Unknown, or a value that cannot be read so: a branch that is not taken
            # may try. If it is taken, rendering meets the trouble, and says where.
            reason = f"{template.name}: {why}"
            self.unknown.setdefault(template.name, reason)
            return None, reason
        return " ".join(parts), ""

    def _place(self, place: tuple[Any, ...]) -> str:
        if place not in self._places:
            self._places[place] = f"place={place!r}".replace(" ", "")
        return self._places[place]

    def context(
        self,
        reads: TemplateReads,
        env: Environment,
        context: dict[str, Any],
        kwargs: dict[str, Any],
        siteurl: str,
        values: ValueDigester,
    ) -> str:
        """The digest of what a template reads of the context that all pages share."""
        key = (id(context), id(reads), siteurl, frozenset(kwargs))
        found = self._contexts.get(key)
        if found is None:
            parts: dict[str, str] = {}
            for name, use in reads.names.items():
                if name in kwargs or name in FROM_PLACE:
                    continue
                if name in context:
                    value = context[name]
                elif name in env.globals:
                    value = env.globals[name]
                else:
                    parts[name] = "missing"
                    continue
                parts[name] = short(values.named(name, value, use))
            for name, use in reads.bare.items():
                if name in env.globals:
                    found_global = values.named(name, env.globals[name], use)
                    parts[f"the global {name}"] = short(found_global)
            found = hashed(repr(parts).encode()).hex()
            self._contexts[key], self.shared[found] = found, parts
            values.keep(context)
        return found

    def of_feed(
        self, path: str, elements: list[Any], context: Any, more: tuple[Any, ...]
    ) -> tuple[str | None, str]:
        if not elements:
            return None, "an empty feed is dated with the build"
        values = self.values(_BARE)
        values.at(more[-1])
        names = ("SITENAME", "SITESUBTITLE", "SITEURL", "FEED_DOMAIN")
        try:
            context_of = [repr(context.get(name)).encode() for name in names]
            posts = [values.digest(element, _FEED) for element in elements]
        except Exception as why:
            return None, str(why)
        place = hashed(repr(more).encode(), *context_of).hex()
        return f"place={place} posts={hashed(*posts).hex()}", ""


def always_true(given: Mapping[str, Any]) -> tuple[str, ...]:
    """Names that a page of a list is given, and that are true whichever page it is."""
    found = []
    for name, one in given.items():
        page = f"{name.removesuffix('_paginator')}_page"
        if type(one) is Paginator and type(given.get(page)) is Page:
            found += [name, page]
    return tuple(found)


def short(digest: bytes) -> str:
    """A digest as text; what is too long for one is digested."""
    return (digest if len(digest) == 16 else hashed(digest)).hex()


_BARE = Environment()
_FEED = AccessTree()
for _name in ("title", "url", "date", "modified", "author", "category"):
    _FEED.part(("attr", _name)).ways.add(SHOWN)
for _name in ("content", "summary"):
    _FEED.part(("attr", _name)).ways.add(SHOWN)
_FEED.part(("attr", "tags")).part(EACH).ways.add(SHOWN)
