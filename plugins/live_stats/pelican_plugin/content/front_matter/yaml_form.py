"""Reads a front matter that is YAML, each value with its line.

PyYAML parses it. Its nodes are turned into values here, for two reasons: they know
their lines, and texts stay as they are written. (YAML 1.1 takes `no` for false, 10:30
for 630, and a day for an object that has no time zone.)
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from ..sources import Source
from .blocks import YAML_KEY, Block, Field
from .keys import NAMES

_NULL, _MAP = "tag:yaml.org,2002:null", "tag:yaml.org,2002:map"
_PREFIX = "tag:yaml.org,2002:"
_HASHTAG = re.compile(r":?\s+(#\w+)")
_NEEDED = ("title", "date", "slug", "status")
_COMMENTED = ("title", "summary", "hashtags", "tags", "category")

# The parser of libyaml, where PyYAML was built with it, is ten times as fast.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class YamlReader:
    """Reads one block. What is wrong goes to `source`; `is_whole` says if all was read.

    Where the line of a value that every post needs cannot be read as YAML, its text
    stands for it, so that the checks of everything else go on.
    """

    source: Source
    block: Block
    is_whole: bool = True
    _fields: list[Field] = field(default_factory=list)

    def fields(self) -> list[Field]:
        """The keys of the block with their values, in the order of their lines."""
        text = self.block.source
        try:
            self._read(text, self.block.start)
        except yaml.YAMLError as error:
            self._fields.clear()
            before = len(self.source.mistakes)
            for line, chunk in self._chunks():
                self._read_chunk(line, chunk)
            if len(self.source.mistakes) == before:  # each line alone can be read
                self._wrong(error, self.block.start)
            self.is_whole = False
        return self._fields

    def _read(self, text: str, above: int) -> None:
        """Add the fields of a text that has `above` lines before it."""
        node = yaml.compose(text, Loader=_Loader)
        if node is None:
            return
        if not isinstance(node, yaml.MappingNode):
            line = above + node.start_mark.line + 1
            self.source.wrong(
                line, "a front matter has lines with a key", "write each as key: value"
            )
            self.is_whole = False
            return
        lines = text.split("\n")
        found = [self._field(key, value, above, lines) for key, value in node.value]
        self._fields += [one for one in found if one is not None]

    def _field(
        self, key: yaml.Node, node: yaml.Node, above: int, lines: list[str]
    ) -> Field | None:
        line = above + key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            self.source.wrong(line, "a key is a word", "write it as key: value")
            return None
        name = str(key.value).strip()
        if name.lower() in _COMMENTED:
            self._check_comments(name, key, node, above, lines)
        value = self._value(node, above, way=(), text=name.lower() in NAMES)
        return Field(name, name.lower(), line, value)

    def _value(
        self, node: yaml.Node, above: int, *, way: tuple[int, ...], text: bool
    ) -> Any:
        """A node as a text, number, truth, list or mapping; texts alone if `text`."""
        line = above + node.start_mark.line + 1
        if id(node) in way:
            self.source.wrong(line, "this value contains itself", "write it out")
            return ""
        inner = (*way, id(node))
        if isinstance(node, yaml.SequenceNode):
            return [self._value(o, above, way=inner, text=text) for o in node.value]
        if isinstance(node, yaml.MappingNode):
            return {
                str(key.value): self._value(one, above, way=inner, text=text)
                for key, one in node.value
                if isinstance(key, yaml.ScalarNode)
            }
        kind = str(node.tag).removeprefix(_PREFIX)
        if not str(node.tag).startswith(_PREFIX):
            self.source.wrong(
                line,
                f'the YAML tag "{node.tag}" is unknown',
                "put quotes around the value, or delete what begins with !",
            )
        return _scalar(str(node.value), kind, text=text)

    def _check_comments(
        self,
        name: str,
        key: yaml.Node,
        node: yaml.Node,
        above: int,
        lines: list[str],
    ) -> None:
        """Find a hashtag that YAML takes for a comment, and so leaves out."""
        ends = [one.end_mark for one in _plain_scalars(node)]
        if node.tag == _NULL:
            ends = [key.end_mark]
        for mark in ends:
            rest = lines[mark.line][mark.column :] if mark.line < len(lines) else ""
            if match := _HASHTAG.match(rest):
                self.source.wrong(
                    above + mark.line + 1,
                    f'YAML takes "{match[1]}" for a comment, so {name} ends before it',
                    "put quotes around the value; or write a space behind the # "
                    "if it is a comment",
                )

    def _chunks(self) -> Iterator[tuple[int, list[str]]]:
        """Each line that begins with a key, with what follows up to the next one."""
        chunk: list[str] = []
        start = self.block.start
        for number in range(self.block.start, self.block.end):
            line = self.block.lines[number]
            if YAML_KEY.match(line) and chunk:
                yield start, chunk
                start, chunk = number, []
            chunk.append(line)
        if chunk:
            yield start, chunk

    def _read_chunk(self, above: int, chunk: list[str]) -> None:
        match = YAML_KEY.match(chunk[0])
        try:
            self._read("\n".join(chunk), above)
        except yaml.YAMLError as error:
            value = chunk[0][match.end() :].strip() if match else ""
            alone = not any(line.strip() for line in chunk[1:])
            if match and alone:
                self._wrong_value(above, match["key"], value, error)
            else:
                self._wrong(error, above)
            if match:
                name = match["key"].strip("\"'").strip()
                if name.lower() in _NEEDED:
                    self._fields.append(Field(name, name.lower(), above + 1, value))

    def _wrong_value(
        self, above: int, key: str, value: str, error: yaml.YAMLError
    ) -> None:
        mend = f"put quotes around it: {key}: {_quoted(value)}"
        pairs = {"[": "]", "{": "}", '"': '"', "'": "'"}
        closing = pairs.get(value[:1], "")
        if closing and closing not in value[1:]:
            mend = f"close it with {closing}, or {mend}"
        problem = str(getattr(error, "problem", "") or error).strip()
        self.source.wrong(
            above + 1, f'YAML cannot read the value of "{key}" ({problem})', mend
        )

    def _wrong(self, error: yaml.YAMLError, above: int) -> None:
        """Add what the parser says, at the line where it says that it is."""
        problem = str(getattr(error, "problem", "") or "")
        mark = getattr(error, "problem_mark", None)
        context = getattr(error, "context_mark", None)
        while_at = str(getattr(error, "context", ""))
        if context and ("quoted scalar" in while_at or "simple key" in while_at):
            mark = context  # else it is where the next line, or the file, ends
        line = above + 1
        if mark is not None:
            line = min(above + mark.line + 1, self.block.end)
        text = self.block.lines[line - 1] if line > 0 else ""
        mend = "mend this line, or put its value into quotes"
        if "\t" in text[: len(text) - len(text.lstrip())] or "'\\t'" in problem:
            mend = "begin the line with spaces in place of the tab"
        elif re.match(r"\s*[\w-]+:\S", text):
            mend = "write a space behind the colon"
        elif ":" not in text:
            mend = 'write the line as "key: value", or delete it'
        self.source.wrong(
            line, f"YAML cannot read the front matter ({problem or error})", mend
        )


def duplicates(fields: list[Field]) -> Iterator[tuple[Field, Field]]:
    """Fields with a key that an earlier one has, each with that one."""
    first: dict[str, Field] = {}
    for one in fields:
        if one.name in first:
            yield one, first[one.name]
        first.setdefault(one.name, one)


def _plain_scalars(node: yaml.Node) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.ScalarNode):
        if node.style is None or not node.style.strip():
            yield node
    elif isinstance(node, yaml.SequenceNode):
        for one in node.value:
            yield from _plain_scalars(one)


def _scalar(value: str, kind: str, *, text: bool) -> Any:
    """A scalar as Python's value, where that says the same; else as it is written."""
    if text:
        return "" if value == "~" and kind == "null" else value
    if kind == "null":
        return None
    if kind == "bool":
        return value.lower() in ("true", "yes", "on")
    if kind in ("int", "float"):
        try:
            number: Any = int(value) if kind == "int" else float(value)
        except ValueError:
            return value  # 0x1F, 10:30, 1_000
        return number if str(number) == value else value
    return value


def _quoted(value: str) -> str:
    if '"' not in value and "\\" not in value:
        return f'"{value}"'
    doubled = value.replace("'", "''")
    return f"'{doubled}'"
