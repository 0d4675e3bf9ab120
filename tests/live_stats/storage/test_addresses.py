"""The addresses that posts have had: whatever lies there, each mistake has its line."""

import os

import pytest

from pelican.plugins.live_stats.model.errors import Mistakes
from pelican.plugins.live_stats.storage.addresses import (
    Address,
    AddressBook,
    digest_of,
)

GOOD = "posts/a.md\ta/\ta/index.html\n"
WRONG = [
    "prose",
    "posts/a.md\ta/",
    "posts/a.md\ta/\ta/index.html\tmore",
    "\ta/\ta/index.html",
    "posts/a.md\ta/\t../../a.html",
    "posts/a.md\ta/\t..\\..\\a.html",
    "posts/a.md\ta/\t/etc/a.html",
    "posts/a.md\ta/\ta//index.html",
    "posts/a.md\ta/\ta\0.html",
    "posts/a.md\ta\x1b[31m/\ta.html",
    f"posts/a.md\ta/\t{'a' * 256}.html",
    b"posts/a.md\tcaf\xe9/\tcaf\xe9/index.html",
    b"\x1f\x8b\x08\x00\xff",
]


def load(data):
    return AddressBook.load(data / "content/data").by_source


@pytest.fixture
def file(tmp_path):
    (tmp_path / "content/data").mkdir(parents=True)
    return tmp_path / "content/data/addresses.txt"


def test_lines_that_are_none_are_named_at_once(tmp_path, file):
    """Also those whose file is none of the site: files are written by these names."""
    lines = [one if isinstance(one, bytes) else one.encode() for one in WRONG]
    file.write_bytes(b"".join(GOOD.encode() + line + b"\n" for line in lines))

    with pytest.raises(Mistakes) as caught:
        load(tmp_path)

    assert [one.place for one in caught.value.mistakes] == [
        f"content/data/addresses.txt:{2 * number}"
        for number in range(1, len(WRONG) + 1)
    ]
    assert all("delete it" in one.mend for one in caught.value.mistakes)


def test_a_file_of_something_else_is_a_few_messages(tmp_path, file):
    """Not as many as it has lines."""
    file.write_text("prose\n" * 1000)

    with pytest.raises(Mistakes) as caught:
        load(tmp_path)

    *named, rest = map(str, caught.value.mistakes)
    assert len(named) == 20 and "980 lines more of this file are wrong" in rest


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir, lambda at: os.symlink("b", at)])
def test_what_is_no_file_is_named(tmp_path, file, make):
    """A named pipe would keep a build waiting for ever."""
    make(file)

    with pytest.raises(Mistakes, match=r"content/data/addresses\.txt: this "):
        load(tmp_path)
    assert digest_of(file.parent) == ""


def test_what_editors_make_of_it_is_read(tmp_path, file):
    """The marks and ends of lines of Windows are no part of an address."""
    text = f"# A comment\n{GOOD}\nposts/b.md\tb/\tb.html"
    file.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())

    assert load(tmp_path) == {
        "posts/a.md": [Address("a/", "a/index.html")],
        "posts/b.md": [Address("b/", "b.html")],
    }
