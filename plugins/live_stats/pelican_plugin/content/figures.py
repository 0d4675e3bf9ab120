"""From links in a text to figures: references resolved, claims parsed, both checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from ...i18n import phrases
from ...i18n.phrases import ParsedClaim
from ...model.values import Claim, Reference
from ...providers.spelling import typed
from ...references.catalogue import AddressError, Facts, facts, parse
from ...references.repairs import LITERAL
from ...references.sums import is_sum
from ...rendering import slots
from ...rendering.specs import CardOfFigure, CardsSpec, ClaimSpec, FigureSpec, Spec
from .front_matter.blocks import metadata_line
from .sources import FigureLink, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One live figure in one place of one page. `claim` is None for a bare number."""

    reference: Reference
    claim: Claim | None
    mode: str
    what: str
    number: int
    line: int
    in_text: bool

    @property
    def series(self) -> str:
        return self.reference.series

    @property
    def may_say_day(self) -> bool:
        """Whether it stands in the text with a reading in parentheses."""
        return self.in_text and self.claim is not None and self.mode == "beside"

    def spec(
        self, lang: str, page: str, row: str, dated: tuple[str, ...] = ()
    ) -> FigureSpec:
        """What its slot is filled with.

        `page` is the file that it belongs to, `row` the address of its row there, and
        `dated` comes from `dated_of`.
        """
        return FigureSpec(
            series=self.reference.series,
            lang=lang,
            mode=self.mode,
            claim=claim_spec(self.claim),
            page=page,
            row=row,
            what=self.what,
            # A summary stands above the head of the text: its days stay.
            dated=dated if self.in_text else (),
        )


def dated_of(figures: list[Figure]) -> tuple[str, ...]:
    """The series of the figures of a text whose sentences may say a day.

    There are none if it is a single figure: it shares its day with no other.
    """
    dated = tuple(figure.series for figure in figures if figure.may_say_day)
    return dated if len(dated) > 1 else ()


def head_number(path: str) -> int:
    """The number of the slot that begins a text of figures, by its source's path."""
    return slots.number_for(path, "head")


def cards_number(path: str) -> int:
    """The number of the slot that ends a text with figures, by its source's path."""
    return slots.number_for(path, "cards")


def claim_spec(claim: Claim | None) -> ClaimSpec | None:
    """The stored form of a claim."""
    if claim is None:
        return None
    return ClaimSpec(
        text=claim.text,
        value=claim.value,
        bound=claim.bound.value,
        day=claim.as_of.isoformat(),
    )


def cards_spec(figures: list[Figure], lang: str, page: str, rows: list[str]) -> Spec:
    """What that slot is filled with: a card for each figure, which leads to its row."""
    cards = tuple(
        CardOfFigure(figure.series, row, figure.what, claim_spec(figure.claim))
        for figure, row in zip(figures, rows, strict=True)
    )
    return CardsSpec(lang=lang, page=page, cards=cards)


class _ParsedAddress(NamedTuple):
    reference: Reference
    options: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureResolver:
    """Makes figures of links.

    `servers` are the usual ones by platform; no claim may be of a day after `today`.
    """

    servers: Mapping[str, str]
    today: date
    _addresses: dict[str, _ParsedAddress] = field(default_factory=dict, init=False)
    _claims: dict[tuple[str, str], ParsedClaim] = field(
        default_factory=dict, init=False
    )

    def figures(self, source: Source, lang: str, dated: date | None) -> list[Figure]:
        """The figures of one page; what is wrong goes into `source.mistakes`.

        `dated` is the page's own date: claims are as of it, unless they say otherwise.
        """
        figures = (self._figure(source, found, lang, dated) for found in source.found)
        return [figure for figure in figures if figure]

    def _parse_claim(self, text: str, lang: str) -> ParsedClaim:
        key = (lang, text)
        if key not in self._claims:
            self._claims[key] = phrases.parse_claim(text, lang)
        return self._claims[key]

    def _parse_address(self, address: str) -> _ParsedAddress:
        if address not in self._addresses:
            reference, options = parse(address, servers=self.servers)
            self._addresses[address] = _ParsedAddress(reference, options)
        return self._addresses[address]

    def _figure(
        self, source: Source, found: FigureLink, lang: str, dated: date | None
    ) -> Figure | None:
        before = len(source.mistakes)
        try:
            reference, options = self._parse_address(found.address)
        except AddressError as error:
            line = source.line_of_definition(found.address) or found.line
            source.wrong(line, f"{found.address}: {error.what}", error.mend)
            # All at once: what is wrong with the claim as well. Its day may be among
            # the options that could not be read.
            self._claim(source, found, lang, dated or self.today, {})
            return None
        mode = options.get("mode", "beside")
        claim = self._claim(source, found, lang, dated, options)
        if not found.text and mode != "beside":
            source.wrong(
                found.line,
                f"mode={mode} needs a claim, and the link text is empty",
                f"write the figure between the brackets, or leave mode={mode} out",
            )
        if mode == "replace" and is_sum(reference):
            source.wrong(
                found.line,
                "a sum of several platforms cannot replace a claim: the platforms in "
                "it change, so the two never measure the same",
                "use mode=beside or mode=frozen, or name one platform",
            )
        if len(source.mistakes) > before:
            return None
        return Figure(
            reference=reference,
            claim=claim,
            mode=mode,
            what=found.title or described(reference, facts(reference), lang),
            number=found.number,
            line=found.line,
            in_text=found.in_text,
        )

    def _claim(
        self,
        source: Source,
        found: FigureLink,
        lang: str,
        dated: date | None,
        options: Mapping[str, str],
    ) -> Claim | None:
        if not found.text:
            return None
        as_of = dated
        if "as-of" in options:
            as_of = date.fromisoformat(options["as-of"])
            if as_of > self.today:
                source.wrong(
                    found.line,
                    f"as-of={as_of} lies in the future",
                    "write the day on which the figure was read",
                )
        if as_of is None:
            source.wrong(
                found.line,
                f'the claim "{found.text}" has no date, since the page has none',
                "add #as-of=YYYY-MM-DD to the address",
            )
            return None
        try:
            parsed = self._parse_claim(found.text, lang)
        except phrases.ClaimError as error:
            source.wrong(
                found.line,
                f'cannot read a number in "{found.text}": {error.what}',
                error.mend
                or f'write one figure, such as "{_example(lang)}", or no text at all',
            )
            return None
        if options.get("mode") == "replace" and not phrases.has_table(lang):
            words = parsed.before + parsed.after
            if any(map(str.isalpha, words)):
                source.wrong(
                    found.line,
                    f'mode=replace keeps "{words.strip()}", and it is not known '
                    "whether that stays true: of claims in the language "
                    f'"{lang}" only the number is understood',
                    "write the number alone between the brackets, or mode=beside",
                )
        return Claim(
            text=found.text,
            value=parsed.value,
            bound=parsed.bound,
            as_of=as_of,
            source=options.get("source"),
        )


def _example(lang: str) -> str:
    """A claim as this language writes it: over 21,000."""
    number = phrases.format_number(21_000, lang)
    words = phrases.phrases_of(lang).more_than if phrases.has_table(lang) else ""
    return f"{words} {number}".strip()


def check_metadata(source: Source, metadata: Mapping[str, Any]) -> None:
    """A figure in a title, a tag, a slug: nothing there can be filled truthfully."""
    fields = {
        name: [value] if isinstance(value, str) else list(map(str, value))
        for name, value in metadata.items()
        if name not in _WITH_ADDRESSES and isinstance(value, _TEXTS)
    }
    together = "\n".join(text for texts in fields.values() for text in texts)
    if (
        "]" not in together
        and not slots.has_any(together)
        and "stat" not in together.lower()
    ):
        return
    for name, texts in fields.items():
        for text in texts:
            by_name = name == "title" and "][" in text.replace("] [", "][")
            if LITERAL.search(text) or by_name or slots.has_any(text):
                source.wrong(
                    metadata_line(source.raw, name),
                    f"a live figure cannot stand in {name.capitalize()}:",
                    "write the words without it, and the figure into the text",
                )


_TEXTS = (str, list)
_WITH_ADDRESSES = ("summary", "figure", "hashtags")  # which are checked elsewhere


def described(reference: Reference, about: Facts, lang: str) -> str:
    """What a reference counts, in a few words."""
    words = phrases.phrases_of(lang)
    noun = words.noun(reference.metric)
    if is_sum(reference):
        return words.added_up(noun, reference.subject)
    subject = reference.subject.replace("_", " ")
    where = about.label
    if reference.kind == "tag":  # as people type it, on the server that is asked
        subject = typed(reference.subject, about.server)
        where = about.where or where
    return words.counted_of(reference.kind, noun, subject, where)
