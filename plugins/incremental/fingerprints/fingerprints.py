"""The fingerprint of a page or a feed: digests of all that decides its bytes.

It is a line of parts, such as `templates=… context=… article=…`, so that two of them
can be compared part by part and the difference reported. What many pages share is one
digest; the parts of that are in `shared`.
"""

import logging
from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar

from jinja2 import Environment
from pelican.paginator import Page, Paginator
from pelican.utils import DateFormatter

from ..system.digests import hashed
from ..template_analysis.access import EACH, Access, AccessTree
from ..template_analysis.analysis_cache import AnalysisCache
from ..template_analysis.analyzer import ParsedTemplate, TemplateReads
from ..template_analysis.constants import PATH_DEPENDENT
from .digest_cache import PostDigestCache
from .unknown import UnknownValue
from .values import ValueDigester

log = logging.getLogger(__name__)


def is_pure(declared: frozenset[str], name: str, function: Any) -> bool:
    """Return whether a function is known to depend on its arguments alone."""
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
    those of posts' parts and `analyses` what templates read, both kept from build to
    build. `unknown` has by template the first reason why a page of it must be rendered
    every time.
    """

    strict: ClassVar[bool] = False
    """Whether an unexpected error is raised, as in tests; else the page is rendered."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self.texts: Mapping[int, bytes] = {}
        self.own = PostDigestCache()
        self.analyses = AnalysisCache()
        self.unknown: dict[str, str] = {}
        self.shared: dict[str, dict[str, str]] = {}
        self._settings = settings
        self._is_pure = partial(
            is_pure, frozenset(settings.get("INCREMENTAL_PURE", ()))
        )
        # Names of settings that some page gives another value to.
        self._excluded: set[str] = set()
        self._reads: dict[tuple[Any, ...], TemplateReads] = {}
        # The same by context, of which the assumed constants were checked.
        self._checked: dict[tuple[Any, ...], tuple[TemplateReads, Any]] = {}
        self._past: list[TemplateReads] = []  # kept alive: known by identity
        self._parsed: dict[int, dict[str, ParsedTemplate]] = {}
        self._values: dict[int, ValueDigester] = {}
        self._contexts: dict[tuple[int, int, Any, Any], str] = {}
        self._places: dict[tuple[Any, ...], str] = {}

    def templates_of(self, other: "Fingerprints") -> None:
        """Take over what another build knows of the templates, which are the same."""
        self._reads, self.shared = other._reads, dict(other.shared)
        self._parsed, self.analyses = other._parsed, other.analyses
        self._excluded, self._checked = other._excluded, other._checked

    def reads(
        self, template: Any, context: Mapping[str, Any], given: Mapping[str, Any]
    ) -> TemplateReads:
        """Return what a template reads when rendered with a context and names given."""
        env, name, true = template.environment, template.name, always_true(given)
        key = id(env), name, true, id(context)
        checked = self._checked.get(key)
        if checked is not None and checked[0].assumed.keys().isdisjoint(given):
            return checked[0]
        found = self._reads.get(key[:-1])
        if found is None:
            found = self._reads[key[:-1]] = self._analyze(env, name, true)
        pairs = found.assumed.items()
        others = {n for n, one in pairs if n in given or context.get(n) != one}
        if others:  # a plugin gives these another value
            self._excluded |= others
            self._past += self._reads.values()
            self._reads.clear()
            self._checked.clear()
            return self.reads(template, context, given)
        # The context is kept with it, so that its identity stays its own.
        self._checked[key] = found, context
        return found

    def _analyze(
        self, env: Environment, name: str, true: tuple[str, ...]
    ) -> TemplateReads:
        parsed = self._parsed.setdefault(id(env), {})
        found = self.analyses.analyze(
            env, name, self._is_pure, self._settings, self._excluded, true, parsed
        )
        self.shared[found.sources.hex()] = {
            f"the template {part}": digest.hex()
            for part, digest in found.templates.items()
        }
        return found

    def values(self, env: Environment) -> ValueDigester:
        """Return the digester of the values that templates of `env` read."""
        found = self._values.get(id(env))
        if found is None:
            found = ValueDigester(env, self._is_pure, self.texts, self.own)
            self._values[id(env)] = found
        return found

    def forget(self) -> None:
        """Drop all digests: what posts show has changed while writing."""
        self._contexts.clear()
        self._checked.clear()
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
        """Return the fingerprint of a page, or None and why there is none.

        `place` is what else decides it: its path, its page number and its SITEURL.
        """
        env = template.environment
        reads = self.reads(template, context, kwargs)
        if reads.unknown:
            self.unknown.setdefault(template.name, reads.unknown)
            return None, reads.unknown
        values = self.values(env)
        values.use_siteurl(place[2])
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
        except UnknownValue as error:
            reason = str(error)
        except Exception as error:
            # A value that cannot be read so: a branch that is not taken may try. If it
            # is taken, rendering meets the error, and says where.
            if self.strict:
                raise
            log.debug("%s: no fingerprint", template.name, exc_info=True)
            reason = str(error)
        else:
            return " ".join(parts), ""
        reason = f"{template.name}: {reason}"
        self.unknown.setdefault(template.name, reason)
        return None, reason

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
        """Return the digest of what a template reads of the context of all pages."""
        key = (id(context), id(reads), siteurl, frozenset(kwargs))
        found = self._contexts.get(key)
        if found is None:
            parts: dict[str, str] = {}
            for name, use in reads.names.items():
                if name in kwargs or name in PATH_DEPENDENT:
                    continue
                if name in context:
                    value = context[name]
                elif name in env.globals:
                    value = env.globals[name]
                else:
                    parts[name] = "missing"
                    continue
                parts[name] = short(values.named(name, value, use))
            for name, use in reads.globals.items():
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
        """Return the fingerprint of a feed, or None and why there is none."""
        if not elements:
            return None, "an empty feed is dated with the build"
        values = self.values(_BARE)
        values.use_siteurl(more[-1])
        names = ("SITENAME", "SITESUBTITLE", "SITEURL", "FEED_DOMAIN")
        try:
            context_of = [repr(context.get(name)).encode() for name in names]
            posts = [values.digest(element, _FEED) for element in elements]
        except UnknownValue as error:
            return None, str(error)
        except Exception as error:
            if self.strict:
                raise
            log.debug("%s: no fingerprint", path, exc_info=True)
            return None, str(error)
        place = hashed(repr(more).encode(), *context_of).hex()
        return f"place={place} posts={hashed(*posts).hex()}", ""


def always_true(given: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names that each page of a list is given, and that are always true."""
    found = []
    for name, one in given.items():
        page = f"{name.removesuffix('_paginator')}_page"
        if type(one) is Paginator and type(given.get(page)) is Page:
            found += [name, page]
    return tuple(found)


def short(digest: bytes) -> str:
    """Return a digest as text; what is too long for one is digested."""
    return (digest if len(digest) == 16 else hashed(digest)).hex()


_BARE = Environment()
_FEED = AccessTree()
for _name in ("title", "url", "date", "modified", "author", "category"):
    _FEED.part(("attr", _name)).ways.add(Access.SHOWN)
for _name in ("content", "summary"):
    _FEED.part(("attr", _name)).ways.add(Access.SHOWN)
_FEED.part(("attr", "tags")).part(EACH).ways.add(Access.SHOWN)
