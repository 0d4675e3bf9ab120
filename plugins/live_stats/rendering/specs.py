"""Specs: what a slot is to be filled with, as plain values.

A build makes them and the index stores them as JSON, so that a refresh can fill slots
without Pelican. There is one class for each kind of fragment; its tag, `fragment`, is
also the name of the fragment's template. Times and days are ISO 8601 texts.

Most kinds add no field to the shape that they inherit, and what dataclasses generate is
limited to `__init__`: every refresh loads this module, and generated methods take most
of the time of that.
"""

from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple, Self, TypedDict

from ..model.errors import LiveStatsError
from .slots import DRAWN, EVERYTHING, NONE, PART


class UnknownFragmentError(LiveStatsError):
    """A stored spec has a tag that no class has: another version has written it."""

    def __init__(self, tag: object) -> None:
        super().__init__(f"no fragment is called {tag!r}")


class ChartClaim(NamedTuple):
    """A claim of a post that a hashtag's chart marks; stored as an array."""

    series: str
    day: str
    value: int
    text: str


class MissingVariables(TypedDict):
    """A platform that needs credentials: its label, and the variables to set."""

    label: str
    variables: list[str]


class Values:
    """Equal if of the same class with equal fields; not hashable."""

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and vars(self) == vars(other)

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={value!r}" for name, value in vars(self).items())
        return f"{type(self).__name__}({fields})"


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class ClaimSpec(Values):
    """A claim: its words, its number, how they relate (a `Bound`), and its day."""

    text: str
    value: int
    bound: str
    day: str


class ComparedHashtag(NamedTuple):
    """A row of the comparison; stored as an array.

    `href` is the address of its page, `posts` how many posts carry it, `items` its
    series, the same measure at the same place in every row.
    """

    label: str
    href: str
    posts: int
    items: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Spec(Values):
    """The base of all specs. `lang` is the language of the page with the slot."""

    fragment: ClassVar[str]
    lang: str

    @property
    def shown(self) -> tuple[str, ...]:
        """The series whose readings it shows; they have to be collected."""
        return ()

    @property
    def depends_on(self) -> tuple[str, ...]:
        """The series whose change makes it due: `shown`, or a constant of `slots`."""
        return self.shown or (NONE,)

    def to_json(self) -> dict[str, Any]:
        """The stored form: its fields, and the tag."""
        return {"fragment": self.fragment, **vars(self)}

    @classmethod
    def from_json(cls, entry: dict[str, Any]) -> Self:
        """The spec with these stored fields, the tag not among them."""
        return cls(**entry)


# --- of one series --------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class SeriesSpec(Spec):
    """The shape of fragments that show one thing of one series."""

    series: str

    @property
    def shown(self) -> tuple[str, ...]:
        return (self.series,)


class ValueSpec(SeriesSpec):
    """The number alone, or why there is none."""

    fragment = "value"


class ReadingSpec(SeriesSpec):
    """The number with its place, the days that it covers, and its age."""

    fragment = "reading"


class AsOfSpec(SeriesSpec):
    """The age of the number."""

    fragment = "as_of"


class ExactnessSpec(SeriesSpec):
    """How the number relates to the truth, or why there is none."""

    fragment = "exactness"


class WindowSpec(SeriesSpec):
    """The span of posting time that the number covers."""

    fragment = "window"


class SourceSpec(SeriesSpec):
    """Links to the platforms' own pages about what is counted."""

    fragment = "source"


class SparklineSpec(SeriesSpec):
    """A line as small as a word."""

    fragment = "sparkline"


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class ChangeSpec(SeriesSpec):
    """The change from a claim to the latest reading, in words."""

    claim: ClaimSpec | None

    fragment = "change"

    def to_json(self) -> dict[str, Any]:
        return super().to_json() | {"claim": self.claim and vars(self.claim)}

    @classmethod
    def from_json(cls, entry: dict[str, Any]) -> Self:
        claim = entry.pop("claim")
        return cls(**entry, claim=ClaimSpec(**claim) if claim else None)


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class LeadSpec(ChangeSpec):
    """A post's leading figure, for lists of posts. `what` is what is counted."""

    what: str

    fragment = "lead"


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class FigureSpec(LeadSpec):
    """A figure inside a text.

    `mode` is `beside`, `replace` or `frozen`; `page` the file whose figure it is, by
    its path in the output, and `row` the address of its row in that page's table.
    `dated` has the series of all figures of the text whose sentences may say their day:
    on its page a day that they share is said at the head of the text.
    """

    mode: str
    page: str
    row: str
    dated: tuple[str, ...] = ()

    fragment = "figure"

    @property
    def depends_on(self) -> tuple[str, ...]:
        return (self.series, *self.dated)

    @classmethod
    def from_json(cls, entry: dict[str, Any]) -> Self:
        return super().from_json(entry | {"dated": tuple(entry["dated"])})


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class ReadingsDaySpec(Spec):
    """The head of a text: the day that its readings share; nothing elsewhere.

    `page` is the file that the text belongs to, by its path in the output; `dated` is
    that of its figures.
    """

    page: str
    dated: tuple[str, ...]

    fragment = "readings_day"

    @property
    def shown(self) -> tuple[str, ...]:
        return self.dated

    @classmethod
    def from_json(cls, entry: dict[str, Any]) -> Self:
        return cls(**entry | {"dated": tuple(entry["dated"])})


class CardOfFigure(NamedTuple):
    """What opens from one figure; stored as an array.

    `row` is the address of its row in the table of the page.
    """

    series: str
    row: str
    what: str
    claim: ClaimSpec | None


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class CardsSpec(Spec):
    """What opens from the figures of a text, behind that text; nothing elsewhere.

    `page` is the file that the text belongs to, by its path in the output.
    """

    page: str
    cards: tuple[CardOfFigure, ...]

    fragment = "cards"

    @property
    def shown(self) -> tuple[str, ...]:
        return tuple(card.series for card in self.cards)

    def to_json(self) -> dict[str, Any]:
        cards = [[*card[:-1], card.claim and vars(card.claim)] for card in self.cards]
        return super().to_json() | {"cards": cards}

    @classmethod
    def from_json(cls, entry: dict[str, Any]) -> Self:
        cards = tuple(
            CardOfFigure(series, row, what, ClaimSpec(**claim) if claim else None)
            for series, row, what, claim in entry["cards"]
        )
        return cls(**entry | {"cards": cards})


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class EmbedNameSpec(Spec):
    """The words of a link to a post or video of others.

    `platform` is the name for readers, `kind` is `post` or `video`; `account` and
    `name` may be empty.
    """

    platform: str
    kind: str
    account: str
    name: str

    fragment = "embed_name"


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class EmbedSpec(Spec):
    """What a card says below that link, on the `page` whose text has it.

    `player` names the platform whose player the page can show; empty if there is none.
    `items` are the series that may be shown; they are collected if `asked` for.
    """

    page: str
    player: str
    items: tuple[str, ...]
    asked: bool

    fragment = "embed"

    @property
    def shown(self) -> tuple[str, ...]:
        return self.items if self.asked else ()

    @property
    def depends_on(self) -> tuple[str, ...]:
        return self.items or (NONE,)

    @classmethod
    def from_json(cls, entry: dict[str, Any]) -> Self:
        return cls(**entry | {"items": tuple(entry["items"])})


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class BadgeSpec(SeriesSpec):
    """A file: the number of a hashtag as an SVG. `label` is the hashtag's."""

    label: str

    fragment = "badge"


class ShieldsSpec(BadgeSpec):
    """A file: the same as JSON for the endpoint badge of shields.io."""

    fragment = "shields"


# --- of one hashtag -------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class HashtagSpec(Spec):
    """The shape of fragments about one hashtag: its label, and its series."""

    label: str
    items: tuple[str, ...]

    @property
    def shown(self) -> tuple[str, ...]:
        return self.items

    @classmethod
    def from_json(cls, entry: dict[str, Any]) -> Self:
        return cls(**entry | {"items": tuple(entry["items"])})


class HeadlineSpec(HashtagSpec):
    """The leading number: the first series with a reading."""

    fragment = "headline"


class SparkSpec(HashtagSpec):
    """The leading number's line, as small as a word."""

    fragment = "spark"


class MultiplesSpec(HashtagSpec):
    """A small chart for each series."""

    fragment = "multiples"


class PaceSpec(HashtagSpec):
    """A section: how fast each series moves."""

    fragment = "pace"


class MilestonesSpec(HashtagSpec):
    """A section: the round numbers that were reached."""

    fragment = "milestones"


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class PanelSpec(HashtagSpec):
    """A strip of numbers.

    Where nothing was read yet it names the platforms that need no credentials
    (`keyless`) and those that do (`missing`).
    """

    keyless: tuple[str, ...]
    missing: tuple[MissingVariables, ...]

    fragment = "panel"

    @classmethod
    def from_json(cls, entry: dict[str, Any]) -> Self:
        lists = {name: tuple(entry[name]) for name in ("keyless", "missing")}
        return super().from_json(entry | lists)


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class ChartSpec(PanelSpec):
    """The history of the leading series as a chart, with the posts' `claims`.

    `posts` are the days of the posts, as YYYY-MM-DD.
    """

    claims: tuple[ChartClaim, ...]
    posts: tuple[str, ...] = ()

    fragment = "chart"

    def to_json(self) -> dict[str, Any]:
        lists = {"claims": [list(claim) for claim in self.claims]}
        return super().to_json() | lists | {"posts": list(self.posts)}

    @classmethod
    def from_json(cls, entry: dict[str, Any]) -> Self:
        claims = tuple(ChartClaim(*claim) for claim in entry["claims"])
        posts = tuple(entry["posts"])
        return super().from_json(entry | {"claims": claims, "posts": posts})


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class NumbersSpec(HashtagSpec):
    """A file: the observations of a hashtag. `format` is `csv` or `json`.

    `page` is the address of the hashtag's page, empty if the site has none.
    """

    format: str
    page: str

    fragment = "numbers"


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class MilestonesFeedSpec(HashtagSpec):
    """A file: the milestones of the hashtag `name` as an Atom feed.

    `address` is that of the hashtag's page and `own` that of the feed, both empty if
    the site has none; `site` is its name, `since` when a feed without an entry was last
    updated.
    """

    name: str
    address: str
    own: str
    site: str
    author: str
    since: str

    fragment = "milestones_feed"


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class ShareSpec(Spec):
    """A file: the preview image of a post or of a hashtag.

    It shows the first of `items` that has a reading, else the `claim`, else the title
    alone. `what` is what is counted; if empty, the words of the series itself.
    """

    site: str
    title: str
    what: str
    items: tuple[str, ...] = ()
    claim: ClaimSpec | None = None

    fragment = "share"

    @property
    def shown(self) -> tuple[str, ...]:
        return self.items

    @property
    def depends_on(self) -> tuple[str, ...]:
        return (DRAWN, *super().depends_on)

    def to_json(self) -> dict[str, Any]:
        return super().to_json() | {"claim": self.claim and vars(self.claim)}

    @classmethod
    def from_json(cls, entry: dict[str, Any]) -> Self:
        claim = ClaimSpec(**entry["claim"]) if entry["claim"] else None
        return cls(**entry | {"claim": claim, "items": tuple(entry["items"])})


# --- of a whole site ------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class CompareSpec(Spec):
    """A table with a row for each hashtag and a column for each measure."""

    hashtags: tuple[ComparedHashtag, ...]

    fragment = "compare"

    @property
    def shown(self) -> tuple[str, ...]:
        return tuple(series for row in self.hashtags for series in row.items)

    def to_json(self) -> dict[str, Any]:
        return super().to_json() | {"hashtags": [list(row) for row in self.hashtags]}

    @classmethod
    def from_json(cls, entry: dict[str, Any]) -> Self:
        rows = tuple(
            ComparedHashtag(label, href, posts, tuple(items))
            for label, href, posts, items in entry["hashtags"]
        )
        return cls(**entry | {"hashtags": rows})


class StatusSpec(Spec):
    """A table: how the last collections went, platform by platform."""

    fragment = "status"

    @property
    def depends_on(self) -> tuple[str, ...]:
        return (EVERYTHING,)


class StatusJsonSpec(StatusSpec):
    """A file: the same as JSON."""

    fragment = "status_json"


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class PartSpec(Spec):
    """The shape of what shows a part of the history, by its name: `2026`, `2026-2`.

    An empty name is for all of it: see `exports/history_parts.py`.
    """

    part: str = ""

    @property
    def depends_on(self) -> tuple[str, ...]:
        return (PART.format(self.part),)


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class ObservationsSpec(PartSpec):
    """A file: the history of the site. `format` is `csv`, `json` or `sqlite3`."""

    format: str

    fragment = "observations"


class RowCountSpec(PartSpec):
    """How many observations there are."""

    fragment = "row_count"


KINDS: dict[str, type[Spec]] = {
    kind.fragment: kind
    for kind in (
        ValueSpec,
        ReadingSpec,
        AsOfSpec,
        ExactnessSpec,
        WindowSpec,
        SourceSpec,
        SparklineSpec,
        ChangeSpec,
        LeadSpec,
        FigureSpec,
        ReadingsDaySpec,
        CardsSpec,
        EmbedNameSpec,
        EmbedSpec,
        BadgeSpec,
        ShieldsSpec,
        HeadlineSpec,
        SparkSpec,
        MultiplesSpec,
        PaceSpec,
        MilestonesSpec,
        PanelSpec,
        ChartSpec,
        NumbersSpec,
        MilestonesFeedSpec,
        ShareSpec,
        CompareSpec,
        StatusSpec,
        StatusJsonSpec,
        RowCountSpec,
        ObservationsSpec,
    )
}
"""Every kind of spec, by its tag."""


def from_json(entry: dict[str, Any]) -> Spec:
    """The spec of a stored form, which is used up. Raises `UnknownFragmentError`."""
    tag = entry.pop("fragment", None)
    kind = KINDS.get(tag)
    if kind is None:
        raise UnknownFragmentError(tag)
    return kind.from_json(entry)
