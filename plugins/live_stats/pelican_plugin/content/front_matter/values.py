"""Checks the front matter of a post, in either form.

What is wrong goes to the source, each at its line. Where a value cannot be used as it
is, another one stands in for it, so that all other checks go on: nothing is published
while there is a mistake.
"""

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from markdown.extensions.meta import END_RE

from ....i18n import language_tags
from ....model.suggestions import nearest
from ..sources import Source
from . import blocks, dates, keys, migrated, slugs
from .blocks import Block, Field, block_of
from .yaml_form import YamlReader, duplicates

_LISTS = ("tags", "authors", "hashtags", "alias", "keywords")
_NO_LISTS = ("title", "summary", "slug", "date")
_LANGUAGE = "write its code, as en, de or pt-BR"
_STATUSES = ("published", "draft", "hidden", "skip")
_SOME_DAY = "2000-01-01"
_TRUE = ("true", "yes", "on", "1")
_FALSE = ("false", "no", "off", "0", "")
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|[a-z]+\d*);", re.IGNORECASE)
_REPEATABLE = ("hashtags", "alias", "keywords", "figure")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The front matter of one file, checked.

    `markdown` is the text for Python-Markdown. `values` has those of YAML by name. Of
    Pelican's form it has only what is put right: the rest is read by Python-Markdown.
    """

    form: str
    markdown: str
    values: Mapping[str, Any]


def read(source: Source, settings: Mapping[str, Any]) -> FrontMatter:
    """Read and check the front matter of a source."""
    block = block_of(source.raw)
    checker = _Checker(source, block, settings)
    checker.check()
    return FrontMatter(block.form, block.markdown, checker.values)


@dataclass(slots=True)
class _Checker:
    source: Source
    block: Block
    settings: Mapping[str, Any]
    values: dict[str, Any] = field(default_factory=dict)

    def check(self) -> None:
        """Read the fields, and check each of them."""
        source, block = self.source, self.block
        if not source.raw.strip():
            source.wrong(1, "this file is empty", "write a post into it, or delete it")
            self._stand_in({})
            return
        if block.form == blocks.TOML:
            self._wrong_toml()
            return
        if block.form == blocks.YAML:
            fields = self._yaml_fields()
        else:
            fields = blocks.pelican_fields(block)
            self._check_end(fields)
        names = {one.name: one for one in fields}
        for again, first in duplicates(fields):
            self._check_again(again, first)
        for one in fields:
            if one.name in keys.NAMES:
                self._check_known(one)
            else:
                self._check_unknown(one, names)
        self._check_title(names)
        self._check_place(names)

    def _shown(self, name: str) -> str:
        """A known key as it is written in this form."""
        usual = keys.NAMES.get(name.lower(), name)
        return f"{usual.lower() if self.block.form == blocks.YAML else usual}:"

    # --- the block --------------------------------------------------------------------

    def _yaml_fields(self) -> list[Field]:
        block = self.block
        if block.unclosed:
            self.source.wrong(
                block.start,
                "the front matter that begins here has no end",
                "write a line --- below its last line",
            )
        reader = YamlReader(self.source, block)
        fields = migrated.as_ours(reader.fields())
        for one in fields:
            self.values[one.name] = one.value
        if not reader.is_whole or block.unclosed:
            self._stand_in(self.values)
        return fields

    def _stand_in(self, values: Mapping[str, Any]) -> None:
        """Give a file that cannot be read whole what Pelican demands of one."""
        title = str(values.get("title") or "")
        if not title:
            self._stand_in_title()
        elif self.block.form != blocks.PELICAN:
            self.values["title"] = title
        if not values.get("date"):
            self.values["date"] = _SOME_DAY

    def _stand_in_title(self) -> None:
        """Give a file a title, and an address that no other will have."""
        stem = Path(self.source.file).stem
        self.values["title"] = stem
        self.values.setdefault("slug", f"{stem}-without-title")

    def _wrong_toml(self) -> None:
        self.source.wrong(
            self.block.start,
            "this front matter is TOML, which is not read",
            'write --- in place of +++, and title: "…" in place of title = "…"',
        )
        self._stand_in({})

    def _check_end(self, fields: list[Field]) -> None:
        """Find a line that ends Pelican's form too early."""
        lines, end = self.block.lines, self.block.end
        if not fields or end >= len(lines) or not lines[end].strip():
            return
        line = lines[end]
        if END_RE.match(line):
            return
        if line.lstrip().startswith("- ") and fields[-1].name in _LISTS:
            items = [one.strip() for one in lines[end:]]
            items = items[: items.index("")] if "" in items else items
            self._is_yaml_list(fields[-1], items)
            self._stand_in({one.name: one.value for one in fields})
        elif line[0] in " \t":
            self.source.wrong(
                end + 1,
                f"this line goes on with {fields[-1].key}:, and would be text",
                "begin it with four spaces, or write an empty line above it",
            )
            self._stand_in({one.name: one.value for one in fields})
        else:
            self._check_line_without_key(fields)

    def _check_line_without_key(self, fields: list[Field]) -> None:
        """Find a line that was to be a key, or that lines with known keys follow."""
        lines, end = self.block.lines, self.block.end
        words, colon, value = lines[end].partition(":")
        name = (words if colon else words.split()[0]).strip(" *_:").lower()
        usual = keys.NAMES.get(name) or keys.meant(name, ())
        empty = [n for n, one in enumerate(lines) if n > end and not one.strip()]
        below = lines[end + 1 : empty[0] if empty else len(lines)]
        if any(one.partition(":")[0].strip().lower() in keys.NAMES for one in below):
            what = 'this line is no "Key: value", so it and all lines below would be '
            self.source.wrong(
                end + 1,
                f"{what}text",
                f"write it as {usual or 'Key'}: value, or delete it",
            )
        elif colon and usual:
            self.source.wrong(
                end + 1,
                f'"{words.strip()}:" is no key, so this line would be text; did you '
                f'mean "{usual}:"?',
                f"write {usual}:{value.rstrip()}, or an empty line above it",
            )
        else:
            return
        self._stand_in({one.name: one.value for one in fields})

    # --- keys -------------------------------------------------------------------------

    def _check_again(self, again: Field, first: Field) -> None:
        if again.name not in keys.NAMES and self.block.form != blocks.YAML:
            return  # Python-Markdown makes a list of them
        if again.name in _REPEATABLE and self.block.form != blocks.YAML:
            return
        mend = "delete one of them"
        if again.name in _LISTS:
            mend = "write all in one line"
        self.source.wrong(
            again.line, f"{again.key}: is in line {first.line} already", mend
        )
        self.values[again.name] = first.value

    def _check_unknown(self, one: Field, names: Mapping[str, Field]) -> None:
        if one.name == "permalink" and self.block.form == blocks.YAML:
            return  # it is among the aliases
        if one.name == "publishdate" and "date" in names:
            self._check_publish_date(one, names["date"])
            return
        if one.name == "draft":
            self._check_draft(one, names)
        elif one.name == "published" and str(one.value).lower() in _FALSE[:3]:
            if self.block.form == blocks.YAML:
                self.values["status"] = "draft"
                return
            self.source.wrong(
                one.line,
                f"{one.key}: {one.value} does not keep a post from being published",
                f"write {self._shown('status')} draft",
            )
        elif one.name in keys.OF_PELICAN or one.name.startswith("_"):
            self.values.pop(one.name, None)
            self.source.wrong(
                one.line,
                f"{one.key}: is a name that Pelican itself needs",
                "choose another name",
            )
            self._drop(one)
        elif usual := keys.meant(one.name, names):
            if usual.lower() in ("title", "date") and usual.lower() not in names:
                self.values[usual.lower()] = one.value  # so it is not missing as well
            self.source.wrong(
                one.line,
                f"{one.key}: is no key that is known",
                f'did you mean "{self._shown(usual)}"?',
            )

    def _check_publish_date(self, one: Field, date: Field) -> None:
        """Find the day before which Hugo keeps a post back: here `date` does that."""
        day, other = str(one.value)[:10], str(date.value)[:10]
        if day > other:
            self.source.wrong(
                one.line,
                f"{one.key}: is not read beside {date.key}:, so this post would be out "
                f"on {other}",
                f"write {date.key}: {one.value}, and delete this line",
            )

    def _drop(self, one: Field) -> None:
        """Have Pelican not see a field."""
        self.values[one.name] = None

    def _check_draft(self, one: Field, names: Mapping[str, Field]) -> None:
        word = str(one.value).strip().lower()
        if self.block.form != blocks.YAML:
            self.source.wrong(
                one.line,
                "Draft: is no key that is known",
                "write Status: draft" if word not in _FALSE else "delete the line",
            )
        elif word in _TRUE:
            self.values["status"] = "draft"
        elif word not in _FALSE:
            self.source.wrong(
                one.line, f'draft: "{one.value}" is neither', "write true or false"
            )
        self.values.pop("draft", None)

    # --- values -----------------------------------------------------------------------

    def _check_known(self, one: Field) -> None:
        is_yaml = self.block.form == blocks.YAML
        if not (self._has_right_shape(one) if is_yaml else self._join_lines(one)):
            return
        checks: Mapping[str, Callable[[Field, str], None]] = {
            "date": self._check_date,
            "modified": self._check_date,
            "lang": self._check_lang,
            "status": self._check_status,
            "slug": self._check_slug,
            "timezone": self._check_timezone,
        }
        check = checks.get(one.name)
        if check is not None:
            value = self.values.get(one.name, one.value)
            check(one, str(value).split("\n")[0].strip())

    def _join_lines(self, one: Field) -> bool:
        """Make one line of a value of several, of which Pelican takes the first."""
        is_list = one.name in _LISTS
        lines = [line for line in one.value.split("\n") if line]
        if is_list and self._is_yaml_list(one, lines):
            self.values[one.name] = None
            return False
        if "\n" in one.value and one.name not in ("summary", "alias"):
            for number, line in enumerate(lines[:-1]):
                if is_list and line[-1] not in ",;":
                    lines[number] = f"{line},"
            self.values[one.name] = " ".join(lines)
        return True

    def _is_yaml_list(self, one: Field, lines: list[str]) -> bool:
        """Whether words in Pelican's form are written as a list of YAML: a mistake."""
        value = " ".join(lines)
        words = [line[1:].strip() for line in lines if line.startswith("- ")]
        if value.startswith("[") and value.endswith("]"):
            words = [word.strip(" \"'") for word in value[1:-1].split(",")]
        if words:
            self.source.wrong(
                one.line,
                f"{one.key}: is a list of YAML, and this front matter is not",
                f"write {one.key}: {', '.join(words)}; or write a line --- above the "
                "front matter, and one below it",
            )
        return bool(words)

    def _has_right_shape(self, one: Field) -> bool:
        """Make a YAML value one text, or a list of texts; whether it can be."""
        value, name = one.value, one.name
        if name == "author" and isinstance(value, list):
            name = "authors"
            self.values.pop("author")
        items = value if isinstance(value, list) else [value]
        if any(isinstance(item, list | dict) for item in items):
            self._wrong_shape(one, name)
            return False
        texts = [" ".join(str(item).split()) for item in items if str(item).strip()]
        if not texts and name != "title":
            self.values[one.name] = None  # as if there were no such line
            return False
        if name in _LISTS:
            self.values[name] = texts if isinstance(value, list) else texts[0]
            if name == "hashtags":
                self.values[name] = ", ".join(texts)
            return True
        if len(texts) > 1 or (isinstance(value, list) and name in _NO_LISTS):
            self._wrong_shape(one, name)
            return False
        if name == "summary":
            return True  # its line ends are those of Markdown
        self.values[name] = texts[0] if texts else ""
        return True

    def _wrong_shape(self, one: Field, name: str) -> None:
        many = name in _LISTS
        self.source.wrong(
            one.line,
            f"{one.key}: wants {'words' if many else 'one text'}, and this is "
            f"{'a list' if isinstance(one.value, list) and not many else 'a mapping'}",
            f"write {one.key}: [one, two]" if many else f'write {one.key}: "…"',
        )
        self.values.pop(one.name, None)
        if name in ("title", "date"):
            self._stand_in({**self.values, name: ""})

    def _check_date(self, one: Field, text: str) -> None:
        problem = dates.problem(text)
        if problem is None:
            return
        if not text and one.name == "modified":
            self.values["modified"] = None  # as if there were no such line
            return
        what, mend = problem
        self.source.wrong(one.line, f"{one.key}: {what}", mend)
        self.values[one.name] = _SOME_DAY

    def _check_lang(self, one: Field, text: str) -> None:
        if not text:
            self.values["lang"] = None  # as if there were no such line
            return
        code = language_tags.canonical(text)
        if not code:
            near = language_tags.suggested(text)
            self.source.wrong(
                one.line,
                f'{one.key}: "{text}" is no code of a language that is known',
                f'did you mean "{near}"?' if near else _LANGUAGE,
            )
            code = str(self.settings["DEFAULT_LANG"])
        default = str(self.settings["DEFAULT_LANG"])
        if language_tags.canonical(default) == code:
            code = default.lower()  # as Pelican compares it, to find its translations
        self.values["lang"] = code

    def _check_status(self, one: Field, text: str) -> None:
        if text.lower() in _STATUSES or not text:
            if text != text.lower():
                self.values["status"] = text.lower()  # Pelican knows small letters
            return
        near = nearest(text, _STATUSES)
        self.source.wrong(
            one.line,
            f'{one.key}: unknown status "{text}"',
            (f'did you mean "{near}"? ' if near else "")
            + f"(known: {', '.join(_STATUSES)})",
        )
        self.values["status"] = "published"

    def _check_timezone(self, one: Field, text: str) -> None:
        if text not in available_timezones():
            near = nearest(text, available_timezones())
            self.source.wrong(
                one.line,
                f'{one.key}: "{text}" is no time zone that is known',
                f'did you mean "{near}"?' if near else "write such as Europe/Berlin",
            )
            self.values["timezone"] = None

    def _check_slug(self, one: Field, text: str) -> None:
        length = len(text.encode())
        if length > slugs.LONGEST:
            self.source.wrong(
                one.line,
                f"{one.key}: has {length} bytes, too many for the name of a file",
                f"write at most {slugs.LONGEST}",
            )
            self.values["slug"] = text.encode()[:60].decode(errors="ignore")
        elif any(part in (".", "..") for part in text.split("/")) or "\\" in text:
            self.source.wrong(
                one.line,
                f'{one.key}: "{text}" is no address',
                "write letters, digits and hyphens",
            )
            self.values["slug"] = "a"

    def _check_place(self, names: Mapping[str, Field]) -> None:
        """Find an address without its file, or a file without its address."""
        for name, other in (("url", "save_as"), ("save_as", "url")):
            if name not in names or other in names:
                continue
            text = str(names[name].value or "").strip().lstrip("/")
            if not text or re.match("[a-z]+:", text):
                continue
            file = f"{text.removesuffix('/')}/index.html"
            mate = text.removesuffix("index.html") if name == "save_as" else file
            if name == "url" and text.endswith(".html"):
                mate = text
            self.source.wrong(
                names[name].line,
                f"{names[name].key}: without {self._shown(other)} links lead to "
                "another place than where the page is",
                f"add a line {self._shown(other)} {mate}"
                + (f", or write {self._shown('alias')} /{text}" * (name == "url")),
            )
            self.values[name] = None

    def _check_title(self, names: Mapping[str, Field]) -> None:
        """Find a post without a title; and give a long one a short address."""
        title = names.get("title")
        if title is None:
            return  # Pelican says so, and a setting may have made one of the name
        text = str(self.values.get("title", title.value)).strip()
        if not text:
            self.source.wrong(
                title.line,
                f"{title.key}: is empty",
                "write the title of the post behind it",
            )
            self._stand_in_title()
            return
        if (entity := _ENTITY.search(text)) and html.unescape(entity[0]) != entity[0]:
            self.source.wrong(
                title.line,
                f'{title.key}: "{entity[0]}" is HTML, and would be shown as it stands',
                f"write {html.unescape(entity[0])}",
            )
        if "slug" not in names:
            slug = slugs.bounded_slug(text, dict(self.settings))
            if slug:
                self.values["slug"] = slug
