"""What a tool of the comparison has to do: lay a site out, change it, build it."""

import os
import shutil
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from pathlib import Path

from . import corpus
from .corpus import Post
from .jobs import Change

SITES = Path(__file__).parent / "sites"


class Missing(Exception):
    """Why a tool cannot take part."""


class Tool(ABC):
    """One tool and its site in `folder`. What is installed for it lies in `programs`.

    `skeletons` are the folders of `sites/` that make up its site, later ones on top;
    `posts` is where its posts lie, `pictures` is the folder with pictures and
    `picture_address` how posts name it; `output` is where it builds to, `kept` what it
    leaves for the next build.
    """

    name: str
    label: str
    skeletons: tuple[str, ...]
    posts = "content/posts"
    pictures = "content/images"
    picture_address = "{static}/images"
    output = "output"
    kept: tuple[str, ...] = ()
    environment: Mapping[str, str] = {}

    def __init__(self, folder: Path, programs: Path) -> None:
        self.folder, self.programs = folder, programs

    def provide(self) -> None:  # noqa: B027, what needs nothing says nothing
        """Install the tool if it is not there yet. Raises `Missing`."""

    @abstractmethod
    def version(self) -> str: ...

    @abstractmethod
    def command(self, *, refresh: bool) -> list[str]:
        """Bring the output up to date; `refresh` if only numbers have moved."""

    @abstractmethod
    def head(self, post: Post) -> str:
        """The post's facts, as this tool wants them."""

    def figure(self, post: Post) -> str:
        """Plain text here: only our tool has numbers that live."""
        return f"over 1,000 ({post.reading:,})"

    def lay_out(self, posts: Iterable[Post]) -> None:
        self._put_away(self.folder)
        for name in self.skeletons:
            shutil.copytree(SITES / name, self.folder, dirs_exist_ok=True)
        (self.folder / self.posts).mkdir(parents=True, exist_ok=True)
        rich = False
        for post in posts:
            self.write(post)
            rich |= post.rich
        if rich:
            self._lay_out_pictures()

    def _lay_out_pictures(self) -> None:
        folder = self.folder / self.pictures
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in corpus.pictures().items():
            (folder / name).write_bytes(data)

    def apply(self, change: Change) -> None:
        for post in change.removed:
            self._path(post).unlink()
        for post in change.written:
            self.write(post)
        self.observe(change.observed)

    def observe(self, posts: tuple[Post, ...]) -> None:
        """A moved number is an edit of the post for all tools but ours."""
        for post in posts:
            self.write(post)

    def write(self, post: Post) -> None:
        body = corpus.body(post, self.figure(post), self.picture_address)
        text = f"{self.head(post)}\n{body}"
        self._path(post).write_text(text, encoding="utf-8")

    def clean(self) -> None:
        """Forget the output, and whatever was kept to build it faster."""
        for name in (self.output, *self.kept):
            self._put_away(self.folder / name)

    def sweep(self) -> None:
        """Delete what was put away."""
        shutil.rmtree(self._gone, ignore_errors=True)

    def pages(self) -> int:
        """How many pages the last build left: whether all tools do the same work."""
        return sum(
            name.endswith(".html")
            for _, _, names in os.walk(self.folder / self.output)
            for name in names
        )

    def _put_away(self, path: Path) -> None:
        """Take a folder out of the way, and delete it when nobody is measured any more.

        For a while after thousands of files are deleted, ext4 looks through them all
        for each file that is made: what is measured then is the broom.
        """
        if path.exists():
            self._gone.mkdir(parents=True, exist_ok=True)
            path.rename(self._gone / str(len(os.listdir(self._gone))))

    @property
    def _gone(self) -> Path:
        return self.folder.parent / "gone" / self.name

    def _path(self, post: Post) -> Path:
        return self.folder / self.posts / f"{post.name}.md"
