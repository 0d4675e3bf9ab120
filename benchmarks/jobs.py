"""What happens to the blog between two builds, and what we want it to cost.

A job changes the one blog that all tools build, and says which files that concerns.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

from . import corpus
from .corpus import Post


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Posts to write, posts whose file goes, posts whose number has moved."""

    written: tuple[Post, ...] = ()
    removed: tuple[Post, ...] = ()
    observed: tuple[Post, ...] = ()


@dataclass(slots=True, kw_only=True)
class Blog:
    """The posts as they are now. Each edit takes a post that none has touched."""

    posts: dict[int, Post]
    alone: int
    next: int
    added: int = 0
    _size: int = field(init=False)

    def __post_init__(self) -> None:
        self._size = len(self.posts)

    @classmethod
    def of(cls, count: int, *, rich: bool = False) -> "Blog":
        return cls(
            posts=corpus.posts(count, rich=rich),
            alone=corpus.alone(count),
            # Old enough to be in no feed, and in the middle of every list.
            next=count // 4,
        )

    def take(self) -> Post:
        post = self.posts[self.next % self._size]
        self.next += 2 if self.next + 1 == self.alone else 1
        return post

    def put(self, post: Post) -> Change:
        self.posts[post.number] = post
        return Change(written=(post,))


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """At most this share of what `peer` needs, at 10,000 posts."""

    peer: str
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    name: str
    title: str
    edit: Callable[[Blog], Change]
    goals: tuple[Goal, ...]
    clean: bool = False
    refresh: bool = False


def nothing(blog: Blog) -> Change:
    return Change()


def body(blog: Blog) -> Change:
    post = blog.take()
    return blog.put(replace(post, edition=post.edition + 1))


def title(blog: Blog) -> Change:
    post = blog.take()
    return blog.put(replace(post, title=f"{post.title} anew"))


def tag(blog: Blog) -> Change:
    """One tag of a post gives way to another."""
    post = blog.take()
    first, *others = post.tags
    number = int(first.rpartition("-")[2])
    free = (corpus.tag(number + step) for step in range(1, corpus.TAGS))
    new = next(name for name in free if name not in post.tags)
    return blog.put(replace(post, tags=(new, *others)))


def date(blog: Blog) -> Change:
    """A post moves some 80 places towards the old end of every list."""
    post = blog.take()
    return blog.put(replace(post, date=post.date - timedelta(days=20, minutes=7)))


def add(blog: Blog) -> Change:
    """The newest post: every list that has it moves by one."""
    newest = max(blog.posts.values(), key=lambda post: post.date)
    number = max(blog.posts) + 1
    name, when = f"post-{number:05}", newest.date + corpus.APART
    return blog.put(replace(newest, number=number, name=name, date=when))


def rename(blog: Blog) -> Change:
    """A post gets another file name, and so another address."""
    post = blog.take()
    blog.posts[post.number] = new = replace(post, name=f"{post.name}-anew")
    return Change(written=(new,), removed=(post,))


def delete(blog: Blog) -> Change:
    post = blog.take()
    del blog.posts[post.number]
    return Change(removed=(post,))


def one_number(blog: Blog) -> Change:
    post = blog.posts[blog.alone]
    blog.posts[blog.alone] = post = replace(post, reading=post.reading + 1)
    return Change(observed=(post,))


def all_numbers(blog: Blog) -> Change:
    for number, post in blog.posts.items():
        blog.posts[number] = replace(post, reading=post.reading + 1)
    return Change(observed=tuple(blog.posts.values()))


def _goals(**shares: float) -> tuple[Goal, ...]:
    return tuple(Goal(peer=peer, share=share) for peer, share in shares.items())


COLD = Job(
    name="cold",
    title="build from nothing",
    edit=nothing,
    clean=True,
    goals=_goals(pelican=0.45),
)
COLD_MEGABYTES = 300
HALF = _goals(hugo=0.5)
JOBS = (
    COLD,
    Job(name="nothing", title="nothing new", edit=nothing, goals=_goals(hugo=0.05)),
    Job(
        name="body",
        title="edit one body",
        edit=body,
        goals=_goals(hugo=0.35, pelican=0.07),
    ),
    Job(name="title", title="edit one title", edit=title, goals=HALF),
    Job(name="tag", title="change one tag", edit=tag, goals=HALF),
    Job(name="date", title="change one date", edit=date, goals=HALF),
    Job(name="add", title="add a post", edit=add, goals=HALF),
    Job(name="rename", title="rename a post", edit=rename, goals=HALF),
    Job(name="delete", title="delete a post", edit=delete, goals=HALF),
    Job(
        name="refresh-one",
        title="a number of one page",
        edit=one_number,
        refresh=True,
        goals=_goals(hugo=0.04),
    ),
    Job(
        name="refresh-all",
        title="the numbers of all pages",
        edit=all_numbers,
        refresh=True,
        goals=_goals(hugo=0.3),
    ),
)
