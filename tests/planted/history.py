"""Mistakes in the files of the history: of merges, editors, tools and clocks."""

import gzip
import json

from planted import Case, Fine

FOLDER = "content/data/observations"
RIGHT = {
    "exactness": "exact",
    "from": None,
    "observed_at": "2026-11-20T12:00:00Z",
    "series": "x/post/1/likes",
    "source": "https://example.org/",
    "to": None,
    "value": 7,
}
LINE = json.dumps(RIGHT, sort_keys=True, separators=(",", ":"))
GOOD = f"{LINE}\n"
MEND = "mend or delete the line"


def whole(name, content, line, *says, mended=GOOD):
    """A file that is wrong, at `line`."""
    path = f"{FOLDER}/{name.replace(' ', '-')}.jsonl"
    return Case(
        name=f"a history with {name}",
        files={path: content},
        at=f"{path}:{line}",
        says=says,
        mended={path: mended},
    )


def text(name, line, *says):
    """A wrong line between two right ones."""
    content = GOOD.encode() + (line.encode() if isinstance(line, str) else line)
    content += b"\n" + GOOD.encode()
    return whole(name, content, 2, *says, MEND, mended=GOOD * 2)


def changed(name, *says, **fields):
    """A line with other fields; one that is `...` is left out."""
    entry = {key: one for key, one in (RIGHT | fields).items() if one is not ...}
    return text(name, json.dumps(entry).replace("from_", "from"), *says)


def days(start, end):
    return {"from": start, "to": end}


CASES = [
    text("prose", "To be mended by Ada", "no observation"),
    text("half a line", LINE[: len(LINE) // 2], "no observation"),
    text("two lines in one", LINE + LINE, "no observation (Extra data"),
    text("a list", "[1, 2]", "no observation"),
    text("a number", "7", "no observation"),
    text("null", "null", "no observation"),
    text("a comma at the end", f"{LINE},", "no observation (Extra data"),
    text("brackets", "[" * 200_000, "(brackets within brackets)"),
    text("braces", '{"a":' * 100_000, "(brackets within brackets)"),
    text(
        "a number of ten thousand digits",
        '{"value":' + "9" * 10_000 + "}",
        "a number of thousands of digits",
    ),  # fmt: skip
    text("NUL bytes", b"\0" * 50, "no observation"),
    text("an escape", b'{"value":"\x1b[31m"}', "no observation"),
    text(
        "Latin 1",
        LINE.replace("example", "caf\u00e9").encode("latin-1"),
        "(it is not UTF-8)",
    ),  # fmt: skip
    text("a half surrogate", LINE.replace("example", "\\ud83d"), "surrogates"),
    changed("a half surrogate in its series", "surrogates", series="x/tag/\ud83d"),
    changed("no value", '(it has no "value")', value=...),
    changed("no source", '(it has no "source")', source=...),
    changed("no time", '(it has no "observed_at")', observed_at=...),
    changed("half a count", "(value 7.5)", value=7.5),
    changed("a negative count", "(value -1)", value=-1),
    changed("a count as text", "(value '7')", value="7"),
    changed("a truth", "(value True)", value=True),
    changed("a count for no database", "(value 9", value=2**63),
    text("an endless count", LINE.replace(":7}", ":1e999}"), "(value inf)"),
    changed("a long text", "…)", value="z" * 1_000_000),
    changed("a series in a list", 'its "series" is no text', series=["x"]),
    changed("a source in a map", 'its "source" is no text', source={"a": 1}),
    changed("another exactness", "(exactness 'about')", exactness="about"),
    changed("exactness in a list", 'its "exactness" is no text', exactness=["exact"]),
    changed("a time in a map", 'its "observed_at" is no text', observed_at={}),
    changed("no time zone", "no time zone", observed_at="2026-11-20T12:00:00"),
    changed("a day in words", "no observation", observed_at="20 November 2026"),
    changed("year 1", "before 1970", observed_at="0001-01-01T00:00:00Z"),
    changed(
        "year 1 in the east", "no time in UTC", observed_at="0001-01-01T00:00:00+14:00"
    ),  # fmt: skip
    changed(
        "year 9999",
        "dated ahead: observed_at is 9999-12-31",
        observed_at="9999-12-31T23:59:59Z",
    ),  # fmt: skip
    changed(
        "year 9999 in the west",
        "no time in UTC",
        observed_at="9999-12-31T23:59:59-12:00",
    ),  # fmt: skip
    changed("a span of one end", "only one of from and to", **days("2026-11-18", None)),
    changed("a span backwards", "later than to", **days("2026-11-18", "2026-11-17")),
    changed(
        "a span from year 1", "from is before 1970", **days("0001-01-01", "2026-11-17")
    ),  # fmt: skip
    changed("a span to 9999", "to is 9999-12-31", **days("2026-11-18", "9999-12-31")),
    changed("a span of numbers", 'its "from" is no text', **days(1, 2)),
    changed(
        "ends in two zones",
        "no observation",
        **days("2026-11-18T00:00:00+01:00", "2026-11-19T00:00:00"),
    ),  # fmt: skip
    *(
        whole(
            f"a conflict, {number}",
            f"{GOOD}{marker}\n{GOOD}",
            2,
            f"left of a merge with conflicts ({marker[:7]})",
            "delete the line, and keep those of both sides",
            mended=GOOD * 2,
        )
        for number, marker in enumerate(
            ["<<<<<<< HEAD", "||||||| 7c1", "=======", ">>>>>>> theirs"]
        )
    ),
    whole(
        "a pointer of Git LFS",
        "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n",
        1,
        "a pointer of Git LFS",
        "git lfs pull",
    ),
    whole("gzip", gzip.compress(GOOD.encode(), mtime=0), 1, "gzip", "gunzip"),
    whole("UTF-16", GOOD.encode("utf-16"), 1, "UTF-16", "save it as UTF-8"),
]

FINE = [
    Fine(
        name="a history of other builders",
        files={
            f"{FOLDER}/empty.jsonl": "",
            f"{FOLDER}/empty-lines.jsonl": f"\n\n{GOOD}\n  \n",
            f"{FOLDER}/windows.jsonl": b"\xef\xbb\xbf"
            + f"{LINE}\r\n{LINE}\r\n".encode(),
            f"{FOLDER}/without-end.jsonl": LINE,
            f"{FOLDER}/torn.jsonl": f"{GOOD}{LINE[:40]}",
            f"{FOLDER}/zeros-at-the-end.jsonl": f"{GOOD}\0\0\0\0",
            f"{FOLDER}/spaces.jsonl": json.dumps(RIGHT | {"more": 1}, indent=None)
            + " \n",
            f"{FOLDER}/notes.txt": "No line of the history.\n",
        },
    ),
    Fine(
        name="an emoji as two escapes",
        files={f"{FOLDER}/emoji.jsonl": GOOD.replace("example", "\\ud83d\\ude00")},
    ),
]
