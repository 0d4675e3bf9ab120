"""The summary that a command prints at its end."""

import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ..model.messages import count_of
from ..providers.facts import dollars
from ..publishing.figure_places import FigurePlaces
from ..publishing.fill import Filled
from ..publishing.run import Outcome

if TYPE_CHECKING:
    from ..collection.planner import PlatformReport

MOST_LINES = 5  # for one reason on one platform


def report(outcome: Outcome, places: FigurePlaces, seconds: float) -> int:
    """Print what a run did and return its exit code, 3 if numbers are too old.

    `places` has where an author wrote each series.
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
        print(places.located([old.series], str(old)), file=sys.stderr)
    too_old = sum(old.fails for old in outcome.overdue)
    if too_old:
        print(
            f"{count_of(too_old, 'number')} too old: the site is written and complete, "
            "and this command ends with an error so that a scheduler notices.",
            file=sys.stderr,
        )
    return 3 if too_old else 0


def what_is_wrong_with(address: str) -> str:
    """A sentence on the address of a published site; empty if it is one."""
    parts = urlsplit(address)
    unset = not address or (parts.hostname or "").endswith(".example")
    if not unset and parts.scheme in ("http", "https") and parts.hostname:
        return ""
    state = "is not set" if unset else f'is "{address}", which is no web address'
    what = "have no address" if not address else f"lead to {address}"
    return (
        f"SITE_ADDRESS {state}, so feeds, the sitemap, canonical links and previews "
        f"{what}; set it there or in the environment: SITE_ADDRESS=https://…"
    )


def _report_platforms(outcome: Outcome, places: FigurePlaces) -> None:
    width = max((len(r.label) for r in outcome.platforms.values()), default=0)
    for report in outcome.platforms.values():
        if line := _line(report):
            print(f"  {report.label:<{width}}  {line}")
    for report in outcome.platforms.values():
        for line in (*failing_lines(report.failing, places), *_waiting(report, places)):
            print(line)


def failing_lines(failing: Mapping[str, str], places: FigurePlaces) -> Iterator[str]:
    """Lines with why series have no new reading, each with its first place.

    `failing` has the reasons by series. What many have in common is one line: then it
    is the platform's trouble, and not that of each figure.
    """
    alike: dict[str, list[str]] = {}
    for series, reason in failing.items():
        alike.setdefault(reason, []).append(series)
    for reason, several in alike.items():
        if len(several) <= MOST_LINES:
            for series in several:
                yield places.located([series], f"{series}: {reason}")
            continue
        yield places.located(several, f"{several[0]}: {reason}")


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
    parts += _limits(report)
    if report.until and not report.failures:
        why = (
            "; ".join(dict.fromkeys(report.failed_before))
            or "the platform sets a pause"
        )
        until = f"{report.until.day} {report.until:%B, %H:%M} UTC"
        parts.append(f"fetched again after {until} ({why})")
    if report.missing:
        parts.append(f"not fetched: set {' and '.join(report.missing)}")
    if report.fresh and not report.asked:
        parts.append(f"{count_of(report.fresh, 'number')} still fresh")
    return "; ".join(parts)


def _limits(report: "PlatformReport") -> Iterator[str]:
    """What was not asked for, and what was paid."""
    if report.left_out:
        yield f"{count_of(report.left_out, 'number')} left out, first next time"
    if report.dollars:
        yield f"{dollars(report.dollars)} spent"
    if report.resting and report.rests_until:
        until = report.rests_until
        yield (
            f"{count_of(len(report.resting), 'number')} not asked until "
            f"{until.day} {until:%B, %H:%M} UTC "
            "(make stats says why, make refresh all=1 asks now)"
        )


def _waiting(report: "PlatformReport", places: FigurePlaces) -> list[str]:
    """The first figure that waits for a key, and how many more do."""
    written = [
        place for series in report.waiting for place in places.of_figures(series)[:1]
    ]
    if not written:
        return []
    more = len(written) - 1
    others = f" (and {count_of(more, 'other figure')})" if more else ""
    names = " and ".join(report.missing)
    return [
        f"{written[0]}: this figure waits for a key of {report.label}{others}; "
        f"set {names} in .env or the environment"
    ]


def _list(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
