"""The posts that every tool builds: made up, and the same in every run.

A post is a few facts; its words come from its number and edition when they are asked
for. So a blog of any size costs this process little memory, of which the children it
measures would otherwise count a part as theirs.
"""

import random
import struct
import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta

SEED = 20171017
TAGS = 200
TAGS_OF_A_POST = 3
CATEGORIES = 10
TOPICS = 200
ALONE = "alone"  # the topic that one post has for itself
FIRST = datetime(2015, 1, 1)
APART = timedelta(hours=6)
PICTURES = 40
PICTURE_SIDE = 64  # pixels: noise, 12 kB each
SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo ya ze".split()


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One post. `name` is its file's, `edition` counts the edits of its body, and
    `reading` is the number its live figure shows for `topic`. A `rich` post has what
    people write: apostrophes and quotes, a table, a picture."""

    number: int
    name: str
    title: str
    date: datetime
    category: str
    tags: tuple[str, ...]
    topic: str
    reading: int
    edition: int = 0
    rich: bool = False


def posts(count: int, *, rich: bool = False) -> dict[int, Post]:
    """The blog before any edit, oldest post first."""
    return {number: _post(number, count, rich) for number in range(count)}


def alone(count: int) -> int:
    """The post with a topic of its own: in the middle, and so in no feed."""
    return count // 2


def tag(number: int) -> str:
    return f"tag-{number % TAGS:03}"


def pictures() -> dict[str, bytes]:
    """The PNG files that rich posts show, by name: noise, so nothing packs them."""
    return {_picture(number): _png(number) for number in range(PICTURES)}


def _picture(number: int) -> str:
    return f"picture-{number % PICTURES:02}.png"


def _png(number: int) -> bytes:
    noise = random.Random(f"{SEED} picture {number}")
    rows = (b"\0" + noise.randbytes(3 * PICTURE_SIDE) for _ in range(PICTURE_SIDE))
    head = struct.pack(">IIBBBBB", PICTURE_SIDE, PICTURE_SIDE, 8, 2, 0, 0, 0)
    data = zlib.compress(b"".join(rows))
    parts = ((b"IHDR", head), (b"IDAT", data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in parts
    )


def _post(number: int, count: int, rich: bool) -> Post:
    chance = _chance("facts", number)
    topic = number % TOPICS
    title = _words(chance, chance.randint(3, 8)).capitalize()
    return Post(
        number=number,
        name=f"post-{number:05}",
        title=f'{title}, it\'s "said"' if rich else title,
        date=FIRST + number * APART,
        category=f"category-{chance.randrange(CATEGORIES)}",
        tags=tuple(map(tag, chance.sample(range(TAGS), TAGS_OF_A_POST))),
        topic=ALONE if number == alone(count) else f"topic{topic:03}",
        reading=1_500 + topic,
        rich=rich,
    )


# --- words ----------------------------------------------------------------------------


def summary(post: Post) -> str:
    chance = _chance("summary", post.number)
    return _spoken(chance) if post.rich else _sentence(chance)


def body(post: Post, figure: str, folder: str) -> str:
    """400 to 600 words of Markdown, with `figure` in the first paragraph. A rich post
    has a paragraph of speech, a table, and a picture of `folder` besides."""
    chance = _chance("body", post.number)
    left = chance.randint(400, 600)
    blocks = [f"{_sentence(chance)} It was posted {figure} times. {_sentence(chance)}"]
    for make in (_list, _code, _paragraph, _paragraph):
        blocks += [f"## {_words(chance, 4).capitalize()}", _paragraph(chance)]
        blocks.append(make(chance))
    if post.rich:
        blocks += [_speech(chance), _table(chance)]
        blocks.append(f"![{_words(chance, 4)}]({folder}/{_picture(post.number)})")
    written = len(" ".join(blocks).split())
    while written < left:
        blocks.append(_paragraph(chance))
        written += len(blocks[-1].split())
    if post.edition:
        blocks.append(f"Edited {post.edition} times.")
    return "\n\n".join(blocks) + "\n"


def _paragraph(chance: random.Random) -> str:
    address = f"https://example.org/{chance.randrange(10**6)}"
    return " ".join(
        (
            _sentence(chance),
            f"See [{_words(chance, 3)}]({address}) and *{_words(chance, 2)}*.",
            _sentence(chance),
        )
    )


def _speech(chance: random.Random) -> str:
    return " ".join(_spoken(chance) for _ in range(5))


def _spoken(chance: random.Random) -> str:
    """A sentence with the marks that smart typography turns into others."""
    start, said, end = (_words(chance, chance.randint(2, 6)) for _ in range(3))
    return f"{start.capitalize()}'s \"{said}\" -- it isn't '{end}'..."


def _table(chance: random.Random) -> str:
    rows = [f"| {_words(chance, 2)} | {chance.randrange(10**6):,} |" for _ in range(6)]
    return "\n".join(["| what | how many |", "|---|---:|", *rows])


def _list(chance: random.Random) -> str:
    return "\n".join(f"- {_words(chance, 5)}" for _ in range(5))


def _code(chance: random.Random) -> str:
    lines = [f"{_word(chance)} = {chance.randrange(100)}" for _ in range(6)]
    return "\n".join(["```python", *lines, "```"])


def _sentence(chance: random.Random) -> str:
    return _words(chance, chance.randint(8, 18)).capitalize() + "."


def _words(chance: random.Random, count: int) -> str:
    return " ".join(_word(chance) for _ in range(count))


def _word(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=chance.randint(1, 4)))


def _chance(what: str, number: int) -> random.Random:
    return random.Random(f"{SEED} {what} {number}")
