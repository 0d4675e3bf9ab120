"""The summary that a command prints at its end."""

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..model.messages import count_of
from ..publishing.fill import Filled
from ..publishing.run import Outcome
from ..references.catalogue import from_series
from ..references.sums import expand_sums

if TYPE_CHECKING:
    from ..collection.planner import PlatformReport


def report(outcome: Outcome, places: Mapping[str, str], seconds: float) -> int:
    """Print what a run did and return its exit code, 3 if numbers are too old.

    `places` has where an author wrote each series, as path:line.
    """
    _report_platforms(outcome, places)
    _report_files(outcome.filled, seconds)
    if outcome.search:
        print(outcome.search)
    if not outcome.readings:
        open_ = [r.label for r in outcome.platforms.values() if not r.missing]
        who = f"{_list(open_)} need no key, only a network; " if open_ else ""
        print(
            "Nothing has been read yet, so the figures stand as written: "
            f"{who}what each platform needs, make platforms lists."
        )
    if outcome.damaged:
        print(outcome.damaged, file=sys.stderr)
    for old in outcome.overdue:
        print(old, file=sys.stderr)
    too_old = sum(old.fails for old in outcome.overdue)
    if too_old:
        print(
            f"{count_of(too_old, 'number')} too old: the site is written and complete, "
            "and this command ends with an error so that a scheduler notices.",
            file=sys.stderr,
        )
    return 3 if too_old else 0


def _report_platforms(outcome: Outcome, places: Mapping[str, str]) -> None:
    width = max((len(r.label) for r in outcome.platforms.values()), default=0)
    for report in outcome.platforms.values():
        if line := _line(report):
            print(f"  {report.label:<{width}}  {line}")
    for report in outcome.platforms.values():
        for line in [*_waiting(report, places), *unknown(report.unknown, places)]:
            print(line)


def _report_files(filled: Filled, seconds: float) -> None:
    written = count_of(filled.written, "file")
    print(
        f"output/: {written} written, {filled.removed} removed, "
        f"{filled.same} unchanged, in {seconds:.1f} s"
    )
    for names, what in (
        (filled.replaced, "written over"),
        (filled.others, "left alone"),
    ):
        if names:
            shown = ", ".join(names[:3])
            more = f" and {len(names) - 3} more" if names[3:] else ""
            many = count_of(len(names), "file")
            print(f"output/: {many} of no known build, {what}: {shown}{more}")


def _line(report: "PlatformReport") -> str:
    parts = []
    if report.asked:
        answered = report.asked - report.failed
        if not report.failed:
            parts.append(
                f"{count_of(report.asked, 'number')} fetched, {report.new} changed"
            )
        elif answered > 0:
            parts.append(f"{answered} of {report.asked} numbers answered")
    if report.failures:
        kept = (
            f"keeping {count_of(report.readings, 'reading')}"
            if report.readings
            else "nothing read yet, claims stand"
        )
        parts.append(f"{'; '.join(dict.fromkeys(report.failures))} ({kept})")
    if report.until and not report.failures:
        why = (
            "; ".join(dict.fromkeys(report.failed_before))
            or "the platform sets a pause"
        )
        parts.append(f"fetched again after {report.until:%H:%M} UTC ({why})")
    if report.missing:
        parts.append(f"not fetched: set {' and '.join(report.missing)}")
    if report.fresh and not report.asked:
        parts.append(f"{count_of(report.fresh, 'number')} still fresh")
    return "; ".join(parts)


def _waiting(report: "PlatformReport", places: Mapping[str, str]) -> list[str]:
    """The first figure that waits for a key, and how many more do."""
    written = [place for series in report.waiting if (place := places.get(series))]
    if not written:
        return []
    more = len(written) - 1
    others = f" (and {count_of(more, 'other figure')})" if more else ""
    names = " and ".join(report.missing)
    return [
        f"{written[0]}: this figure waits for a key of {report.label}{others}; "
        f"set {names} in .env or the environment"
    ]


def unknown(failures: Mapping[str, str], places: Mapping[str, str]) -> list[str]:
    """A line for each series of which its platform knows no subject.

    `failures` has the reason by series, `places` where an author wrote each. A part of
    a sum is written where the sum is; a series of a hashtag's page nowhere, so it is
    named itself.
    """
    if not failures:
        return []
    written = dict(places)
    for series, place in places.items():
        for part in expand_sums([from_series(series)]):
            written.setdefault(part.series, place)
    return [
        f"{written.get(series, series)}: {why}; correct the address, or write the "
        "number as plain text"
        for series, why in failures.items()
    ]


def _list(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
