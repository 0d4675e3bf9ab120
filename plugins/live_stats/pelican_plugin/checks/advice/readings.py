"""Advice on the readings behind figures: contradicted, unknown, held, stale."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ....collection.health import verdict_on, what_to_do
from ....model.errors import Advice, Severity
from ....model.freshness import Condition, Verdict
from ....model.settings import Settings
from ....model.values import Claim, Reference
from ....providers.facts import dollars
from ....references import sums
from ....references.catalogue import facts
from ....rendering.series_view import Snapshot
from ....storage.history import History
from ....storage.state import CollectionState
from .claims import contradicts

SHOWN = 3
"""So many other places of a series are named beside the first."""


@dataclass(frozen=True, kw_only=True)
class Use:
    """A place where an author wrote what is counted: a figure, or a hashtag.

    `words` are its words there. `claim` is None where nothing is claimed, or where the
    claim is to stay, or is written anew, whatever is read.
    """

    path: str
    line: int
    reference: Reference
    words: str
    claim: Claim | None = None

    @property
    def place(self) -> str:
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, kw_only=True)
class Readings:
    """What was read: the history, and the state of the last collection."""

    history: History
    state: CollectionState
    settings: Settings
    snapshot: Snapshot = field(init=False)

    def __post_init__(self) -> None:
        snapshot = Snapshot(self.history, self.state, self.settings)
        object.__setattr__(self, "snapshot", snapshot)

    def find(self, uses: Iterable[Use]) -> Iterator[Advice]:
        """All advice on the readings of what `uses` name."""
        by_part: dict[Reference, list[Use]] = defaultdict(list)
        for use in uses:
            yield from self._contradicted(use)
            for part in sums.expand_sums([use.reference]):
                by_part[part].append(use)
        for part, places in by_part.items():
            verdict = verdict_on(part, self.history, self.state, self.settings)
            label = facts(part).label
            yield from _costly(part, places)
            if verdict.is_closed:
                continue
            if verdict.unknown:
                yield from _unknown(label, verdict, places)
            elif verdict.held is not None:
                yield from _held(part, verdict.held, label, places)
            elif stale := _stale(part, label, verdict):
                yield from stale_reading(stale, places)

    def _contradicted(self, use: Use) -> Iterator[Advice]:
        latest = self.snapshot.latest(use.reference.series) if use.claim else None
        if use.claim is None or latest is None or not contradicts(use.claim, latest):
            return
        yield Advice(
            path=use.path,
            line=use.line,
            rule="claim-contradicted",
            what=f'"{use.claim.text}" is no longer true: {latest.value:,} on '
            f"{latest.day}",
            mend="write it anew, or add #mode=frozen if it is about the day of the "
            "claim",
        )


def _stale(part: Reference, label: str, verdict: Verdict) -> str:
    """Since when a reading was not confirmed, and why; empty if it was."""
    stale = verdict.condition in (Condition.STALE, Condition.FAILING)
    if not stale or verdict.confirmed_at is None:
        return ""
    why = f" ({verdict.failure})" if verdict.failure else ""
    return (
        f"{label}: {part.series} was not confirmed since "
        f"{verdict.confirmed_at:%Y-%m-%d}{why}"
    )


def _unknown(label: str, verdict: Verdict, places: list[Use]) -> Iterator[Advice]:
    for use in places:
        yield Advice(
            path=use.path,
            line=use.line,
            rule="unknown-subject",
            what=f"{use.words}: {label} knows no such thing ({verdict.failure})",
            mend="correct the address, or write the number as plain text",
        )


def _held(
    part: Reference, held: int, label: str, places: list[Use]
) -> Iterator[Advice]:
    for use in places:
        yield Advice(
            path=use.path,
            line=use.line,
            rule="held-reading",
            what=f"{use.words}: {label} answered {held:,}, which is implausible after "
            "the last reading and is held",
            mend=what_to_do(part.series),
        )


def _costly(part: Reference, places: list[Use]) -> Iterator[Advice]:
    """What a window costs that an archive answers, once, at its first place."""
    about, days = facts(part), part.window.days
    archive = about.kind.archive
    if archive is None or not archive.has(days):
        return
    first = min(places, key=lambda use: (use.path, use.line))
    yield Advice(
        path=first.path,
        line=first.line,
        rule="costly-window",
        severity=Severity.NOTE,
        what=f"{first.words}: {days} days come from the archive of {about.label}, "
        f"which costs {dollars(about.kind.price(days))} each time, and "
        f"{archive.after} days {dollars(about.kind.dollars)}",
        mend=f"write @{archive.after}d if these will do",
    )


def stale_reading(what: str, places: list[Use]) -> Iterator[Advice]:
    """One piece of advice for a series, at its first place, which names the others."""
    first, *others = sorted(places, key=lambda use: (use.path, use.line))
    named = list(dict.fromkeys(one.place for one in others if one.place != first.place))
    also = f"; also in {', '.join(named[:SHOWN])}" if named else ""
    also += f" and {len(named) - SHOWN} more" if named[SHOWN:] else ""
    yield Advice(
        path=first.path,
        line=first.line,
        rule="stale-reading",
        what=f"{what}{also}",
        mend="make stats says how its platform does",
    )
