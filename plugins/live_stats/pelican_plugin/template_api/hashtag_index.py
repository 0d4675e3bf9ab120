"""The hashtags that posts name, and what their pages are made of."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from ...model.values import Reference, hashtag_name
from ...references.catalogue import parse
from ...references.grammar import is_hashtag
from ...rendering.specs import ChartClaim
from ..content.front_matter.blocks import metadata_line
from ..content.sources import Source
from .hashtags import Hashtag
from .rows import FigureRow
from .slot_registry import Registry

LONGEST = 200  # bytes of a hashtag: its files have longer names, of 255 at most


@dataclass(slots=True, kw_only=True)
class HashtagIndex:
    """One pass over all content. `hashtags` is filled, by name.

    `platforms` and `servers` say where each one is counted.
    """

    platforms: tuple[str, ...]
    servers: Mapping[str, str]
    registry: Registry
    hashtags: dict[str, Hashtag]

    def sort(self) -> None:
        """Order hashtags by name, and their posts by date, once all are added."""
        for hashtag in self.hashtags.values():
            hashtag.articles.sort(key=lambda a: (a.date, a.source_path), reverse=True)
        ordered = sorted(self.hashtags.items(), key=lambda item: item[0])
        self.hashtags.clear()
        self.hashtags.update(ordered)

    def of(self, content: Any, source: Source, public: bool) -> list[Hashtag]:
        """The hashtags of a post, in its language; mistakes go to `source`."""
        value = content.metadata.get("hashtags", "")
        text = ",".join(value) if isinstance(value, list) else str(value)
        found: list[Hashtag] = []
        for part in re.split("[,;]", unicodedata.normalize("NFC", text)):
            label = part.strip().lstrip("#")
            if not label:
                continue
            name = hashtag_name(label)
            if mend := _mend(name, label):
                line = metadata_line(source.raw, "hashtags")
                source.wrong(line, f'Hashtags: "{label}" is no hashtag', mend)
                continue
            if public and name not in self.hashtags:
                self.hashtags[name] = self._hashtag(name, label)
            if name not in self.hashtags:
                continue  # of a draft: it gets its page when the draft is published
            hashtag = self.hashtags[name]
            if any(hashtag is other for other in found):
                continue  # written twice
            if public:
                hashtag.articles.append(content)
                self._declare_figures(hashtag, content.figures)
            found.append(hashtag)
        return [hashtag.in_language(content.lang) for hashtag in found]

    def _hashtag(self, name: str, label: str) -> Hashtag:
        found: dict[str, Reference] = {}
        for platform in self.platforms:  # a name, or name@server
            place = quote(platform, safe="@:")  # a server's path has slashes
            address = f"{place}/tag/{quote(name, safe='')}"
            reference, _ = parse(address, servers=self.servers)
            found[reference.series] = reference
        url = f"hashtags/{quote(name)}/"
        return Hashtag(
            name=name,
            label=label,
            url=url,
            save_as=f"hashtags/{name}/index.html",
            lang=self.registry.lang,
            registry=self.registry,
            references=found,
            usual=tuple(found),
        )

    def _declare_figures(self, hashtag: Hashtag, rows: list[FigureRow]) -> None:
        """A post's own figures about the hashtag belong to its page too."""
        for row in rows:
            reference, claim = row.figure.reference, row.figure.claim
            if (reference.kind, reference.subject) != ("tag", hashtag.name):
                continue
            hashtag.references.setdefault(reference.series, reference)
            if claim:
                day = claim.as_of.isoformat()
                entry = ChartClaim(reference.series, day, claim.value, claim.text)
                if entry not in hashtag.claims:
                    hashtag.claims.append(entry)


def _mend(name: str, label: str) -> str:
    """What would make a hashtag of `name`; empty if it is one."""
    kinds = {unicodedata.category(sign)[0] for sign in name if sign != "_"}
    words = label.split()
    if words[1:] and all(word.startswith("#") for word in words[1:]):
        return f"write commas between them: {', '.join(words)}"
    if name and not kinds - set("NM"):
        return "write one with a letter in it"
    if not is_hashtag(name):
        return "write letters, digits and _ only, with commas between"
    if len(name.encode()) > LONGEST:
        return f"write one of at most {LONGEST} bytes: files are named after it"
    return ""
