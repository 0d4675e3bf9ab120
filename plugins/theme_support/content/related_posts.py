"""Gives each post those to read next: the one before, the one after, similar ones."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from pelican.plugins import incremental

MAX_RELATED = 3
MIN_HEADINGS = 4

_HEADING = re.compile(r'<h2 [^>]*id="(?P<id>[^"]+)"[^>]*>(?P<title>.*?)</h2>', re.S)
_LINK = re.compile(r"</?a\b[^>]*>|[\ue000-\uf8ff]")


def headings_of(content: str) -> list[tuple[str, str]]:
    """The headings of a long text as (id, markup); none for a short one.

    A heading's links are left out, since the headings become links themselves, and so
    are the private-use characters of other plugins: what they mark may be there only
    once.
    """
    if content.count("<h2") < MIN_HEADINGS:
        return []
    return [
        (one["id"], _LINK.sub("", one["title"])) for one in _HEADING.finditer(content)
    ]


class _Contents:
    """The headings of a post's text, as it is when a template reads them."""

    incremental_own = True  # they follow from the post's source

    def __get__(self, post: Any, kind: Any = None) -> Any:
        return self if post is None else headings_of(post._content or "")

    def __set__(self, post: Any, value: Any) -> None:
        """Ignore a line "Contents:" of the front matter, which Pelican assigns."""


def install() -> None:
    """Add `contents` to Pelican's class `Content`.

    It is a data descriptor, so a line of the front matter does not hide it.
    """
    incremental.add_content_attribute("contents", _Contents())


def relate_posts(generators: list[Any]) -> None:
    """Give every post `newer`, `older` and `related`, within its language.

    Those that no list has get `without_page`: the addresses of its category, tags and
    authors that have no page.

    Similarity is the number of hashtags and tags in common, rare ones counting more; of
    equals the newest come first. Posts with nothing in common are not related.
    """
    posts = [post for one in generators for post in getattr(one, "articles", ())]
    for lang in {post.lang for post in posts}:
        own = [post for post in posts if post.lang == lang]
        own.sort(key=lambda post: (post.date, post.source_path), reverse=True)
        for place, post in enumerate(own):
            post.newer = own[place - 1] if place else None
            post.older = own[place + 1] if place + 1 < len(own) else None
        _find_related(own)
    for one in generators:
        pages: set[str] = set()
        for name in (
            "translations",
            "drafts",
            "drafts_translations",
            "hidden_articles",
            "hidden_translations",
        ):
            for post in getattr(one, name, ()):
                for key, default in (("related", []), ("newer", None), ("older", None)):
                    vars(post).setdefault(key, default)
                if hasattr(one, "categories"):
                    pages = pages or _pages(one)
                    terms = (term.url for term in _terms_of(post))
                    post.without_page = [url for url in terms if url not in pages]


def _pages(generator: Any) -> set[str]:
    """The addresses of all categories, tags and authors that have a page.

    Pelican makes one only where a published post of the usual language has the term.
    """
    tags = generator.tags
    pairs = (generator.categories, getattr(tags, "items", lambda: tags)())
    return {term.url for group in (*pairs, generator.authors) for term, _ in group}


def _terms_of(post: Any) -> Iterator[Any]:
    yield from getattr(post, "tags", ())
    yield from getattr(post, "authors", ())
    if hasattr(post, "category"):
        yield post.category


def _find_related(posts: list[Any]) -> None:
    """Fill `related` through the terms, so that no post is compared with all."""
    having: dict[str, list[int]] = defaultdict(list)
    # Sorted, for a sum in another order differs in its last digits, and so may the
    # order of posts that are equally similar.
    terms = [sorted(_similarity_terms(post)) for post in posts]
    for place, own in enumerate(terms):
        for term in own:
            having[term].append(place)
    for place, post in enumerate(posts):
        scores: dict[int, float] = defaultdict(float)
        for term in terms[place]:
            # A term that very many share means little, and costs much.
            for other in _near(having[term], place):
                scores[other] += 1 / len(having[term])
        scores.pop(place, None)
        best = sorted(scores, key=lambda other: (-scores[other], other))[:MAX_RELATED]
        post.related = [posts[other] for other in best]


def _near(places: list[int], place: int, each_way: int = 20) -> list[int]:
    """The posts of a term that are nearest in time, where it has many."""
    here = bisect_left(places, place)
    return places[max(0, here - each_way) : here + each_way]


def _similarity_terms(post: Any) -> set[str]:
    hashtags = re.split("[,;]", str(post.metadata.get("hashtags", "")))
    found = {f"#{name.strip().lstrip('#').lower()}" for name in hashtags if name}
    return found | {tag.slug for tag in getattr(post, "tags", ())}
